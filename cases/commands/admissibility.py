"""Admissibility of a transfer: complete, incomplete, or not admissible with its reason."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from cases.commands.fields import CriterionCode, DayOfFact, LongText, RequiredLong, past
from cases.commands.follow_up import release
from cases.commands.referral import Evidence
from cases.lifecycle import missing_evidence
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.step import Step


class RequestInformation(Data):
    wanted: RequiredLong = Field(title="Ce qui manque")
    due_on: date | None = Field(default=None, title="À fournir avant le")


@command(CASE)
def check_admissibility(step: Step, data: NoData) -> None:
    """Somebody looks at the referral."""


def _request_obstacles(step: Step, data: RequestInformation) -> Iterable[Reason]:
    if data.due_on is not None and data.due_on <= step.occurred_on:
        yield Reason(
            "field.due_on",
            f"À fournir avant le : le {data.due_on:%d/%m/%Y} ne laisse aucun délai ; choisissez un jour "
            "après la demande.",
        )


@command(CASE, RequestInformation, check=_request_obstacles)
def request_information(step: Step, data: RequestInformation) -> None:
    days = int(step.setting("information_request_days"))
    step.set(information_due_on=data.due_on or step.occurred_on + timedelta(days=days))
    step.tell(
        step.subject["referrer_id"],
        "news",
        f"Complément demandé pour {step.case_id} : {data.wanted}",
        step.case_id,
    )


class CompleteInformation(Data):
    evidence: Annotated[list[Evidence], Field(max_length=20)] = Field(default=[], title="Justificatifs reçus")
    criteria: Annotated[list[CriterionCode], Field(max_length=7)] = Field(
        default=[], title="Situations ajoutées"
    )
    suitable_offers: Annotated[int, Field(ge=0, le=99)] | None = Field(
        default=None, title="Propositions adaptées déjà reçues"
    )
    snr_requested_on: date | None = Field(default=None, title="Demande déposée le")
    comment: LongText = Field(default="", title="Précisions")


def _completion_obstacles(step: Step, data: CompleteInformation) -> Iterable[Reason]:
    for proof in data.evidence:
        yield from past(proof.dated_on, step.today, "Justificatifs reçus", "evidence")
    yield from past(data.snr_requested_on, step.today, "Demande déposée le", "snr_requested_on")


@command(CASE, CompleteInformation, check=_completion_obstacles)
def complete_information(step: Step, data: CompleteInformation) -> None:
    known = step.subject
    step.set(
        evidence=known["evidence"] + [proof.model_dump(mode="json") for proof in data.evidence],
        criteria=list(dict.fromkeys(known["criteria"] + list(data.criteria))),
        information_due_on=None,
        **data.model_dump(include={"suitable_offers", "snr_requested_on"}, exclude_none=True),
    )
    step.tell(known["owner_id"], "news", f"Complément reçu pour {step.case_id}.", step.case_id)


class Reject(Data):
    reason: RequiredLong = Field(title="Motif de la non-recevabilité")


@command(CASE, Reject)
def reject(step: Step, data: Reject) -> None:
    """Not admissible: the file stops here and the referrer is told why."""
    release(step)
    step.set(closed_on=step.occurred_on, closure_reason="not_admissible", closed_from=step.subject["state"])
    step.tell(
        step.subject["referrer_id"],
        "news",
        f"{step.case_id} n’est pas recevable : {data.reason}",
        step.case_id,
    )


def admission_obstacles(step: Step, _: NoData) -> Iterable[Reason]:
    return missing_evidence(step.subject, step.today, int(step.setting("mutation_waiting_months")))


@command(CASE, check=admission_obstacles)
def admit(step: Step, data: NoData) -> None:
    """Admissible: the diagnosis may begin; the referrer is told."""
    step.set(admitted_on=step.occurred_on)
    step.tell(step.subject["referrer_id"], "news", f"{step.case_id} est recevable.", step.case_id)


class InformHousehold(Data):
    letter_sent_on: DayOfFact = Field(title="Courrier envoyé le")
    received_on: date | None = Field(default=None, title="Reçu le")


def _letter_obstacles(step: Step, data: InformHousehold) -> Iterable[Reason]:
    yield from past(data.letter_sent_on, step.today, "Courrier envoyé le", "letter_sent_on")


@command(CASE, InformHousehold, check=_letter_obstacles)
def inform_household(step: Step, data: InformHousehold) -> None:
    """The household is told by letter that it will be rehoused (domain 1.3 step 3)."""
    step.set(admitted_on=step.occurred_on)
