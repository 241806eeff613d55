"""The ICI side of a day: sessions and what they wait for, items to objectify, duties, needs addressed."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from cases.labels import BLOCKAGES, EXECUTIONS
from db.queries.day_of_ici import Duty, SessionTask, ToObjectify
from db.queries.search_needs import NeedAsked, Needs
from ui_streamlit.queue_parts.words import TASKS, more
from ui_streamlit.search_parts.words import euros, places, wanted
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, Row, case_table
from ui_streamlit.widgets.deadline_card import deadline_badge, tone_of
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section, small_print

LAST_DAY_OF = {"planned": "limit_on", "call_open": "limit_on"}
SESSION_COLUMNS = (
    Column("session", "Séance"),
    Column("task", "À faire", second="left"),
    Column("held", "Séance le"),
    Column("limit", "Date limite de dépôt"),
    Column("due", "Échéance"),
)
ITEM_COLUMNS = (
    Column("id", "Remontée", second="cases"),
    Column("title", "Sujet", second="theme"),
    Column("session", "Séance"),
    Column("due", "Séance dans"),
)
DUTY_COLUMNS = (
    Column("decision", "Décision"),
    Column("text", "Ce qui est dû", second="detail"),
    Column("body", "Par qui"),
    Column("state", "État"),
    Column("due", "Échéance"),
)
NEED_COLUMNS = (
    Column("case", "Fiche besoin"),
    Column("dwelling", "Logement recherché"),
    Column("ceiling", "Loyer et charges au plus"),
    Column("communes", "Communes"),
    Column("asked", "Adressée le"),
    Column("due", "Réponse attendue"),
)
ALL_NEEDS = Markup(
    '<p class="rl-muted">Le logement recherché seulement : rien sur les personnes. '
    '<a href="/recherche">Répondre, et voir les {} fiches</a></p>'
)


def session_table(tasks: Sequence[SessionTask], today: date) -> None:
    """Each session under way and the next one planned of each ICI, with what its state waits for."""
    near = _near(tasks)
    st.html(section("Séances : ce qui vous attend", count=len(near)))
    if not tasks:
        st.html(
            empty_state("Aucune séance en cours", "Programmez les prochaines séances.", icon_name="calendar")
        )
        return
    rows = [_session(task, today) for task in near]
    st.html(case_table(rows, SESSION_COLUMNS, caption="Séances ICI en cours", link=_to_session, tone=_tone))
    further = len(tasks) - len(near)
    if further:
        words = f"{more(further, 'séance plus lointaine est', 'séances plus lointaines sont')} au calendrier."
        st.html(small_print(words))


def _near(tasks: Sequence[SessionTask]) -> list[SessionTask]:
    """`tasks` by date: of those only planned, the first of its ICI."""
    planned: dict[str, SessionTask] = {}
    for task in tasks:
        if task.state == "planned":
            planned.setdefault(task.ici, task)
    return [task for task in tasks if task.state != "planned" or planned[task.ici] is task]


def _session(task: SessionTask, today: date) -> Row:
    due_on = task.limit_on if task.state in LAST_DAY_OF else task.held_on
    left = [more(task.items, "remontée", "remontées")] if task.items else []
    if task.to_objectify and task.state not in LAST_DAY_OF:
        left.append(more(task.to_objectify, "remontée à objectiver", "remontées à objectiver"))
    if task.undecided and task.state == "held":
        left.append(more(task.undecided, "point sans décision", "points sans décision"))
    return {
        "session": f"ICI {task.ici}",
        "id": task.id,
        "task": TASKS[task.state],
        "left": " · ".join(left),
        "held": task.held_on,
        "limit": task.limit_on,
        "due": deadline_badge(due_on, today),
        "tone": tone_of(due_on, today),
    }


def _to_session(row: Row) -> str:
    return f"/seances?seance={row['id']}"


def _tone(row: Row) -> str:
    return str(row["tone"])


def objectify_table(items: Sequence[ToObjectify], today: date) -> None:
    """Items of frozen lists that wait for the co-pilots' finding and proposal."""
    st.html(section("À objectiver", count=len(items), hint="Remontées d’une liste arrêtée, sans constat."))
    if not items:
        st.html(empty_state("Tout est objectivé", "Aucune liste arrêtée n’attend vos propositions."))
        return
    rows = [
        {
            "id": item.id,
            "session_id": item.session_id,
            "cases": more(item.cases, "dossier", "dossiers"),
            "title": item.title,
            "theme": BLOCKAGES.get(item.theme, item.theme),
            "session": f"ICI {item.ici}",
            "due": deadline_badge(item.held_on, today),
            "tone": tone_of(item.held_on, today),
        }
        for item in items
    ]
    link = "/seances?seance={}&volet=ordre".format
    st.html(
        case_table(
            rows,
            ITEM_COLUMNS,
            caption="Remontées à objectiver",
            link=lambda row: link(row["session_id"]),
            tone=_tone,
        )
    )


def duties_table(duties: Sequence[Duty], today: date, *, ours: bool) -> None:
    """What bodies owe because an ICI decided so, the oldest date first."""
    title = "Ce que votre organisme doit faire" if ours else "Décisions ICI en cours d’exécution"
    if not duties and ours:
        return
    st.html(section(title, count=len(duties), hint="Décidé en séance, à exécuter avant la date indiquée."))
    if not duties:
        st.html(empty_state("Aucune décision n’attend", "Toutes les décisions sont exécutées."))
        return
    rows = [_duty(duty, today) for duty in duties]
    st.html(case_table(rows, DUTY_COLUMNS, caption=title, link=_to_decision, tone=_tone))


def _duty(duty: Duty, today: date) -> Row:
    state = Badge(EXECUTIONS[duty.state], "neutral")
    return {
        "decision": duty.decision_id,
        "session_id": duty.session_id,
        "text": duty.text,
        "detail": duty.detail,
        "body": duty.body,
        "state": [state, Badge("Motif à donner", "danger")] if duty.reason_missing else state,
        "due": deadline_badge(duty.due_on, today),
        "tone": tone_of(duty.due_on, today),
    }


def _to_decision(row: Row) -> str:
    return f"/seances?seance={row['session_id']}&volet=suites"


def needs_table(needs: Needs, today: date, *, empty: bool) -> None:
    """Needs addressed to the landlord: the dwelling wanted, nothing about the people."""
    title = "Fiches besoin adressées à votre organisme"
    if not needs.lines and not empty:
        return
    st.html(section(title, count=needs.total, hint="Elles attendent votre réponse : un logement, ou rien."))
    if not needs.lines:
        st.html(empty_state("Aucune fiche n’attend", "Les prochaines s’afficheront ici.", icon_name="inbox"))
        return
    rows = [_need(need, today) for need in needs.lines]
    st.html(case_table(rows, NEED_COLUMNS, caption=title, tone=_tone))
    st.html(ALL_NEEDS.format(needs.total))


def _need(need: NeedAsked, today: date) -> Row:
    return {
        "case": need.case_id,
        "dwelling": wanted(need),
        "ceiling": euros(need.max_cost),
        "communes": places(need),
        "asked": need.asked_on,
        "due": deadline_badge(need.due_on, today) if need.due_on else None,
        "tone": tone_of(need.due_on, today) if need.due_on else "",
    }
