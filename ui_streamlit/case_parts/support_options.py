"""What the forms of obstacles, support and the technical committee offer, and why some have no object."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from cases.actor import Actor
from cases.commands.technical_items import covers
from cases.ici_desk import setting_on
from cases.labels import ASKED, OBSTACLES, SUPPORTS
from cases.rules.obstacles import USUAL_ACTIONS
from db.queries import technical
from db.queries.case_file import CaseView
from db.queries.technical import SessionLine
from ui_streamlit.case_parts.unfollowed import unfollowed
from ui_streamlit.session import today
from ui_streamlit.widgets.dates import short_date

Options = Mapping[str, Mapping[str, str]]
REFUSED = {"refused", "expired"}


def perimeter(line: SessionLine) -> str:
    """« parc de LMH », « territoire Weppes », « toute la métropole »."""
    if line.landlord is not None:
        return f"parc de {line.landlord}"
    return f"territoire {line.territory}" if line.territory else "toute la métropole"


def _obstacles(view: CaseView) -> Mapping[str, str]:
    return {
        str(item.id): f"{OBSTACLES[item.kind]} : {item.action}, avant le {short_date(item.due_on)}"
        for item in view.obstacles
        if item.result == "open"
    }


def _measures(view: CaseView) -> Mapping[str, str]:
    return {
        str(item.id): f"{SUPPORTS[item.kind]}, {item.body}, jusqu’au {short_date(item.until)}"
        for item in view.measures
        if item.ended_on is None
    }


def _points(view: CaseView) -> Mapping[str, str]:
    return {
        str(item.id): f"{ASKED[item.asked]}, séance du {short_date(item.held_on)}"
        for item in view.technical
        if item.opinion == "waiting"
    }


def _agendas(view: CaseView) -> Mapping[str, str]:
    case = {"landlord_id": view.head.landlord_id, "commune": view.head.commune}
    return {
        line.id: f"{short_date(line.held_on)}, {perimeter(line)}"
        for line in technical.agendas()
        if covers({"landlord_id": line.landlord_id, "territory": line.territory}, case)
    }


def _refusals(view: CaseView) -> Mapping[str, str]:
    return {
        offer.id: f"Offre {offer.number} : T{offer.typology} à {offer.commune}, {offer.landlord}"
        for offer in view.offers
        if offer.state in REFUSED
    }


def _submission(view: CaseView) -> Options:
    return {"session_id": _agendas(view), "offer_id": _refusals(view)}


def _proposed(view: CaseView) -> dict[str, Any]:
    """An action for each obstacle of the diagnosis that nobody follows: to be changed, or sent as it is."""
    days = setting_on("obstacle_action_days", today()).value
    due_on = (today() + timedelta(days=int(str(days)))).isoformat()
    owner = {"owner_id": view.head.owner_id} if view.head.owner_id else {}
    return {
        "obstacles": [
            {"kind": kind, "action": USUAL_ACTIONS[kind], "due_on": due_on, **owner}
            for kind in unfollowed(view)
        ]
    }


OPTIONS: Mapping[str, Callable[[CaseView], Options]] = {
    **{
        kind: lambda view: {"obstacle_id": _obstacles(view)}
        for kind in ("change_obstacle", "settle_obstacle")
    },
    **{
        kind: lambda view: {"measure_id": _measures(view)}
        for kind in ("extend_support", "end_support", "hand_over_support")
    },
    "submit_to_technical": _submission,
    "withdraw_from_technical": lambda view: {"item_id": _points(view)},
}


def _only(field: str, found: Mapping[str, str]) -> dict[str, Any]:
    return {field: next(iter(found))} if len(found) == 1 else {}


DEFAULTS: Mapping[str, Callable[[CaseView], dict[str, Any]]] = {
    **{
        kind: lambda view: _only("obstacle_id", _obstacles(view))
        for kind in ("change_obstacle", "settle_obstacle")
    },
    **{
        kind: lambda view: _only("measure_id", _measures(view))
        for kind in ("extend_support", "end_support", "hand_over_support")
    },
    "follow_obstacles": _proposed,
    "submit_to_technical": lambda view: _only("session_id", _agendas(view)),
    "withdraw_from_technical": lambda view: _only("item_id", _points(view)),
}


def _no_obstacle(view: CaseView, _: Actor) -> str:
    return "" if _obstacles(view) else "Aucun frein n’est ouvert : notez-le d’abord."


def _no_measure(view: CaseView, _: Actor) -> str:
    return "" if _measures(view) else "Aucun accompagnement n’est en cours."


def _no_point(view: CaseView, _: Actor) -> str:
    return "" if _points(view) else "Le dossier n’est inscrit à aucun comité technique à venir."


def _no_agenda(view: CaseView, _: Actor) -> str:
    if _agendas(view):
        return ""
    return "Aucun comité technique n’est programmé pour ce bailleur ou ce territoire : demandez-en un."


def _no_proposal(view: CaseView, _: Actor) -> str:
    return "" if unfollowed(view) else "Aucun frein constaté au diagnostic n’attend d’être suivi."


WHY: Mapping[str, Callable[[CaseView, Actor], str]] = {
    "follow_obstacles": _no_proposal,
    "change_obstacle": _no_obstacle,
    "settle_obstacle": _no_obstacle,
    "extend_support": _no_measure,
    "end_support": _no_measure,
    "hand_over_support": _no_measure,
    "submit_to_technical": _no_agenda,
    "withdraw_from_technical": _no_point,
}
