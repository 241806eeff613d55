"""The end of retention (domain 6.2): nothing personal is left of a case, and the figures stay. Announced
before, done through the door, told after; a lead may put it off, with a ground and an end."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Annotated

import sqlalchemy as sa
from pydantic import AfterValidator, Field

from cases.actor import SYSTEM
from cases.clock import day_in_paris
from cases.command import Command
from cases.commands.fields import Choices, RequiredLong, one_of
from cases.deadline_kinds import KINDS
from cases.labels.retention import GROUNDS
from cases.personal import BESIDE, OF_CASE, OF_DWELLING, OF_HOUSEHOLD, OF_NUMBER, OF_PERSON
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.rules.dates import add_months
from cases.step import Step
from db import rows
from db.tables.beside import Document
from db.tables.case import CaseFile, Household, Person
from db.tables.clock import Deadline, Mail, Notice
from db.tables.journal import JournalEntry
from db.tables.merge import CaseMerge, SnrNumber
from db.tables.operation import Dwelling

_CASE, _PERSON = rows.table_of(CaseFile), rows.table_of(Person)
_NOTICE, _MAIL, _DEADLINE = rows.table_of(Notice), rows.table_of(Mail), rows.table_of(Deadline)
_ENTRY = rows.table_of(JournalEntry)
SOURCE = "CNIL, délibération 2014-124, article 4 ; réglage retention_closed_months"
REASON = "Fin de conservation"
Ground = Annotated[str, Choices(GROUNDS), AfterValidator(one_of(GROUNDS))]


def end_of_retention(step: Step) -> date | None:
    due = KINDS["retention"].rule(step.subject, step.settings)
    return due.on if due else None


def _open_or_erased(step: Step, code: str) -> Iterable[Reason]:
    if step.subject["closed_on"] is None:
        yield Reason(f"{code}.open", "Le dossier est ouvert : sa conservation ne commence qu’à sa clôture.")
    if step.subject["erased_on"] is not None:
        yield Reason(
            f"{code}.done",
            f"Les données de ce dossier ont été effacées le {step.subject['erased_on']:%d/%m/%Y}.",
            SOURCE,
        )


def _erase_obstacles(step: Step, data: NoData) -> Iterable[Reason]:
    reasons = list(_open_or_erased(step, "erase"))
    yield from reasons
    until = end_of_retention(step)
    if until is None or reasons:
        return
    if step.today < until:
        yield Reason(
            "erase.too_early",
            f"Ce dossier est conservé jusqu’au {until:%d/%m/%Y} : rien n’est effacé avant cette date.",
            SOURCE,
        )
    elif (told := _told_on(step)) is None or told + timedelta(days=_notice_days(step)) > step.today:
        yield Reason(
            "erase.no_notice",
            f"L’effacement s’annonce {_notice_days(step)} jours avant : le responsable n’a pas encore été "
            "prévenu à temps, il le sera par l’horloge.",
            "Réglage retention_notice_days (à valider)",
        )


def _notice_days(step: Step) -> int:
    return int(step.settings.int_on("retention_notice_days", step.today))


def _told_on(step: Step) -> date | None:
    """When somebody was first told of the end that now holds."""
    query = (
        sa.select(sa.func.min(_NOTICE.c.delivered_at))
        .join(_DEADLINE, _DEADLINE.c.id == _NOTICE.c.deadline_id)
        .where(_DEADLINE.c.kind == "retention", _DEADLINE.c.closed_at.is_(None))
        .where(_NOTICE.c.due_on == _DEADLINE.c.due_on, _NOTICE.c.case_id == step.case_id)
    )
    at: datetime | None = step.connection.execute(query).scalar()
    return day_in_paris(at) if at is not None else None


@command(CASE, check=_erase_obstacles, moves=False, needs_open=False)
def erase_case(step: Step, data: NoData) -> None:
    """Names, numbers, addresses, words and files go; dates, codes, results and the journal's chain stay."""
    _erase_journal(step)
    for model, erased in BESIDE.items():
        rows.update(step.connection, model, {"case_id": step.case_id}, **erased)
    _erase_mails(step)
    rows.update(step.connection, CaseMerge, {"kept_id": step.case_id}, reason="", undo={})
    for document in step.find(Document, case_id=step.case_id, erased_at=None):  # its content: document_sweep
        gone = {"removed_on": document["removed_on"] or step.today, "erased_at": step.now}
        rows.update(step.connection, Document, {"id": document["id"]}, **gone)
    rows.update(step.connection, CaseFile, {"id": step.case_id}, **OF_CASE)  # unseen by the journal's details
    _erase_household(step)
    _erase_dwelling(step)
    step.set(erased_on=step.today)
    lead_id = step.lead_of(step.subject["body_id"])
    text = f"Dossier {step.case_id} : fin de conservation, données personnelles effacées. Source : {SOURCE}."
    step.tell_each([lead_id, step.subject["owner_id"]], "news", text, step.case_id)


def _erase_journal(step: Step) -> None:
    """Of every earlier line of the case; the chain still verifies (docs/decisions)."""
    query = sa.select(_ENTRY.c.number).where(
        _ENTRY.c.case_id == step.case_id, _ENTRY.c.details.is_not(None), _ENTRY.c.type != "erase_details"
    )
    numbers = list(step.connection.execute(query.order_by(_ENTRY.c.number)).scalars())
    if numbers:
        data = {"numbers": numbers, "reason": f"{REASON} du dossier {step.case_id}"}
        line = Command(id=f"{step.command_id}.journal", type="erase_details", data=data)
        step.then.append((line, SYSTEM))


def _erase_mails(step: Step) -> None:
    """The copies of the digests that spoke of it: they have left, their words are not needed any more."""
    spoke = sa.select(_NOTICE.c.mail_id).where(
        _NOTICE.c.case_id == step.case_id, _NOTICE.c.mail_id.is_not(None)
    )
    left = sa.update(_MAIL).where(_MAIL.c.id.in_(spoke), _MAIL.c.state.in_(("sent", "refused")))
    step.connection.execute(left.values(text="", html=""))


def _erase_household(step: Step) -> None:
    """Unless another case of the household is still kept."""
    household_id = step.subject["household_id"]
    if _others(step, _CASE.c.household_id == household_id):
        return
    rows.update(step.connection, Household, {"id": household_id}, **OF_HOUSEHOLD)
    rows.update(step.connection, SnrNumber, {"household_id": household_id}, **OF_NUMBER)
    for person in step.find(Person, household_id=household_id):
        born_on = person["born_on"].replace(month=1, day=1)
        rows.update(step.connection, Person, {"id": person["id"]}, born_on=born_on, **OF_PERSON)


def _erase_dwelling(step: Step) -> None:
    """A dwelling to demolish keeps its address: it is the building's."""
    dwelling_id = step.subject["dwelling_id"]
    alone = step.get(Dwelling, id=dwelling_id, building_id=None) is not None
    if alone and not _others(step, _CASE.c.dwelling_id == dwelling_id):
        rows.update(step.connection, Dwelling, {"id": dwelling_id}, **OF_DWELLING)


def _others(step: Step, shared: sa.ColumnElement[bool]) -> bool:
    kept = sa.exists().where(shared, _CASE.c.id != step.case_id, _CASE.c.erased_on.is_(None))
    return bool(step.connection.execute(sa.select(kept)).scalar())


class KeepCase(Data):
    ground: Ground = Field(title="Motif de la conservation")
    until: date = Field(title="Conserver jusqu’au")
    reason: RequiredLong = Field(title="Précisions")


def _keep_obstacles(step: Step, data: KeepCase) -> Iterable[Reason]:
    reasons = list(_open_or_erased(step, "keep"))
    yield from reasons
    until = end_of_retention(step)
    if until is None or reasons:
        return
    latest = add_months(until, step.settings.int_on("retention_offer_proof_months", step.today))
    if not until < data.until <= latest:
        yield Reason(
            "keep.range",
            f"Ce dossier est conservé jusqu’au {until:%d/%m/%Y} : choisissez une date après celle-ci, "
            f"au plus tard le {latest:%d/%m/%Y}.",
            "Réglage retention_offer_proof_months (à valider)",
        )


@command(CASE, KeepCase, check=_keep_obstacles, moves=False, needs_open=False)
def keep_case(step: Step, data: KeepCase) -> None:
    """Longer only with the person's agreement to reuse the history, or while a dispute may need the proof."""
    step.set(kept_until=data.until)
