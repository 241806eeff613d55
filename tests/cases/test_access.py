"""Who may do what: every cell of command × role tried at the door; a protected case for named readers."""

from collections.abc import Iterable
from typing import Any

import pytest

from cases import access, labels
from cases.actor import Actor, Role
from cases.commands import execute
from cases.machines import MACHINES
from cases.reasons import Reason
from cases.registry import COMMANDS, Data
from cases.rights import ANY, LEAD, RIGHTS
from db.engine import reading
from db.tables.case import NamedReader
from tests.builders import ACTORS, PEOPLE, a_command, a_transfer, an_operation, ask, do, instant
from tests.cases.examples import EXAMPLES, OTHERS
from tests.ici_builders import an_escalation
from tests.records import case, digest, every

DAY = instant("2026-12-01")
BY_ROLE = {actor.role: actor for actor in PEOPLE.values()} | {Role.SYSTEM: ACTORS["system"]}
CELLS = [(name, role) for name in COMMANDS for role in Role]


# The tables are whole ------------------------------------------------------------------------------


def test_every_command_has_its_roles_and_its_label() -> None:
    assert set(COMMANDS) == set(RIGHTS) == set(labels.COMMANDS)
    assert all(rights for rights in RIGHTS.values())


def test_every_command_named_by_a_machine_exists() -> None:
    events = {event for machine in MACHINES.values() for event in machine.events()}
    assert events - set(labels.COURSE_EVENTS) <= set(COMMANDS)


def test_every_field_that_a_person_fills_has_a_french_title() -> None:
    bare = [
        f"{handler.name}.{path}" for handler in COMMANDS.values() for path in untitled(handler.data) if path
    ]
    assert bare == []


def untitled(model: type[Data]) -> list[str]:
    """Fields without a title, also inside the records that a field holds."""
    from cases.input_errors import _model_in  # noqa: PLC0415  # the same walk as the refusals make

    found = []
    for name, field in model.model_fields.items():
        if not field.title or field.title == name:
            found.append(name)
        inner = _model_in(field.annotation)
        if inner is not None and issubclass(inner, Data):
            found += [f"{name}.{path}" for path in untitled(inner)]
    return found


def test_every_role_has_its_fields_and_its_name() -> None:
    assert set(access.FIELDS) == set(Role) == set(labels.ROLES)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.OBSERVER, Role.ADMINISTRATOR, Role.RECEIVING_LANDLORD])
def test_these_roles_see_no_case(role: Role) -> None:
    scope = access.scope_of(BY_ROLE[role])
    assert (scope.reach, scope.fields) == ("none", frozenset())


@pytest.mark.parametrize("role", [Role.ICI_SECRETARIAT, Role.CO_PILOT, Role.PARTNER])
def test_these_roles_see_no_social_data(role: Role) -> None:
    assert access.scope_of(BY_ROLE[role]).fields == {"common"}


# Every cell ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("sqlite_house")
def test_every_cell_of_the_table_is_what_the_door_does() -> None:
    """A role without the right is refused by it alone; one with it is never refused for its role."""
    targets = some_of_each()
    before = digest()
    for name, role in CELLS:
        handler = COMMANDS[name]
        target = targets.get(handler.about or "")
        if role not in RIGHTS[name]:
            outcome = execute(
                a_command(name, target, **typed(name, targets["case"])), now=DAY, actor=BY_ROLE[role]
            )
            assert (outcome.status, codes(outcome.reasons)) == ("refused", ["access.role"]), (name, role)
        else:
            subject = case(targets["case"]) if handler.about == "case" else {"body_id": ""}
            with reading() as connection:
                reasons = access.obstacles(connection, BY_ROLE[role], name, handler.about, subject)
            assert "access.role" not in codes(reasons), (name, role)
    assert digest() == before


def some_of_each() -> dict[str, str]:
    site = an_operation()
    item = an_escalation()
    return {
        "case": "M-26-00001",
        "escalation": item,
        "session": "ICI-A-2026-1",
        "operation": site.operation,
        "building": site.building,
        "technical": str(do("plan_technical", None, "gaelle", "2026-01-05", held_on="2026-12-10").reference),
    }


def codes(reasons: Iterable[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


def typed(name: str, reference: str) -> dict[str, Any]:
    return EXAMPLES[name](reference) if name in EXAMPLES else OTHERS.get(name, {})


@pytest.mark.usefixtures("sqlite_house")
def test_the_role_is_said_in_french() -> None:
    answer = ask("add_note", a_transfer(), "karim", "2026-12-01", text="Bonjour.")
    assert answer.message == (
        "« Ajouter une note » n’est pas ouvert au rôle « Observateur » "
        "(ouvert à : Travailleur social, Chargé de relogement, Partenaire)."
    )


# How near ------------------------------------------------------------------------------------------

# Amina holds the case, Bruno leads her service, Chloé is of another: three people, one table.
NEAR = {
    ("add_note", "amina"): True,
    ("add_note", "bruno"): True,
    ("add_note", "chloe"): False,
    ("add_note", "farid"): True,
    ("add_note", "elise"): False,
    ("add_note", "jules"): False,
    ("assign_case", "amina"): False,
    ("assign_case", "bruno"): True,
    ("assign_case", "chloe"): False,
    ("assign_case", "denis"): True,
    ("assign_case", "farid"): False,
    ("assign_case", "elise"): False,
    ("assign_case", "gaelle"): True,
}


@pytest.mark.usefixtures("sqlite_house")
@pytest.mark.parametrize(("name", "who"), NEAR)
def test_how_near_the_case_one_must_stand(name: str, who: str) -> None:
    data = {"text": "Un appel."} if name == "add_note" else {"account_id": "amina"}
    outcome = ask(name, a_transfer(), who, "2026-12-01", **data)
    assert outcome.done is NEAR[name, who]
    if not outcome.done:
        assert [reason.code for reason in outcome.reasons] == ["access.scope"]


@pytest.mark.usefixtures("sqlite_house")
def test_a_partner_acts_on_what_it_referred() -> None:
    reference = a_transfer(who="jules", service_id="ccas-tourcoing")
    assert case(reference)["owner_id"] is None
    assert ask("add_note", reference, "jules", "2026-12-01", text="Vu au guichet.").done
    assert ask("check_admissibility", reference, "jules", "2026-12-01").reasons[0].code == "access.role"


@pytest.mark.usefixtures("sqlite_house")
def test_a_receiving_landlord_answers_only_what_it_was_asked() -> None:
    reference = a_transfer(at="searching")
    own = do("record_attempt", reference, "amina", "2026-12-01", body_id="vilogia").created["attempt"]
    other = do("record_attempt", reference, "amina", "2026-12-01", body_id="lmh").created["attempt"]
    none = {"answer": "none", "reason": "promised"}
    answer = ask("answer_attempt", reference, "milo", "2026-12-01", attempt_id=other, **none)
    assert [reason.code for reason in answer.reasons] == ["attempt.body"]
    assert ask("answer_attempt", reference, "milo", "2026-12-01", attempt_id=own, **none).done


# Protected -----------------------------------------------------------------------------------------


def a_protected_case() -> str:
    """Referred by Amina who names Farid: her lead Bruno is named too, nobody else."""
    return a_transfer(at="searching", criteria=["violence"], evidence=VIOLENCE, readers=["farid"])


VIOLENCE = [{"kind": "complaint", "dated_on": "2026-01-02"}]


@pytest.mark.usefixtures("house")
def test_nobody_but_named_readers_acts_on_a_protected_case() -> None:
    reference = a_protected_case()
    named = {row["account_id"] for row in every(NamedReader, case_id=reference)}
    assert named == {"amina", "bruno", "farid"}
    before = digest()
    for actor in PEOPLE.values():
        for name, handler in COMMANDS.items():
            if handler.about == "case" and actor.role in RIGHTS[name] and actor.id not in named:
                assert refused_as_protected(name, actor, reference), (name, actor.id)
    assert digest() == before
    assert ask("add_note", reference, "farid", "2026-12-01", text="Vu.").done


def refused_as_protected(name: str, actor: Actor, reference: str) -> bool:
    outcome = execute(a_command(name, reference, **typed(name, reference)), now=DAY, actor=actor)
    return [reason.code for reason in outcome.reasons] == ["access.protected"]


@pytest.mark.usefixtures("sqlite_house")
def test_naming_opens_and_removing_closes_but_never_for_the_last() -> None:
    reference = a_protected_case()
    do("add_reader", reference, "amina", "2026-12-01", account_id="elise")
    for reader in ("elise", "farid", "bruno"):
        do("remove_reader", reference, "amina", "2026-12-01", account_id=reader)
    assert ask("add_note", reference, "farid", "2026-12-01", text="Vu.").reasons[0].code == "access.protected"
    last = ask("remove_reader", reference, "amina", "2026-12-01", account_id="amina")
    assert [reason.code for reason in last.reasons] == ["reader.last"]


@pytest.mark.usefixtures("sqlite_house")
def test_a_protected_case_is_not_handed_to_somebody_who_cannot_open_it() -> None:
    reference = a_protected_case()
    for name, data in (("assign_case", {"account_id": "chloe"}), ("hand_over", {"to_id": "chloe"})):
        answer = ask(name, reference, "bruno", "2026-12-01", **data)
        assert [reason.code for reason in answer.reasons] == ["owner.reader"]
    do("add_reader", reference, "bruno", "2026-12-01", account_id="chloe")
    assert ask("hand_over", reference, "bruno", "2026-12-01", to_id="chloe").done


def test_a_lead_right_is_never_given_to_who_has_no_lead() -> None:
    leads = {role for rights in RIGHTS.values() for role, near in rights.items() if near == LEAD}
    assert leads <= {Role.SOCIAL_WORKER, Role.REHOUSING_OFFICER}
    assert all(
        near == ANY for rights in RIGHTS.values() for role, near in rights.items() if role is Role.SYSTEM
    )
