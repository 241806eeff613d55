"""What the technical committee says of a case: an opinion, or whether a refusal is legitimate (1.4)."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field

from cases.commands.fields import Ref, RequiredLong
from cases.commands.technical_committee import desk
from cases.commands.technical_items import JUDGED, SOURCE, put_on_next
from cases.reasons import Reason
from cases.registry import TECHNICAL, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.case import CaseFile, NamedReader
from db.tables.offer import Offer
from db.tables.technical import TechnicalItem

ItemId = Annotated[int, Ref("technical_item")]


class RecordOpinion(Data):
    item_id: ItemId = Field(title="Point")
    opinion: Literal["favourable", "unfavourable", "adjourned"] = Field(title="Avis")
    reason: RequiredLong | None = Field(
        default=None, title="Motif (obligatoire si l’avis n’est pas favorable)"
    )


class JudgeRefusal(Data):
    item_id: ItemId = Field(title="Point")
    verdict: Literal["legitimate", "not_legitimate", "adjourned"] = Field(title="Le refus est")
    reason: RequiredLong = Field(title="Motif")


def _item(step: Step, item_id: int) -> Row | None:
    return step.get(TechnicalItem, id=item_id, session_id=step.subject["id"], opinion="waiting")


def _item_obstacles(step: Step, item_id: int, opinion: str, *, refusal: bool) -> Iterable[Reason]:
    yield from desk(step, "open")
    item = _item(step, item_id)
    if item is None:
        yield Reason(
            "technical.no_item", "Ce point n’attend pas d’avis à cette séance : il est peut-être traité."
        )
        return
    if (item["asked"] == "refusal") is not refusal:
        yield Reason(
            "technical.wrong_act",
            "Ce point porte sur un refus : dites s’il est légitime."
            if not refusal
            else "Ce point ne porte pas sur un refus : enregistrez un avis.",
        )
    if opinion != "adjourned":
        yield from protected_obstacles(step, step.need(CaseFile, "Le dossier", id=item["case_id"]))


def protected_obstacles(step: Step, case: Row) -> Iterable[Reason]:
    """Nobody but a named reader says anything of a protected case."""
    named = step.get(NamedReader, case_id=case["id"], account_id=step.actor.id)
    if case["protected"] and named is None:
        yield Reason(
            "access.protected",
            "Ce dossier est protégé : seules les personnes nommées enregistrent son avis ; ajournez, ou "
            "demandez au service qui le suit de vous nommer.",
            "Domaine 6.4",
        )


def _opinion_obstacles(step: Step, data: RecordOpinion) -> Iterable[Reason]:
    yield from _item_obstacles(step, data.item_id, data.opinion, refusal=False)
    if data.opinion != "favourable" and data.reason is None:
        yield Reason("field.reason", "Motif : dites pourquoi l’avis est défavorable ou ajourné.", SOURCE)


@command(TECHNICAL, RecordOpinion, check=_opinion_obstacles, moves=False, needs_open=False)
def record_opinion(step: Step, data: RecordOpinion) -> None:
    """Given on the need sheet in force that day: another sheet asks for another opinion."""
    _give(step, data.item_id, data.opinion, data.reason or "")


def _refusal_obstacles(step: Step, data: JudgeRefusal) -> Iterable[Reason]:
    yield from _item_obstacles(step, data.item_id, data.verdict, refusal=True)


@command(TECHNICAL, JudgeRefusal, check=_refusal_obstacles, moves=False, needs_open=False)
def judge_refusal(step: Step, data: JudgeRefusal) -> None:
    """A person's judgement beside the frozen countable test: it never changes that result."""
    item = _give(step, data.item_id, data.verdict, data.reason)
    if data.verdict in JUDGED:
        step.update(
            Offer,
            {"id": item["offer_id"]},
            legitimacy=data.verdict,
            legitimacy_by=step.actor.id,
            legitimacy_on=step.occurred_on,
        )


def _give(step: Step, item_id: int, opinion: str, reason: str) -> Row:
    item = step.need(TechnicalItem, "Le point", id=item_id)
    case = step.need(CaseFile, "Le dossier", id=item["case_id"])
    given: dict[str, Any] = {
        "opinion": opinion,
        "reason": reason,
        "given_on": step.occurred_on,
        "given_by": step.actor.id,
        "need_sheet_id": case["need_sheet_id"],
    }
    step.update(TechnicalItem, {"id": item_id}, **given)
    step.change_case(case)
    words = f"Le comité technique s’est prononcé sur {case['id']} : {_next(case, item, opinion)}."
    step.tell_each([case["owner_id"], item["submitted_by"]], "news", words, case["id"])
    if opinion == "adjourned":
        put_on_next(step, step.subject, item)
    return item | given


def _next(case: Row, item: Row, opinion: str) -> str:
    """What the news asks for: the committee agrees, whoever follows the case validates."""
    if opinion == "favourable" and item["asked"] == "need" and case["state"] == "diagnosed":
        return "avis favorable, validez la fiche besoin"
    return "lisez son avis dans le dossier"
