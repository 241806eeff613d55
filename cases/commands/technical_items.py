"""A case on the agenda of a technical committee: what is asked, withdrawn, carried to the next session."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from cases import territory
from cases.commands.fields import LongText, OfferId, Ref, RequiredLong, TechnicalAsked, TechnicalId
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.offer import Offer
from db.tables.technical import TechnicalItem, TechnicalSession

SOURCE = "Comité technique de relogement (existence et rôle non lus pour la MEL)"
JUDGED = {"legitimate", "not_legitimate"}
REFUSED = {"refused", "expired"}


class SubmitToTechnical(Data):
    session_id: TechnicalId = Field(title="Séance")
    asked: TechnicalAsked = Field(title="Ce qui est demandé")
    offer_id: OfferId | None = Field(default=None, title="Proposition refusée (s’il s’agit d’un refus)")
    question: LongText = Field(default="", title="La question, sans nom ni donnée de santé")


class WithdrawFromTechnical(Data):
    item_id: Annotated[int, Ref("technical_item")] = Field(title="Point")
    reason: RequiredLong = Field(title="Motif du retrait")


def covers(session: Row, case: Row) -> bool:
    """Whether the case is of the landlord or territory of the session."""
    if session["landlord_id"] is not None:
        return bool(session["landlord_id"] == case["landlord_id"])
    return session["territory"] in ("", territory.commune(case["commune"]).territory)


def _submit_obstacles(step: Step, data: SubmitToTechnical) -> Iterable[Reason]:
    session = step.need(TechnicalSession, "La séance", id=data.session_id)
    if session["state"] not in {"planned", "open"}:
        yield Reason(
            "technical.over", "Séance : elle est close ou annulée ; choisissez une séance à venir.", SOURCE
        )
    if not covers(session, step.subject):
        yield Reason(
            "technical.elsewhere",
            "Séance : ce dossier est hors du périmètre de cette séance ; choisissez-en une autre.",
            SOURCE,
        )
    waiting = step.find(TechnicalItem, case_id=step.case_id, asked=data.asked, opinion="waiting")
    if any(item["offer_id"] == data.offer_id for item in waiting):
        yield Reason("technical.already", "Cette demande attend déjà l’avis du comité technique.", SOURCE)
    yield from _asked_obstacles(step, data)


def _asked_obstacles(step: Step, data: SubmitToTechnical) -> Iterable[Reason]:
    if data.asked == "need" and step.subject["need_sheet_id"] is None:
        yield Reason(
            "case.no_need_sheet",
            "Aucune fiche besoin n’est préparée : signez d’abord le diagnostic.",
            "CIET art. 7",
        )
    if data.asked in {"orientation", "derogation"} and not data.question:
        yield Reason("field.question", "La question : dites ce que le comité doit trancher.", SOURCE)
    if data.asked != "refusal":
        return
    offer = step.get(Offer, id=data.offer_id or "", case_id=step.case_id)
    if offer is None or offer["state"] not in REFUSED:
        yield Reason(
            "technical.no_refusal",
            "Proposition refusée : choisissez une proposition que ce ménage a refusée.",
            "Domaine 1.4",
        )
    elif offer["legitimacy"] in JUDGED:
        yield Reason(
            "technical.judged",
            "La légitimité de ce refus est déjà jugée : elle ne l’est qu’une fois.",
            "Domaine 1.4",
        )


@command(CASE, SubmitToTechnical, check=_submit_obstacles, moves=False)
def submit_to_technical(step: Step, data: SubmitToTechnical) -> None:
    item_id = step.insert(
        TechnicalItem,
        case_id=step.case_id,
        submitted_by=step.actor.id,
        submitted_on=step.occurred_on,
        **data.model_dump(),
    )
    if data.asked == "refusal":
        step.update(Offer, {"id": data.offer_id}, legitimacy="under_review")
    step.created["technical_item"] = item_id


def _withdraw_obstacles(step: Step, data: WithdrawFromTechnical) -> Iterable[Reason]:
    if step.get(TechnicalItem, id=data.item_id, case_id=step.case_id, opinion="waiting") is None:
        yield Reason(
            "technical.no_item",
            "Ce point n’attend pas d’avis pour ce dossier : il est peut-être traité.",
            SOURCE,
        )


@command(CASE, WithdrawFromTechnical, check=_withdraw_obstacles, moves=False)
def withdraw_from_technical(step: Step, data: WithdrawFromTechnical) -> None:
    withdraw(step, step.need(TechnicalItem, "Le point", id=data.item_id), data.reason)


def withdraw(step: Step, item: Row, reason: str) -> None:
    step.update(
        TechnicalItem,
        {"id": item["id"]},
        opinion="withdrawn",
        reason=reason,
        given_on=step.occurred_on,
        given_by=step.actor.id,
    )
    if item["offer_id"] is not None:
        step.update(Offer, {"id": item["offer_id"]}, legitimacy=None)


def end_items(step: Step, case: Row) -> None:
    """The case stops: nothing is asked of the committee any more."""
    for item in step.find(TechnicalItem, case_id=case["id"], opinion="waiting"):
        withdraw(step, item, "Dossier clos")


def put_on_next(step: Step, session: Row, item: Row) -> None:
    """To the next planned session of the same perimeter, if there is one."""
    same = step.find(
        TechnicalSession,
        landlord_id=session["landlord_id"],
        territory=session["territory"],
        state="planned",
    )
    ahead = sorted((row["held_on"], row["id"]) for row in same if row["held_on"] > session["held_on"])
    if ahead:
        put_again(step, item, ahead[0][1], item["returns"] + 1)


def put_again(step: Step, item: Row, session_id: str, returns: int) -> int:
    """The same question on that agenda, for the time after `returns` others; the new point."""
    kept = {
        name: item[name]
        for name in ("case_id", "asked", "question", "offer_id", "submitted_by", "submitted_on")
    }
    next_id: int = step.insert(TechnicalItem, session_id=session_id, returns=returns, **kept)
    step.update(TechnicalItem, {"id": item["id"]}, next_id=next_id)
    return next_id


def carry_left_over(step: Step, session: Row) -> None:
    """What was adjourned or annulled earlier in the perimeter of this session, and waits nowhere."""
    perimeter = {name: session[name] for name in ("landlord_id", "territory")}
    for earlier in step.find(TechnicalSession, **perimeter):
        if earlier["held_on"] >= session["held_on"]:
            continue
        for item in step.find(TechnicalItem, session_id=earlier["id"], next_id=None):
            case = step.need(CaseFile, "Le dossier", id=item["case_id"])
            if case["closed_on"] is None and item["opinion"] in {"adjourned", "annulled"}:
                put_again(step, item, session["id"], item["returns"] + 1)
