"""The preview of a moved session to which thousands of cases are raised, and the move itself."""

import sys
from time import perf_counter

from benchmarks.stage import NOW, databases, done_with, use
from cases.command import Command
from cases.commands import execute
from cases.commands.moved import foresee_move
from cases.people import actor_named
from cases.rules.dates import add_months
from db import rows
from db.engine import transaction
from db.tables.ici import Escalation, IciCourse
from tests.flows.simulated_year import Size, set_the_year

NUMBER, PER_ITEM = 5_000, 50
HELD_ON = add_months(NOW.date(), 4)


def ask(name: str, kind: str, target: str | None, **data: object) -> str:
    actor = actor_named("camille.joly")
    assert actor is not None
    outcome = execute(Command(id=name, type=kind, target=target, data=data), now=NOW, actor=actor)
    assert outcome.done, outcome.message
    return str(outcome.reference)


def a_session_of(number: int) -> str:
    session = ask("plan", "plan_session", None, ici="A", held_on=HELD_ON.isoformat())
    raised = range(number // PER_ITEM)
    with transaction() as connection:
        rows.insert_many(connection, Escalation, [
            {"id": f"E-B-{n}", "state": "on_time", "theme": "typology_lacking", "title": "T5", "ici": "A",
             "author_id": "amina.haddad", "body_id": "ccas-roubaix", "session_id": session,
             "asked_session_id": session, "timing": "on_time", "submitted_at": NOW} for n in raised
        ])  # fmt: skip
        rows.insert_many(connection, IciCourse, [
            {"case_id": f"M-Y-{n:05d}", "escalation_id": f"E-B-{n // PER_ITEM}", "state": "on_time"}
            for n in range(number)
        ])  # fmt: skip
    return session


def main(number: int = NUMBER) -> None:
    print(f"{'moving':<12}{'cases':>8}{'preview ms':>12}{'move ms':>9}")
    with databases() as found:
        for name, address in found:
            use(address)
            set_the_year(Size(cases=number, days=330, icis="A"), lambda: None)
            session = a_session_of(number)
            begin = perf_counter()
            seen = foresee_move(session, add_months(HELD_ON, 1), now=NOW)
            preview = perf_counter() - begin
            assert len(seen.cases) == number
            begin = perf_counter()
            ask("move", "move_session", session, held_on=add_months(HELD_ON, 1).isoformat(), reason="Salle.")
            moved = perf_counter() - begin
            print(f"{name:<12}{number:>8}{preview * 1000:>12.1f}{moved * 1000:>9.1f}")
            done_with()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)
