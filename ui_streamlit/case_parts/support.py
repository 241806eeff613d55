"""Obstacles with their action, support measures, and what the technical committee said of the case."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from cases.labels import ASKED, OBSTACLE_RESULTS, OBSTACLES, OPINIONS, SUPPORT_ENDS, SUPPORTS
from db.queries.case_file import CaseView
from db.queries.case_support import ObstacleView, SupportView, TechnicalPoint
from db.queries.technical import PointView
from ui_streamlit.case_parts.unfollowed import unfollowed, unfollowed_words
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import countdown_words, short_date
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

SOON_DAYS = 30
SETTLED_TONES = {"lifted": "success", "lessened": "success", "remains": "warning"}
RELAY = (
    "Un accompagnement est en cours : si un autre organisme prend la suite, dites-le avec "
    "« Passer le relais d’un accompagnement »"
)
OPINION_TONES = {
    "waiting": "info",
    "favourable": "success",
    "unfavourable": "danger",
    "legitimate": "success",
    "not_legitimate": "warning",
    "adjourned": "warning",
}


def support_sections(view: CaseView, today: date) -> None:
    """Nothing is drawn for who reads no social data, or when there is nothing."""
    if view.technical:
        hint = "Il donne un avis ; la commission d’attribution décide."
        st.html(section("Comité technique", count=len(view.technical), hint=hint))
        st.html(_technical(view))
    _obstacle_section(view, today)
    if view.measures:
        running = sum(item.ended_on is None for item in view.measures)
        st.html(section("Accompagnement", count=running, hint="Convention de suivi social."))
        st.html(_measures(view, today))


def _obstacle_section(view: CaseView, today: date) -> None:
    waiting = unfollowed_words(view.head.id, unfollowed(view))
    if not view.obstacles and not waiting:
        return
    left = sum(item.result == "open" for item in view.obstacles)
    st.html(section("Freins", count=left, hint="Chacun a son action, son responsable et sa date."))
    if waiting:
        st.html(waiting)
    if view.obstacles:
        st.html(_obstacles(view, today))


def _obstacles(view: CaseView, today: date) -> Markup:
    rows = [
        {
            "kind": OBSTACLES[item.kind],
            "action": " ".join(text for text in (item.action, item.outcome) if text),
            "owner": item.owner or view.head.owner or "À affecter",
            "due": item.due_on,
            "state": _obstacle_state(item, today),
        }
        for item in view.obstacles
    ]
    columns = [
        Column("kind", "Frein", second="action"),
        Column("owner", "Confiée à"),
        Column("due", "Avant le"),
        Column("state", "État"),
    ]
    return case_table(rows, columns, caption="Freins")


def _obstacle_state(item: ObstacleView, today: date) -> Badge:
    if item.result != "open":
        return Badge(OBSTACLE_RESULTS[item.result], SETTLED_TONES.get(item.result, "neutral"))
    return _until(item.due_on, today)


def _until(due_on: date, today: date) -> Badge:
    days = (due_on - today).days
    tone = "danger" if days < 0 else "warning" if days <= SOON_DAYS else "info"
    return Badge(countdown_words(due_on, today).capitalize(), tone)


def _measures(view: CaseView, today: date) -> Markup:
    bodies = {item.id: item.body for item in view.measures}
    rows = [
        {
            "kind": SUPPORTS[item.kind],
            "who": f"{item.body}, {item.worker}",
            "from": item.started_on,
            "relay": f"relais de {bodies[item.previous_id]}" if item.previous_id in bodies else None,
            "until": item.ended_on or item.until,
            "why": _why(item),
            "state": _measure_state(item, today),
        }
        for item in view.measures
    ]
    columns = [
        Column("kind", "Mesure", second="who"),
        Column("from", "Depuis le", second="relay"),
        Column("until", "Jusqu’au", second="why"),
        Column("state", "État"),
    ]
    return case_table(rows, columns, caption="Mesures d’accompagnement")


def _why(item: SupportView) -> str:
    """How the end came about, and when the household agreed."""
    parts = [f"accord du ménage le {short_date(item.consented_on)}"]
    if item.extended_from is not None:
        parts.append(f"prolongée, au lieu du {short_date(item.extended_from)} : {item.extension_reason}")
    if item.ended_on is not None:
        parts.append(item.end_detail)
    elif item.end_source and item.extended_from is None:
        doubt = ", à valider" if "à valider" in item.end_source else ""
        parts.append(f"durée habituelle{doubt}")  # its source stands with the deadline
    return " ; ".join(part.rstrip(".") for part in parts if part)


def _measure_state(item: SupportView, today: date) -> Badge:
    if item.ended_on is not None and item.ended_on <= today:
        tone = "success" if item.end_reason == "aims_met" else "neutral"
        return Badge(SUPPORT_ENDS[item.end_reason], tone)
    if item.started_on > today:
        return Badge("À venir", "info", "calendar")
    if item.ended_on is not None:
        return Badge(f"Relais le {short_date(item.ended_on)}", "warning", "arrow")
    late = item.until < today
    soon = (item.until - today).days <= SOON_DAYS
    words = f"Terme passé, {countdown_words(item.until, today)}" if late else "En cours"
    return Badge(words, "danger" if late else "warning" if soon else "success")


def _technical(view: CaseView) -> Markup:
    numbers = {offer.id: offer.number for offer in view.offers}
    rows = [
        {
            "session": item.session_id,
            "asked": _asked(item, numbers),
            "question": item.question or None,
            "held": item.held_on,
            "opinion": Badge(OPINIONS[item.opinion], OPINION_TONES.get(item.opinion, "neutral")),
            "why": opinion_words(item),
            "by": item.given_by,
        }
        for item in view.technical
    ]
    columns = [
        Column("asked", "Demande", second="question"),
        Column("held", "Séance du"),
        Column("opinion", "Avis", second="why"),
        Column("by", "Enregistré par"),
    ]
    return case_table(
        rows, columns, caption="Comité technique", link=lambda row: technical_address(str(row["session"]))
    )


def opinion_words(item: TechnicalPoint | PointView) -> str | None:
    """Why; of an opinion recorded by mistake, what it was and why it was annulled."""
    if item.annulled_on is None:
        return item.reason or None
    former = OPINIONS[item.annulled_from].lower()
    why = f" : {item.annul_reason}" if item.annul_reason else ""
    return f"{former[0].upper()}{former[1:]}, annulé le {short_date(item.annulled_on)}{why}"


def relay_words(view: CaseView) -> Markup:
    """The household moves: who follows it then must be said."""
    running = [item for item in view.measures if item.ended_on is None]
    if not running:
        return Markup()
    lines = [f"{SUPPORTS[item.kind]}, {item.body}, jusqu’au {short_date(item.until)}" for item in running]
    return message("warning", RELAY, lines)


def technical_address(session_id: str) -> str:
    return f"/comite-technique?{urlencode({'seance': session_id})}"


def _asked(item: TechnicalPoint, numbers: dict[str, int]) -> str:
    number = numbers.get(item.offer_id or "")
    return f"{ASKED[item.asked]} (offre {number})" if number else ASKED[item.asked]
