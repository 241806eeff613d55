"""Who holds the case: taking, assigning, handing over (the sender stays responsible until it is accepted)."""

from collections.abc import Iterable

from pydantic import Field

from cases.commands.fields import AccountId, LongText, RequiredLong
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.step import Step
from db.rows import Row
from db.tables.beside import Opinion
from db.tables.case import Attempt, Handover, NamedReader
from db.tables.people import Account
from db.tables.support import Obstacle, SupportMeasure


def _unowned(step: Step, _: NoData) -> Iterable[Reason]:
    owner = step.subject["owner_id"]
    if owner is not None:
        yield Reason("owner.already", f"Ce dossier est déjà suivi par {owner} : demandez une passation.")


@command(CASE, check=_unowned, moves=False)
def take_case(step: Step, data: NoData) -> None:
    give_to(step, step.actor.id)


class AssignCase(Data):
    account_id: AccountId = Field(title="Affecter à")


def _assignee(step: Step, data: AssignCase) -> Iterable[Reason]:
    yield from _may_hold(step, data.account_id)


def _may_hold(step: Step, account_id: str) -> Iterable[Reason]:
    account = step.need(Account, "Le compte", id=account_id)
    if not account["active"] or account["role"] not in {"social_worker", "rehousing_officer"}:
        yield Reason(
            "owner.role",
            f"{account['name']} ne peut pas suivre un dossier : choisissez un travailleur social "
            f"ou un chargé de relogement.",
        )
    named = step.get(NamedReader, case_id=step.case_id, account_id=account_id)
    if step.subject["protected"] and named is None:
        yield Reason(
            "owner.reader",
            f"Ce dossier est protégé : nommez d’abord {account['name']} comme lecteur.",
            "Domaine 6.4",
        )


@command(CASE, AssignCase, check=_assignee, moves=False)
def assign_case(step: Step, data: AssignCase) -> None:
    give_to(step, data.account_id)


def give_to(step: Step, account_id: str) -> None:
    """The holder and the service change together; reminders follow."""
    account = step.need(Account, "Le compte", id=account_id)
    step.set(owner_id=account_id, body_id=account["body_id"])
    for attempt in step.find(Attempt, case_id=step.case_id, answer="waiting"):
        step.touch("attempt", attempt["id"])
    for obstacle in step.find(Obstacle, case_id=step.case_id, result="open"):
        step.touch("obstacle", obstacle["id"])
    for measure in step.find(SupportMeasure, case_id=step.case_id, ended_on=None):
        step.touch("support", measure["id"])
    for asked in step.find(Opinion, case_id=step.case_id, answer="waiting"):
        step.touch("opinion", asked["id"])
    step.tell(account_id, "news", f"Le dossier {step.case_id} vous est confié.", step.case_id)


class HandOver(Data):
    to_id: AccountId = Field(title="Passer à")
    reason: LongText = Field(default="", title="Pourquoi")


def _receiver(step: Step, data: HandOver) -> Iterable[Reason]:
    yield from _may_hold(step, data.to_id)
    if _waiting(step) is not None:
        yield Reason("handover.waiting", "Une passation attend déjà sa réponse pour ce dossier.")


def _waiting(step: Step) -> Row | None:
    return step.get(Handover, case_id=step.case_id, answer="waiting")


@command(CASE, HandOver, check=_receiver, moves=False)
def hand_over(step: Step, data: HandOver) -> None:
    handover_id = step.insert(
        Handover,
        case_id=step.case_id,
        from_id=step.subject["owner_id"],
        to_id=data.to_id,
        reason=data.reason,
        asked_on=step.occurred_on,
    )
    step.touch("handover", handover_id)
    step.tell(data.to_id, "news", f"On vous propose de reprendre le dossier {step.case_id}.", step.case_id)


def _for_me(step: Step, _: Data) -> Iterable[Reason]:
    waiting = _waiting(step)
    if waiting is None:
        yield Reason("handover.none", "Aucune passation n’attend de réponse pour ce dossier.")
    elif waiting["to_id"] != step.actor.id:
        yield Reason("handover.other", "Cette passation est proposée à quelqu’un d’autre.")


@command(CASE, check=_for_me, moves=False)
def accept_handover(step: Step, data: NoData) -> None:
    waiting = _answer(step, "accepted")
    give_to(step, step.actor.id)
    step.tell(waiting["from_id"], "news", f"La passation de {step.case_id} est acceptée.", step.case_id)


class RefuseHandover(Data):
    reason: RequiredLong = Field(title="Motif du refus")


@command(CASE, RefuseHandover, check=_for_me, moves=False)
def refuse_handover(step: Step, data: RefuseHandover) -> None:
    waiting = _answer(step, "refused")
    step.tell(
        waiting["from_id"],
        "news",
        f"La passation de {step.case_id} est refusée : {data.reason}",
        step.case_id,
    )


def _answer(step: Step, answer: str) -> Row:
    waiting = step.need(Handover, "La passation", case_id=step.case_id, answer="waiting")
    step.update(Handover, {"id": waiting["id"]}, answer=answer, answered_on=step.occurred_on)
    step.touch("handover", waiting["id"])
    return waiting
