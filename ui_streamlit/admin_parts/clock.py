"""The clock: whether it lives, when it last did its work, when it comes next."""

import re
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from db.queries.admin import FlowRuns
from db.queries.clock_runs import Heartbeat, Run
from ui_streamlit.clock_status import FLOWS, ClockStatus
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import figures as day_figures
from ui_streamlit.widgets.dates import moment
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

EXPECTED = {"daily", "before_ici", "six_months", "delivery", "digest", "retention"}
COUNTS = {
    "reminders": "rappels",
    "delivered": "envoyés",
    "digests": "récapitulatifs écrits",
    "mailed": "courriels partis",
    "postponed": "courriels à reprendre",
    "refused": "courriels refusés",
    "calls_opened": "appels ouverts",
    "lists_frozen": "listes arrêtées",
    "carried_over": "reportées",
    "call_reminders": "rappels avant une ICI",
    "not_executed": "non exécutées",
    "returned": "remises à l’ordre du jour",
    "follow_ups": "suivis ouverts",
    "cases_erased": "dossiers effacés",
    "erasures_waiting": "effacements à annoncer",
    "silences": "silences constatés",
    "documents_erased": "documents effacés",
}


def clock_section(
    status: ClockStatus, runs: Sequence[FlowRuns], last: Sequence[Run], beat: Heartbeat
) -> None:
    state = "L’horloge est en marche" if status.alive else "L’horloge est à l’arrêt"
    st.html(message("success" if status.alive else "danger", state, [status.message]))
    _banner(beat)
    st.html(
        section("Ce que l’horloge a fait", hint="D’après notre propre base, que l’horloge réponde ou non.")
    )
    st.html(_flows(status, runs))
    failed = sum(not run.good for run in last)
    hint = f"{failed} en échec parmi eux." if failed else "Tous réussis." if last else ""
    st.html(section("Derniers passages", count=len(last), hint=hint))
    st.html(_last(last))


def _banner(beat: Heartbeat) -> None:
    """The morning's run has been missed: said in words, with what follows from it."""
    if beat.good_at is not None and not beat.overdue:
        return
    last = f"Dernier balayage réussi : {moment(beat.good_at)}." if beat.good_at else "Jamais réussi."
    st.html(
        message(
            "warning",
            "Le balayage du matin n’a pas eu lieu depuis plus de 26 heures",
            [last, "Aucun rappel n’est perdu : les échéances seront rattrapées au prochain passage."],
        )
    )


def _flows(status: ClockStatus, runs: Sequence[FlowRuns]) -> Markup:
    known = {run.flow: run for run in runs}
    coming = {run.flow: run.at for run in status.next_runs}
    rows = []
    for flow, title in FLOWS.items():
        run = known.get(flow)
        if run is None and title not in coming and flow not in EXPECTED:
            continue
        rows.append(
            {
                "flow": title,
                "good": moment(run.good_at) if run and run.good_at else Badge("jamais", "warning"),
                "day": f"pour le {day_figures(run.good_day)}" if run and run.good_day else "",
                "counts": _counts(run),
                "last": _last_state(run),
                "next": moment(coming[title]) if title in coming else "non prévu",
            }
        )
    columns = [
        Column("flow", "Tâche"),
        Column("good", "Dernier passage réussi", second="day"),
        Column("counts", "Ce qu’il a fait"),
        Column("last", "Dernier essai"),
        Column("next", "Prochain passage"),
    ]
    return case_table(rows, columns, caption="Tâches de l’horloge")


def _last_state(run: FlowRuns | None) -> Badge | None:
    if run is None:
        return None
    return Badge("réussi", "success") if run.last_good else Badge("en échec", "danger")


def _counts(run: FlowRuns | Run | None) -> str:
    if run is None:
        return ""
    counted = [(value, COUNTS[name]) for name, value in run.counts.items() if name in COUNTS and value]
    said = [f"{value} {words if value > 1 else _one(words)}" for value, words in counted]
    return ", ".join(said) or "rien à faire"


def _one(words: str) -> str:
    """The singular: in these words each plural ends with an s."""
    return re.sub(r"s\b", "", words)


def _last(runs: Sequence[Run]) -> Markup:
    if not runs:
        return empty_state("Aucun passage à montrer", "L’horloge n’a encore rien fait.", icon_name="clock")
    rows = [
        {
            "flow": FLOWS.get(run.flow, run.flow),
            "day": f"pour le {day_figures(run.day)}",
            "at": moment(run.ended_at),
            "state": Badge("réussi", "success") if run.good else Badge("en échec", "danger"),
            "counts": _counts(run)
            if run.good
            else f"Erreur technique ({run.counts.get('error', 'inconnue')})",
        }
        for run in runs
    ]
    columns = [
        Column("flow", "Tâche", second="day"),
        Column("at", "Terminé"),
        Column("state", "Résultat"),
        Column("counts", "Ce qu’il a fait"),
    ]
    return case_table(rows, columns, caption="Derniers passages de l’horloge")
