"""Tab « Suites »: decisions, what each body owes, what came back, and what keeps the session from closing."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from cases import excerpts
from cases.actor import Actor
from cases.excerpts import Addressee
from cases.labels import DECISIONS, EXECUTIONS
from cases.lifecycle import OPEN_ITEMS
from cases.reasons import Reason
from db.queries.ici_records import Decision, Obligation, SessionView
from db.queries.sitting import Sitting
from ui_streamlit.command_form import command_form
from ui_streamlit.ici_parts.acts import UNDATED, offers, sees_all
from ui_streamlit.ici_parts.excerpts import papers
from ui_streamlit.ici_parts.lessons import lessons
from ui_streamlit.ici_parts.papers import agreement
from ui_streamlit.ici_parts.words import counted, nth_return
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.dates import long_date, short_date
from ui_streamlit.widgets.deadline_card import deadline_badge
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import reasons_message

TONES = {"awaited": "info", "executed": "success", "partly": "warning", "not_executed": "danger"}
RECORDABLE = {"awaited", "partly", "not_executed"}
CARD = Markup(
    '<article class="ici-item rl-edge-{tone}"><h3>{title}</h3><p class="rl-muted">{about}</p>{badges}'
    '<p>{text}</p>{owed}<p class="rl-muted">{agreement}</p></article>'
)
OWED = Markup("<dl>{}</dl>")
ONE = Markup("<dt>{body}</dt><dd>{when} {badges}{detail}{reason}</dd>")
LINE = Markup('<span class="rl-second">{}</span>')


def outcomes_tab(view: SessionView, seated: Sitting, actor: Actor, today: date) -> None:
    counts = view.counts
    st.html(
        figures(
            [
                ("Décisions de cette séance", _figure(counts.decisions), "", "info"),
                (
                    "Exécutions attendues",
                    _figure(counts.awaited),
                    "",
                    "warning" if counts.awaited else "info",
                ),
                ("Exécutées", _figure(counts.executed), "", "success"),
                (
                    "Non exécutées",
                    _figure(counts.not_executed),
                    "",
                    "danger" if counts.not_executed else "info",
                ),
            ]
        )
    )
    left = excerpts.unsent(view.id) if sees_all(actor) else ()
    still = closing_obstacles(view, left)
    if still and sees_all(actor) and view.state not in {"closed", "planned", "call_open", "call_closed"}:
        st.html(reasons_message("warning", "Ce qui empêche encore de clore la séance", still))
    papers(view, seated, left, actor)
    _group("Dues des séances précédentes", view.debts, seated, actor, today)
    _group("Décisions de cette séance", view.decisions, seated, actor, today)
    lessons(view, seated.told, actor, annuls=True)
    if not view.debts and not view.decisions:
        st.html(
            empty_state(
                "Aucune décision", "Elles s’enregistrent en séance, point par point.", icon_name="scales"
            )
        )


def _figure(value: int | None) -> int | str:
    return "masqué" if value is None else value


def closing_obstacles(view: SessionView, left: Sequence[Addressee]) -> list[Reason]:
    """The same facts as the guards of the session, item by item: who must do what."""
    listed = [item for item in view.items if item.session_id == view.id and item.state in OPEN_ITEMS]
    coming = [item for item in view.items if item.return_session_id == view.id and item.provisional]
    found = [Reason("open", f"{item.id}, « {item.title} » : ni décision ni report.") for item in listed]
    found += [
        Reason("coming", f"{item.id} : retour provisoire, à constater le jour de la séance.")
        for item in coming
    ]
    unsent = dict.fromkeys(one.body for one in left)
    if unsent:
        found.append(Reason("excerpts", f"Extraits à transmettre : {', '.join(unsent)}."))
    return found + [
        Reason("why", f"{owed.body} doit donner par écrit le motif de la non-exécution de {decision.id}.")
        for decision in view.debts
        for owed in decision.obligations
        if owed.reason_missing
    ]


def _group(title: str, decisions: Sequence[Decision], seated: Sitting, actor: Actor, today: date) -> None:
    if not decisions:
        return
    st.html(section(title, count=len(decisions)))
    for decision in decisions:
        st.html(_card(decision, seated, today))
        for owed in decision.obligations:
            _forms(decision, owed, actor)


def _card(decision: Decision, seated: Sitting, today: date) -> Markup:
    marks = [Badge(DECISIONS[decision.kind], "neutral", "scales")]
    if decision.returns:
        marks.append(Badge(nth_return(decision.returns), "danger", "arrow"))
    cases = ", ".join(decision.case_ids) or counted(decision.case_count, "dossier")
    owed = Markup().join(_one(one, today) for one in decision.obligations)
    return CARD.format(
        tone=_tone(decision),
        title=f"Décision {decision.id}",
        about=f"{_day(decision)} · {decision.escalation_id}, {decision.title} · {cases}",
        badges=badges(marks),
        text=decision.text,
        agreement=agreement(decision, seated),
        owed=OWED.format(owed) if owed else "",
    )


def _day(decision: Decision) -> str:
    return long_date(decision.decided_on).capitalize()


def _tone(decision: Decision) -> str:
    states = {owed.state for owed in decision.obligations}
    if not states:
        return "neutral" if decision.kind == "no_solution" else "success"
    return next(
        (TONES[state] for state in ("not_executed", "partly", "awaited") if state in states), "success"
    )


def _one(owed: Obligation, today: date) -> Markup:
    marks = [Badge(EXECUTIONS[owed.state], TONES[owed.state])]
    if owed.state in {"awaited", "partly"}:
        marks.append(deadline_badge(owed.due_on, today))
    if owed.reason_missing:
        marks.append(Badge("Motif écrit dû", "danger", "alert"))
    when = f"avant le {short_date(owed.due_on)}"
    if owed.settled_on is not None:
        when += f", constat du {short_date(owed.settled_on)}"
    return ONE.format(
        body=owed.body,
        when=when,
        badges=badges(marks),
        detail=LINE.format(owed.detail) if owed.detail else "",
        reason=LINE.format(f"Motif : {owed.reason}") if owed.reason else "",
    )


def _forms(decision: Decision, owed: Obligation, actor: Actor) -> None:
    """Record what was done, or say in writing why it was not: for the body itself, and the ICI's desk."""
    if owed.state not in RECORDABLE or not (owed.mine or offers(actor, "objectify")):
        return
    if offers(actor, "record_execution"):
        _form("record_execution", f"Enregistrer l’exécution par {owed.body}", decision, owed, actor)
    if owed.reason_missing and offers(actor, "give_reason"):
        _form("give_reason", f"Donner le motif de {owed.body}", decision, owed, actor)


def _form(kind: str, label: str, decision: Decision, owed: Obligation, actor: Actor) -> None:
    with st.expander(label):
        done = command_form(
            kind,
            decision.escalation_id,
            key=f"ici.{kind}.{owed.id}",
            actor=actor,
            defaults={"obligation_id": owed.id},
            hide=("obligation_id", *(UNDATED if kind == "give_reason" else ())),
            seen_version=decision.version,
        )
    if done is not None:
        st.rerun()
