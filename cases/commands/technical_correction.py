"""An opinion recorded by mistake: annulled with its reason, kept as it was, and asked again."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from cases.commands.fields import Ref, RequiredLong
from cases.commands.technical_committee import own_desk
from cases.commands.technical_items import JUDGED, SOURCE, put_again, put_on_next, withdraw
from cases.commands.technical_opinion import protected_obstacles
from cases.reasons import Reason
from cases.registry import TECHNICAL, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.offer import Offer
from db.tables.technical import TechnicalItem

GIVEN = {"favourable", "unfavourable", "adjourned", *JUDGED}


class AnnulOpinion(Data):
    item_id: Annotated[int, Ref("technical_item")] = Field(title="Avis enregistré")
    reason: RequiredLong = Field(title="Ce qui avait été enregistré par erreur")


def _obstacles(step: Step, data: AnnulOpinion) -> Iterable[Reason]:
    yield from own_desk(step, step.subject["landlord_id"])
    item = step.get(TechnicalItem, id=data.item_id, session_id=step.subject["id"])
    if item is None or item["opinion"] not in GIVEN:
        yield Reason(
            "technical.no_opinion",
            "Avis enregistré : aucun avis n’est donné sur ce point à cette séance ; choisissez-en un autre.",
            SOURCE,
        )
        return
    following = _following(step, item)
    if following is not None and following["opinion"] != "waiting":
        yield Reason(
            "technical.examined_since",
            "Ce point ajourné a été examiné depuis : corrigez l’avis de la séance suivante.",
            SOURCE,
        )
    yield from protected_obstacles(step, step.need(CaseFile, "Le dossier", id=item["case_id"]))


def _following(step: Step, item: Row) -> Row | None:
    return step.get(TechnicalItem, id=item["next_id"]) if item["next_id"] is not None else None


@command(TECHNICAL, AnnulOpinion, check=_obstacles, moves=False, needs_open=False)
def annul_opinion(step: Step, data: AnnulOpinion) -> None:
    """While the session sits, the point is examined again; once minuted, it goes to the next session."""
    item = step.need(TechnicalItem, "Le point", id=data.item_id)
    following = _following(step, item)
    if following is not None:
        withdraw(step, following, "Ajournement annulé")
    step.update(
        TechnicalItem,
        {"id": item["id"]},
        opinion="annulled",
        annulled_from=item["opinion"],
        annulled_on=step.occurred_on,
        annulled_by=step.actor.id,
        annul_reason=data.reason,
        next_id=None,
    )
    if item["offer_id"] is not None:
        step.update(
            Offer,
            {"id": item["offer_id"]},
            legitimacy="under_review",
            legitimacy_by=None,
            legitimacy_on=None,
        )
    case = step.need(CaseFile, "Le dossier", id=item["case_id"])
    if case["closed_on"] is None:
        _ask_again(step, item)
    step.change_case(case)
    words = f"Un avis du comité technique sur {case['id']} est annulé : {data.reason}"
    told = words if not case["protected"] else f"Un avis du comité technique sur {case['id']} est annulé."
    step.tell_each([case["owner_id"], item["submitted_by"]], "news", told, case["id"])


def _ask_again(step: Step, item: Row) -> None:
    if step.subject["state"] == "open":
        step.created["technical_item"] = put_again(step, item, step.subject["id"], item["returns"])
    else:
        put_on_next(step, step.subject, item)
