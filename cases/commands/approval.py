"""Four eyes: where the settings ask, a command waits for a second person and is then done as it was asked."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field, ValidationError

from cases import access
from cases.command import Command
from cases.commands.fields import LongText, Ref, Required, RequiredLong
from cases.input_errors import reasons_of
from cases.labels import COMMANDS as LABELS
from cases.people import actor_on
from cases.reasons import Reason
from cases.registry import CASE, COMMANDS, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.beside import Approval

ApprovalId = Annotated[int, Ref("approval")]


class AskApproval(Data):
    kind: Required = Field(title="Action à faire à deux")
    content: dict[str, Any] = Field(default={}, title="Ce qui est demandé")
    why: LongText = Field(default="", title="Message à la seconde personne")


def _asking_obstacles(step: Step, data: AskApproval) -> Iterable[Reason]:
    if data.kind not in step.setting("four_eyes_commands"):
        yield Reason(
            "approval.not_needed",
            f"« {LABELS.get(data.kind, data.kind)} » ne demande pas l’accord d’une seconde personne : "
            "faites-le directement.",
            "Réglage four_eyes_commands",
        )
        return
    yield from access.obstacles(step.connection, step.actor, data.kind, CASE, step.subject)
    if step.get(Approval, case_id=step.case_id, kind=data.kind, answer="waiting") is not None:
        yield Reason(
            "approval.waiting", "Un accord est déjà demandé pour cette action : attendez la réponse."
        )
    try:
        COMMANDS[data.kind].data.model_validate(data.content)
    except ValidationError as error:
        yield from reasons_of(error, COMMANDS[data.kind].data)


@command(CASE, AskApproval, check=_asking_obstacles, moves=False)
def ask_approval(step: Step, data: AskApproval) -> None:
    step.created["approval"] = step.insert(
        Approval,
        case_id=step.case_id,
        kind=data.kind,
        content=data.content,
        why=data.why,
        occurred_on=step.occurred_on,
        asked_by=step.actor.id,
        asked_at=step.now,
    )
    told = f"{step.case_id} : votre accord est demandé pour « {LABELS[data.kind]} »."
    leads = [step.lead_of(step.subject["body_id"]), step.lead_of(step.subject["landlord_id"])]
    step.tell_each(leads, "news", told, step.case_id)


class ApproveCommand(Data):
    approval_id: ApprovalId = Field(title="Accord demandé")


def _waiting(step: Step, approval_id: int) -> Row | None:
    return step.get(Approval, id=approval_id, case_id=step.case_id, answer="waiting")


def _none() -> Reason:
    return Reason("approval.none", "Aucun accord n’attend de réponse pour cette action.")


def _approval_obstacles(step: Step, data: ApproveCommand) -> Iterable[Reason]:
    asked = _waiting(step, data.approval_id)
    if asked is None:
        yield _none()
        return
    if asked["asked_by"] == step.actor.id:
        yield Reason(
            "approval.same_person", "Vous avez demandé cet accord : une autre personne doit le donner."
        )
    yield from access.obstacles(step.connection, step.actor, asked["kind"], CASE, step.subject)
    if actor_on(step.connection, asked["asked_by"]) is None:
        yield Reason(
            "approval.gone", "Le compte qui a demandé cet accord est fermé : refusez-le et refaites l’action."
        )


@command(CASE, ApproveCommand, check=_approval_obstacles, moves=False)
def approve_command(step: Step, data: ApproveCommand) -> None:
    """The command follows in the same transaction, in the name of who asked: refused, nothing is approved."""
    asked = _answer(step, data.approval_id, "approved", "")
    asker = actor_on(step.connection, asked["asked_by"])
    if asker is None:
        raise LookupError("the check found the account")
    following = Command(
        id=f"accord-{data.approval_id}",
        type=asked["kind"],
        target=step.case_id,
        occurred_on=asked["occurred_on"],
        data=asked["content"],
    )
    step.then.append((following, asker))
    told = f"{step.case_id} : « {LABELS[asked['kind']]} » est fait, {step.actor.name} a donné son accord."
    step.tell(asked["asked_by"], "news", told, step.case_id)


class RefuseApproval(Data):
    approval_id: ApprovalId = Field(title="Accord demandé")
    reason: RequiredLong = Field(title="Motif du refus")


def _refusal_obstacles(step: Step, data: RefuseApproval) -> Iterable[Reason]:
    if _waiting(step, data.approval_id) is None:
        yield _none()


@command(CASE, RefuseApproval, check=_refusal_obstacles, moves=False)
def refuse_approval(step: Step, data: RefuseApproval) -> None:
    """By the second person, or by who asked and no longer wants it."""
    asked = _answer(step, data.approval_id, "refused", data.reason)
    told = f"{step.case_id} : l’accord pour « {LABELS[asked['kind']]} » est refusé : {data.reason}"
    step.tell(asked["asked_by"], "news", told, step.case_id)


def _answer(step: Step, approval_id: int, answer: str, reason: str) -> Row:
    step.update(
        Approval,
        {"id": approval_id},
        answer=answer,
        reason=reason,
        answered_by=step.actor.id,
        answered_at=step.now,
    )
    return step.need(Approval, "L’accord", id=approval_id)
