"""Bodies, accounts, searching cases and the sessions of domain 9, made through the door."""

from datetime import date, datetime
from itertools import count
from typing import Any

from cases.actor import Actor, Role
from cases.command import Outcome
from cases.commands import Command, execute
from cases.reference import load_reference
from db import rows
from db.engine import reading, transaction
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.clock import Deadline
from db.tables.ici import Escalation, FrozenList, IciCourse, IciDecision, IciSession, Obligation
from db.tables.people import Account, Body
from tests.databases import built_once, prepared

BODIES = (
    ("ccas", "ccas"),
    ("hem", "commune"),
    ("lmh", "landlord"),
    ("vilogia", "landlord"),
    ("3f", "landlord"),
)
PEOPLE = (
    ("sylvie", "social_worker", "ccas", True),
    ("omar", "rehousing_officer", "lmh", True),
    ("vera", "rehousing_officer", "vilogia", True),
    ("fabien", "rehousing_officer", "3f", True),
    ("hugo", "partner", "hem", False),
    ("camille", "ici_secretariat", "mel", False),
    ("marc", "co_pilot", "mel", False),
    ("paule", "chair", "mel", False),
    ("olga", "observer", "mel", False),
    ("adele", "receiving_landlord", "3f", False),
)
KINDS = dict(BODIES) | {"mel": "mel"}
ACTORS = {
    who: Actor(who, who.title(), Role(role), body, KINDS[body], is_lead=lead)
    for who, role, body, lead in PEOPLE
}
START = "2026-01-12T09:00:00+01:00"
SEPTEMBER, MARCH, NEXT_SEPTEMBER = "ICI-A-2026-1", "ICI-A-2027-1", "ICI-A-2027-2"
NIGHT = "2026-07-16T00:00:05+02:00"
HELD = "2026-09-15T10:30:00+02:00"
_IDS = count(1)
DWELLING = {
    "landlord_id": "lmh",
    "address": "3 rue des Tilleuls",
    "typology": 3,
    "rooms": 3,
    "surface_m2": "62",
}


def at(when: str) -> datetime:
    return datetime.fromisoformat(when)


def write_people() -> None:
    load_reference()
    with transaction() as connection:
        for body, kind in BODIES:
            rows.insert(connection, Body, id=body, name=body.upper(), kind=kind)
        for who, role, body, lead in PEOPLE:
            rows.insert(connection, Account, id=who, name=who.title(), role=role, body_id=body, is_lead=lead)


class World:
    """`do` refuses to go on after a refusal; `ask` gives the outcome whatever it is."""

    def __init__(self) -> None:
        prepared("world", write_people)

    def __repr__(self) -> str:
        return "World"  # one is like another: what they have built depends on the words alone

    def ask(
        self,
        who: str,
        kind: str,
        target: str | None = None,
        /,
        *,
        when: str = START,
        said: str = "",
        **data: Any,
    ) -> Outcome:
        command = Command(
            id=f"w{next(_IDS)}",
            type=kind,
            target=target,
            occurred_on=date.fromisoformat(said) if said else None,
            data=data,
        )
        return execute(command, now=at(when), actor=ACTORS[who])

    def do(self, who: str, kind: str, target: str | None = None, /, **more: Any) -> Outcome:
        outcome = self.ask(who, kind, target, **more)
        assert outcome.done, f"{kind}: {outcome.message}"
        return outcome

    def refused(self, who: str, kind: str, target: str | None = None, /, **more: Any) -> set[str]:
        """The codes of the reasons."""
        outcome = self.ask(who, kind, target, **more)
        assert outcome.status == "refused", outcome
        return {reason.code for reason in outcome.reasons}

    # what there is ---------------------------------------------------------------------------

    @built_once
    def sessions(self) -> None:
        for held_on in ("2026-09-15", "2027-03-16", "2027-09-21"):
            self.do("camille", "plan_session", ici="A", held_on=held_on)
        self.do("camille", "open_call", SEPTEMBER, when="2026-06-15T09:00:00+02:00")

    @built_once
    def a_case(
        self, who: str = "sylvie", *, name: str = "Martin", commune: str = "Roubaix", protected: bool = False
    ) -> str:
        """A transfer that has been searched for: it may be raised."""
        case = self.referred(who, name=name, commune=commune, protected=protected)
        self.do(who, "check_admissibility", case)
        if self.ask(who, "admit", case).status == "refused":
            self.do(who, "request_information", case, wanted="le bail")
            proof = {"kind": "lease", "dated_on": "2025-01-01"}
            self.do(who, "complete_information", case, evidence=[proof])
            self.do(who, "admit", case)
        self.do(who, "start_diagnosis", case)
        grid = {"held_on": "2026-01-10", "resources": [{"kind": "salary", "monthly": "1200"}]}
        need = {"typology_min": 5, "typology_max": 5, "communes": [commune], "max_cost": "700"}
        self.do(who, "sign_diagnosis", case, grid=grid, need=need)
        self.do(who, "validate_need", case)
        self.do(who, "start_search", case)
        self.do(who, "record_attempt", case, body_id="vilogia")
        return case

    @built_once
    def referred(
        self, who: str = "sylvie", *, name: str = "Martin", commune: str = "Roubaix", protected: bool = False
    ) -> str:
        member = {"first_name": "Aïcha", "last_name": name, "born_on": "1985-03-02"}
        outcome = self.do(
            who,
            "refer_transfer",
            members=[member],
            dwelling=DWELLING | {"commune": commune},
            criteria=["over_occupation"],
            protected=protected,
        )
        return str(outcome.reference)

    @built_once
    def an_escalation(self, *cases: str, who: str = "sylvie", **data: Any) -> str:
        filled = {"theme": "typology_lacking", "title": "T5 introuvables"} | data
        outcome = self.do(who, "draft_escalation", case_ids=list(cases or [self.a_case(who)]), **filled)
        return str(outcome.reference)

    @built_once
    def filed(self, *cases: str, when: str = "2026-07-10T10:00:00+02:00", session: str = SEPTEMBER) -> str:
        escalation = self.an_escalation(*cases)
        self.do("sylvie", "submit_escalation", escalation, when=when, session_id=session)
        return escalation

    @built_once
    def on_agenda(self, escalation: str, when: str = "2026-08-20T10:00:00+02:00") -> None:
        self.do(
            "marc",
            "objectify",
            escalation,
            when=when,
            objectification="Constat établi.",
            proposal="Ouvrir le T5.",
        )
        self.do("marc", "put_on_agenda", escalation, when=when)

    @built_once
    def held(self, *escalations: str, freeze: bool = True) -> None:
        """The September session is open and these are on its agenda."""
        if freeze:
            self.do("camille", "close_call", SEPTEMBER, when=NIGHT)
        for escalation in escalations:
            self.on_agenda(escalation)
        self.do("camille", "send_file", SEPTEMBER, when="2026-09-01T09:00:00+02:00")
        self.do("camille", "hold_session", SEPTEMBER, when=HELD)

    @built_once
    def decided(self, *bodies: str, escalation: str | None = None, **data: Any) -> str:
        """An escalation decided in September; each body must offer by 15/03/2027."""
        raised = escalation or self.filed()
        self.held(raised)
        duties = [{"body_id": body, "due_on": "2027-03-15"} for body in bodies or ("vilogia",)]
        filled = {"kind": "body_must_offer", "text": "Proposer un T5.", "duties": duties} | data
        self.do("camille", "decide", raised, when=HELD, **filled)
        return raised

    # what is found ---------------------------------------------------------------------------

    def escalation(self, key: str) -> Row:
        return self._one(Escalation, id=key)

    def session(self, key: str) -> Row:
        return self._one(IciSession, id=key)

    def case(self, key: str) -> Row:
        return self._one(CaseFile, id=key)

    def lists(self, session: str) -> list[Row]:
        with reading() as connection:
            return rows.find(connection, FrozenList, session_id=session)

    def obligations(self, escalation: str) -> list[Row]:
        with reading() as connection:
            made = rows.find(connection, IciDecision, escalation_id=escalation)
            return [row for one in made for row in rows.find(connection, Obligation, decision_id=one["id"])]

    def courses(self, escalation: str) -> list[Row]:
        with reading() as connection:
            return rows.find(connection, IciCourse, escalation_id=escalation)

    def open_deadlines(self, subject: str) -> list[str]:
        with reading() as connection:
            found = rows.find(connection, Deadline, subject=subject)
        return [row["kind"] for row in found if row["closed_at"] is None]

    def _one(self, model: Any, **by: Any) -> Row:
        with reading() as connection:
            found = rows.get(connection, model, **by)
        assert found is not None
        return found
