"""Users, organisations, dated settings, perimeters: the administrator's desk. No case content here."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import Field

from cases.actor import Role
from cases.commands.fields import AnyBody, Insee, Required, RequiredLong, Text
from cases.reasons import Reason
from cases.recipients import pass_on
from cases.registry import CASE, COMMANDS, Data, Secret, command
from cases.sound_input import flaw_of_text
from cases.step import Step, settings_change
from db import rows
from db.tables.journal import JournalEntry
from db.tables.people import Account, Body
from db.tables.territory import Perimeter, SettingOverride

BodyKind = Literal[
    "mel",
    "state",
    "landlord_union",
    "landlord",
    "commune",
    "ccas",
    "association",
    "action_logement",
    "department",
]
RoleName = Literal[
    "social_worker", "rehousing_officer", "receiving_landlord", "ici_secretariat", "co_pilot", "chair",
    "partner", "observer", "administrator",
]  # fmt: skip
LONGEST = {"jour": 36_500, "mois": 1200, "an": 100}
LARGEST_SETTING, LONGEST_SETTING, MOST_IN_SETTING = 1_000_000, 400, 200
Slug = Annotated[str, Field(min_length=2, max_length=60, pattern=r"^[a-z0-9][a-z0-9.\-]*$")]


class CreateBody(Data):
    id: Slug = Field(title="Identifiant")
    name: Required = Field(title="Nom")
    kind: BodyKind = Field(title="Nature")
    commune: Insee | None = Field(default=None, title="Commune")


def _new_body(step: Step, data: CreateBody) -> Iterable[Reason]:
    if step.get(Body, id=data.id) is not None:
        yield Reason("body.exists", f"L’organisme « {data.id} » existe déjà.")


@command(None, CreateBody, check=_new_body)
def create_body(step: Step, data: CreateBody) -> None:
    step.insert(Body, **data.model_dump())
    step.created["body"] = data.id


class CreateAccount(Data):
    id: Slug = Field(title="Identifiant")
    name: Required = Field(title="Nom")
    email: Text = Field(default="", title="Courriel")
    role: RoleName = Field(title="Rôle")
    body_id: AnyBody = Field(title="Organisme")
    is_lead: bool = Field(default=False, title="Responsable de service")
    ici: Literal["A", "B", "C"] | None = Field(default=None, title="ICI")
    password_hash: Annotated[str, Field(max_length=200), Secret] = Field(
        default="", title="Empreinte du mot de passe"
    )


def _new_account(step: Step, data: CreateAccount) -> Iterable[Reason]:
    if step.get(Account, id=data.id) is not None or data.id == Role.SYSTEM:
        yield Reason("account.exists", f"Le compte « {data.id} » existe déjà.")
    step.need(Body, "L’organisme", id=data.body_id)


@command(None, CreateAccount, check=_new_account)
def create_account(step: Step, data: CreateAccount) -> None:
    step.insert(Account, **data.model_dump())
    step.created["account"] = data.id
    if data.is_lead:
        pass_on(step, step.need(Account, "Le compte", id=data.id))


class UpdateAccount(Data):
    account_id: Slug = Field(title="Compte")
    active: bool | None = Field(default=None, title="Actif")
    is_lead: bool | None = Field(default=None, title="Responsable de service")
    absent_from: date | None = Field(default=None, title="Absent du")
    absent_until: date | None = Field(default=None, title="Absent jusqu’au")
    deputy_id: Slug | None = Field(default=None, title="Suppléant")
    absence_over: bool = Field(default=False, title="Mettre fin à l’absence")
    password_hash: Annotated[str | None, Field(max_length=200), Secret] = Field(
        default=None, title="Empreinte du mot de passe"
    )


def _known_account(step: Step, data: UpdateAccount) -> Iterable[Reason]:
    step.need(Account, "Le compte", id=data.account_id)
    if data.deputy_id is not None:
        step.need(Account, "Le compte", id=data.deputy_id)
    if data.account_id == step.actor.id and data.active is False:
        yield Reason("account.self", "Vous ne pouvez pas fermer votre propre compte.")


@command(None, UpdateAccount, check=_known_account)
def update_account(step: Step, data: UpdateAccount) -> None:
    changes = data.model_dump(exclude_none=True, exclude={"account_id", "absence_over"})
    if data.absence_over:
        changes |= {"absent_from": None, "absent_until": None, "deputy_id": None}
    if changes:
        step.update(Account, {"id": data.account_id}, **changes)
    if {"active", "is_lead"} & set(changes):
        pass_on(step, step.need(Account, "Le compte", id=data.account_id))


class ChangeSetting(Data):
    key: Annotated[str, Field(max_length=80)] = Field(title="Réglage")
    valid_from: date = Field(title="À partir du")
    value: Any = Field(title="Valeur")
    source: RequiredLong = Field(title="Source ou décision")
    text_read: bool = Field(default=False, title="Le texte qui donne cette valeur a été lu")


def _known_setting(step: Step, data: ChangeSetting) -> Iterable[Reason]:
    known = step.settings.pattern(data.key)
    if known is None:
        yield Reason("setting.unknown", f"Le réglage « {data.key} » n’existe pas.")
    elif data.key == "four_eyes_commands":
        yield from _names_commands(data.value)
    elif not (_alike(data.value, known.value) and _countable(data.value, known.unit)):
        yield Reason("setting.type", f"Valeur : du même genre que la valeur actuelle ({known.value}).")


def _names_commands(value: Any) -> Iterable[Reason]:
    """The actions on a case that ask for a second person, by their names; none is an answer too."""
    known = {handler.name for handler in COMMANDS.values() if handler.about == CASE}
    wrong = [name for name in value if name not in known] if isinstance(value, list) else [value]
    if wrong:
        yield Reason(
            "setting.type",
            f"Valeur : « {str(wrong[0])[:60]} » n’est pas une action sur un dossier ; donnez la liste des "
            "actions par leur nom (par exemple close_early).",
        )


def _alike(value: Any, known: Any) -> bool:
    """The same kind all the way down; numbers from 0 to a million; as many numbers in a list as now.

    What rules read by its place or as a number of days would otherwise stop every later command.
    """
    if isinstance(known, bool) or isinstance(value, bool):
        return isinstance(known, bool) and isinstance(value, bool)
    if isinstance(known, int | float):
        whole = isinstance(value, int) or isinstance(known, float)
        return isinstance(value, int | float) and whole and 0 <= value <= LARGEST_SETTING
    if isinstance(known, str):
        return isinstance(value, str) and 0 < len(value) <= LONGEST_SETTING and flaw_of_text(value) is None
    return isinstance(value, list) and _alike_list(value, known)


def _countable(value: Any, unit: str) -> bool:
    """A duration stays within what a calendar can add."""
    most = next((cap for word, cap in LONGEST.items() if unit.startswith(word)), LARGEST_SETTING)
    numbers = value if isinstance(value, list) else [value]
    return all(not isinstance(number, int | float) or number <= most for number in numbers)


def _alike_list(value: list[Any], known: tuple[Any, ...]) -> bool:
    free_length = isinstance(known[0], str | tuple)
    right_length = 0 < len(value) <= MOST_IN_SETTING if free_length else len(value) == len(known)
    return right_length and all(_alike(item, known[0]) for item in value)


@command(None, ChangeSetting, check=_known_setting)
def change_setting(step: Step, data: ChangeSetting) -> None:
    """In force from a day on; nothing that was computed before changes."""
    step.insert(SettingOverride, **data.model_dump())
    step.settings_changed = True
    settings_change(step.connection)


class SetPerimeter(Data):
    commune: Insee = Field(title="Commune")
    ici: Literal["A", "B", "C"] = Field(title="ICI")
    valid_from: date = Field(title="À partir du")


@command(None, SetPerimeter)
def set_perimeter(step: Step, data: SetPerimeter) -> None:
    """Provisional data, editable and dated (domain 2.3)."""
    step.insert(Perimeter, **data.model_dump())


class EraseDetails(Data):
    numbers: Annotated[list[int], Field(min_length=1, max_length=10_000)] = Field(title="Lignes du journal")
    reason: RequiredLong = Field(title="Motif (droit à l’effacement, fin de conservation)")


def _erasable(step: Step, data: EraseDetails) -> Iterable[Reason]:
    """Lines that exist, and not the trace of an earlier erasure: `verify` reads it."""
    entry = rows.table_of(JournalEntry)
    query = sa.select(entry.c.number, entry.c.type).where(entry.c.number.in_(data.numbers))
    found = {row.number: row.type for row in step.connection.execute(query)}
    unknown = sorted(set(data.numbers) - set(found))
    if unknown:
        yield Reason(
            "erase.unknown", f"La ligne {unknown[0]} du journal n’existe pas : vérifiez les numéros."
        )
    traces = sorted(number for number, kind in found.items() if kind == "erase_details")
    if traces:
        yield Reason("erase.trace", f"La ligne {traces[0]} est la trace d’un effacement : elle doit rester.")


@command(None, EraseDetails, check=_erasable)
def erase_details(step: Step, data: EraseDetails) -> None:
    """Empty the details of journal lines; their digests stay, and so does the chain."""
    entry = rows.table_of(JournalEntry)
    step.connection.execute(
        sa.update(entry)
        .where(entry.c.number.in_(data.numbers), entry.c.details.is_not(None))
        .values(details=None)
    )
