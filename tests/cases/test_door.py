"""The door on both databases: once, whole or not at all, by the right person, at a possible date."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from cases.actor import Actor
from cases.commands import Command, execute, execute_batch
from db.engine import transaction
from db.tables.case import Blockage, Household, Note, Person
from db.tables.journal import JournalEntry
from db.tables.offer import Offer
from tests.builders import ACTORS, DWELLING, MEMBERS, OFFER, a_command, a_transfer, ask, do, instant
from tests.records import case, chain_length, count, digest, every, the

pytestmark = pytest.mark.usefixtures("house")
NOON = instant("2026-03-02T12:00:00+01:00")


def send(who: str = "amina", **fields: Any) -> Any:
    return execute(Command(**fields), now=NOON, actor=ACTORS[who])


# Once ----------------------------------------------------------------------------------------------


def test_the_same_id_again_gives_the_same_answer_and_writes_nothing() -> None:
    first = send(id="k1", type="refer_transfer", data=referral())
    before = digest()
    again = send(id="k1", type="refer_transfer", data=referral())
    assert (first.status, again.status) == ("accepted", "already_done")
    assert (again.reference, again.state, again.version, again.created) == (
        first.reference,
        first.state,
        first.version,
        first.created,
    )
    assert digest() == before


@pytest.mark.parametrize(
    ("who", "kind", "other"),
    [
        ("amina", "add_note", False),
        ("amina", "check_admissibility", True),
        ("bruno", "check_admissibility", False),
    ],
    ids=["another type", "another record", "another person"],
)
def test_an_id_never_answers_for_something_else(who: str, kind: str, other: bool) -> None:
    first, second = a_transfer(), a_transfer()
    assert send(id="k1", type="check_admissibility", target=first).status == "accepted"
    before = digest()
    data = {"text": "Rappelé."} if kind == "add_note" else {}
    answer = send(who, id="k1", type=kind, target=second if other else first, data=data)
    assert answer.status == "refused"
    assert [reason.code for reason in answer.reasons] == ["command.id_reused"]
    assert digest() == before


# Whole or nothing ----------------------------------------------------------------------------------


def test_a_handler_that_fails_in_the_middle_leaves_no_row() -> None:
    """A household whose phone a real trigger of the database refuses: the case was half written by then."""
    reference = a_transfer(at="searching")
    with transaction() as connection:
        if connection.dialect.name == "sqlite":
            trigger = "BEFORE UPDATE ON case_file BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            connection.exec_driver_sql(f"CREATE TRIGGER breaks {trigger}")
        else:
            connection.exec_driver_sql("ALTER TABLE case_file ADD CHECK (offers_made = 0)")
    before = digest()
    with pytest.raises(sa.exc.DatabaseError):
        do(
            "make_offer",
            reference,
            "amina",
            "2026-03-02",
            landlord_id="lmh",
            address="x",
            commune="Lille",
            typology=3,
        )
    assert digest() == before
    assert count(Offer) == 0


def test_a_refusal_in_a_batch_leaves_the_others_whole() -> None:
    reference = a_transfer()
    acts = [
        (a_command("add_note", reference, text="Un appel."), NOON, ACTORS["amina"]),
        (a_command("sign_lease", reference, signed_on="2026-03-01"), NOON, ACTORS["amina"]),
        (a_command("add_note", reference, text="Un autre."), NOON, ACTORS["amina"]),
    ]
    assert [answer.status for answer in execute_batch(acts)] == ["accepted", "refused", "accepted"]
    assert count(Note) == 2
    assert chain_length() == count(JournalEntry)


# Who, what, when -----------------------------------------------------------------------------------


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"type": "no_such_thing"}, "command.unknown"),
    ({"type": "admit", "target": "M-99-99999"}, "record.unknown"),
    ({"type": "admit"}, "record.unknown"),
    ({"type": "admit", "target": "' OR 1=1 --"}, "record.unknown"),
    ({"type": "refer_transfer", "actor": "bruno"}, "actor.other"),
    ({"type": "refer_transfer", "occurred_on": "2026-03-03"}, "date.future"),
    ({"type": "refer_transfer", "occurred_on": "0001-01-01"}, "date.impossible"),
    ({"type": "refer_transfer", "occurred_on": "1950-05-05"}, "setting.unknown"),
)


def test_what_cannot_be_done_is_refused_in_french() -> None:
    before = digest()
    for fields, code in REFUSED:
        data = referral() if fields["type"] == "refer_transfer" else {}
        answer = send(id="k1", data=data, **fields)
        assert (answer.status, [reason.code for reason in answer.reasons]) == ("refused", [code]), fields
        assert answer.message[0] in "«VLI"
        assert digest() == before, fields


def test_a_date_of_paris_is_the_day_after_in_the_evening_of_utc() -> None:
    """23:30 UTC on 2 March is already the 3rd in Paris: a fact of the 3rd is not in the future."""
    command = Command(id="k1", type="refer_transfer", occurred_on=date(2026, 3, 3), data=referral())
    night = instant("2026-03-02T23:30:00+00:00")
    assert execute(command, now=night, actor=ACTORS["amina"]).status == "accepted"


def test_a_stale_version_names_who_changed_what() -> None:
    reference = a_transfer()
    do("add_note", reference, "bruno", "2026-02-27", text="Rappeler lundi.")
    before = digest()
    answer = send(id="k1", type="check_admissibility", target=reference, seen_version=1)
    assert answer.status == "conflict"
    assert "« Ajouter une note » par bruno le 27/02/2026 à 09:00" in answer.message
    assert digest() == before
    assert send(id="k2", type="check_admissibility", target=reference, seen_version=2).status == "accepted"


def test_a_version_that_never_was_is_a_conflict() -> None:
    reference = a_transfer()
    for seen in (-5, 0, 2**40, 99):
        answer = send(id="k1", type="check_admissibility", target=reference, seen_version=seen)
        assert answer.status == "conflict"


def test_who_may_not_act_learns_nothing_of_what_changed() -> None:
    reference = a_transfer(protected=True)
    answer = send(
        "chloe", id="k1", type="add_note", target=reference, seen_version=9, data={"text": "Bonjour."}
    )
    assert [reason.code for reason in answer.reasons] == ["access.protected"]


# Bad input -----------------------------------------------------------------------------------------


def referral(**changes: Any) -> dict[str, Any]:
    return {"members": MEMBERS, "dwelling": DWELLING, "criteria": ["over_occupation"]} | changes


def member(**changes: Any) -> list[dict[str, Any]]:
    return [MEMBERS[0] | changes]


HUGE = "é" * 5_000_000
BAD = {
    "5 MB": (referral(circumstances=HUGE), "Circonstances (des faits, pas de jugement) : texte trop long"),
    "5 MB name": (
        referral(members=member(last_name=HUGE)),
        "Composition du ménage, nº 1, Nom : texte trop long",
    ),
    "5 MB reference": (
        referral(dwelling=DWELLING | {"landlord_id": HUGE}),
        "Logement actuel, Bailleur actuel :",
    ),
    "nul": (
        referral(members=member(first_name="A\x00B")),
        "Prénom : le texte contient des caractères de contrôle",
    ),
    "nul in a reference": (referral(service_id="a\x00b"), "caractères de contrôle"),
    "escape": (referral(phone="\x1b[31m"), "Téléphone : le texte contient des caractères de contrôle"),
    "surrogate": (referral(phone="\ud800"), "Téléphone :"),
    "unknown field": (referral(colour="bleu"), "colour : ce champ n’existe pas"),
    "unknown inner field": (referral(members=member(age=3)), "nº 1, age : ce champ n’existe pas"),
    "5 MB field": (referral(**{HUGE: 1}), "ce champ n’existe pas"),
    "number for text": (referral(phone=3), "Téléphone : un texte est attendu"),
    "text for list": (referral(criteria="violence"), "Situations : une liste est attendue"),
    "nothing": ({}, "Composition du ménage : à renseigner"),
    "nobody": (referral(members=[]), "Composition du ménage : indiquez au moins 1 élément"),
    "born tomorrow": (
        referral(members=member(born_on="2026-03-03")),
        "Date de naissance : le 03/03/2026 est dans l’avenir",
    ),
    "born long ago": (referral(members=member(born_on="1905-01-01")), "Date de naissance : le 01/01/1905"),
    "born in 1850": (
        referral(members=member(born_on="1850-01-01")),
        "Date de naissance : l’année 1850 n’est pas possible",
    ),
    "30 February": (
        referral(members=member(born_on="1990-02-30")),
        "Date de naissance : une date est attendue",
    ),
    "seconds since 1970": (referral(members=member(born_on=0)), "Date de naissance : une date est attendue"),
    "digits": (referral(members=member(born_on="631152000")), "Date de naissance : une date est attendue"),
    "true rooms": (referral(dwelling=DWELLING | {"rooms": True}), "Pièces habitables (hors cuisine) :"),
    "not a number": (referral(dwelling=DWELLING | {"surface_m2": "NaN"}), "Surface habitable (m²) :"),
    "far commune": (
        referral(dwelling=DWELLING | {"commune": "Marseille"}),
        "n’est pas une commune de la MEL",
    ),
    "unknown landlord": (
        referral(dwelling=DWELLING | {"landlord_id": "x"}),
        "Le bailleur « x » est introuvable",
    ),
    "unknown criterion": (referral(criteria=["<script>"]), "« <script> » n’est pas dans la liste"),
    "no holder": (referral(members=member(link="child")), "Aucun titulaire"),
}


def test_bad_input_is_refused_in_french_and_nothing_is_written() -> None:
    before = digest()
    for name, (data, sentence) in BAD.items():
        answer = send(id="k1", type="refer_transfer", data=data)
        assert answer.status == "refused", name
        assert sentence in answer.message, name
        assert len(answer.message) < 1000, f"{name}: what was typed is not sent back"
        assert digest() == before, name


def test_a_type_that_no_one_can_read_is_unknown() -> None:
    assert send(id="k1", type="a\x00b").reasons[0].code == "command.unknown"


NAMES = ("Robert'); DROP TABLE person;--", "<script>alert(1)</script>", "{{ 7*7 }}", "% %s {0}")


def test_sql_and_html_in_a_name_are_a_name() -> None:
    for name in NAMES:
        outcome = do(
            "refer_transfer", None, "amina", "2026-03-02", **referral(members=member(last_name=name))
        )
        assert the(Household, id=case(str(outcome.reference))["household_id"])["name"] == f"{name} Aïcha"
    assert [row["last_name"] for row in every(Person)] == list(NAMES)


# Two at once ---------------------------------------------------------------------------------------


def together(acts: list[tuple[str, Command]]) -> list[Any]:
    """Each from a thread and a connection of its own, as fast as they can."""
    with ThreadPoolExecutor(len(acts) if len(acts) < 8 else 8) as pool:
        return list(pool.map(lambda act: execute(act[1], now=NOON, actor=ACTORS[act[0]]), acts))


def test_two_people_decide_the_same_case_at_once() -> None:
    reference = a_transfer(at="admissibility_check")
    seen = case(reference)["version"]
    admit = Command(id="k1", type="admit", target=reference, seen_version=seen)
    reject = Command(
        id="k2", type="reject", target=reference, seen_version=seen, data={"reason": "Hors parc."}
    )
    answers = together([("amina", admit), ("bruno", reject)])
    assert sorted(answer.status for answer in answers) == ["accepted", "conflict"]
    winner, loser = sorted(answers, key=lambda answer: answer.status)
    assert case(reference)["state"] == winner.state
    assert "Relisez-le, votre saisie est gardée." in loser.message
    assert chain_length() == count(JournalEntry)


def test_without_a_version_the_second_is_told_by_the_life_cycle() -> None:
    reference = a_transfer(at="admissibility_check")
    acts = [(who, Command(id=f"k-{who}", type="admit", target=reference)) for who in ("amina", "bruno")]
    answers = together(acts)
    assert sorted(answer.status for answer in answers) == ["accepted", "refused"]
    assert [entry["type"] for entry in every(JournalEntry, case_id=reference)].count("admit") == 1


def test_the_same_command_sent_by_eight_connections_is_done_once() -> None:
    reference = a_transfer()
    note = Command(id="k1", type="add_note", target=reference, data={"text": "Une seule fois."})
    answers = together([("amina", note)] * 8)
    assert sorted(answer.status for answer in answers) == ["accepted"] + ["already_done"] * 7
    assert count(Note) == 1


def test_two_hundred_commands_at_once_keep_a_whole_chain() -> None:
    reference = a_transfer()
    start = chain_length()
    notes = [a_command("add_note", reference, text=f"Note {rank}.") for rank in range(200)]
    answers = together([("amina", note) for note in notes])
    assert {answer.status for answer in answers} == {"accepted"}
    assert sorted(answer.version for answer in answers) == list(range(2, 202))
    assert chain_length() == start + 200
    assert count(Note) == 200


def test_a_blockage_is_not_opened_twice_at_once() -> None:
    reference = a_transfer(at="searching")
    acts = [(who, a_command("open_blockage", reference, theme="arrears")) for who in ("amina", "bruno")]
    assert sorted(answer.status for answer in together(acts)) == ["accepted", "refused"]
    assert count(Blockage) == 1
    assert case(reference)["open_blockages"] == 1


def test_the_role_is_judged_before_the_record_and_its_fields() -> None:
    """Who has no such command learns neither what exists nor what its fields want."""
    for target in ("M-99-99999", a_transfer()):
        refused = ask("make_offer", target, "karim", "2026-02-02", nonsense=True)
        assert {reason.code for reason in refused.reasons} == {"access.role"}


def test_a_setting_of_a_batch_that_fails_is_never_read_again() -> None:
    """The next change gets the same number: what was read under it must not have been kept."""
    change = {"key": "offer_answer_days", "valid_from": "2026-01-01", "source": "Décision."}

    def acts(failing: bool) -> Iterator[tuple[Command, datetime, Actor]]:
        yield a_command("change_setting", value=90 if failing else 20, **change), NOON, ACTORS["lea"]
        yield a_command("add_note", reference, text="Lu."), NOON, ACTORS["amina"]
        if failing:
            raise KeyboardInterrupt

    reference = a_transfer(at="searching")
    with pytest.raises(KeyboardInterrupt):
        execute_batch(acts(failing=True))
    assert all(outcome.done for outcome in execute_batch(acts(failing=False)))
    do("make_offer", reference, "amina", "2026-02-02", **OFFER)
    assert case(reference)["offer_answer_due_on"] == date(2026, 2, 22)
