"""The five steps of the diagnosis as dated facts (domain 3.4), and whether it is to be done again."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from cases.labels.diagnosis import DIAGNOSIS_STEPS
from db.queries.case_head import Head
from db.queries.case_people import Diagnosis as CaseDiagnosis
from db.queries.diagnosis import DiagnosisFile
from ui_streamlit.command_form import command_form
from ui_streamlit.diagnosis_parts.live import outdated
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_header import Step, step_bar
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.headings import section

PLAIN = Markup('<div class="rl-diagnosis-steps">{}</div>')
LINK = Markup('<p><a href="{}">{}</a></p>')
RECORD = "record_diagnosis_step"


def diagnosis_address(case_id: str) -> str:
    """Where the diagnosis of a case lives."""
    return f"/diagnostic?{urlencode({'id': case_id})}"


def diagnosis_link(head: Head, signed: Sequence[CaseDiagnosis], today: date) -> Markup:
    """On the page of a case: the way to the whole diagnosis, and whether it is too old."""
    words = "Voir le diagnostic en entier" if signed else "Ouvrir la grille du diagnostic"
    day = signed[0].signed_on if signed else None
    limit = outdated(day) if day is not None and _useful(head) else None
    old = [_too_old(limit)] if limit is not None and limit <= today else []
    return badges(old) + LINK.format(diagnosis_address(head.id), words)


def _useful(head: Head) -> bool:
    """Nobody renews the diagnosis of a household that has moved in, or of a closed case."""
    return head.closed_on is None and head.moved_in_on is None


def _too_old(limit: date) -> Badge:
    return Badge(f"À actualiser depuis le {short_date(limit)}", "warning")


def status(view: DiagnosisFile, today: date) -> list[Badge]:
    """Which version is in force, and « à actualiser » once it is too old."""
    version = view.in_force
    if version is None or version.signed_on is None:
        return [Badge("Aucun diagnostic signé", "info")]
    found = [Badge(f"Version {version.number} signée le {short_date(version.signed_on)}", "success")]
    limit = outdated(version.signed_on)
    if not _useful(view.head):
        return found
    if limit <= today:
        found.append(_too_old(limit))
    else:
        found.append(Badge(f"Valable jusqu’au {short_date(limit)} (à valider)", "neutral", "calendar"))
    return found


def _done(view: DiagnosisFile) -> dict[str, date]:
    found = {step.step: step.done_on for step in view.steps}
    version = view.in_force
    if version is not None and version.signed_on is not None:
        found["diagnosis"] = version.signed_on
    return found


def five_steps(view: DiagnosisFile) -> Markup:
    """Where the diagnosis stands among its steps, then each with its day."""
    done = _done(view)
    following = next((code for code in DIAGNOSIS_STEPS if code not in done), None)
    bar = step_bar(
        [
            Step(label, "done" if code in done else "current" if code == following else "to_come")
            for code, label in DIAGNOSIS_STEPS.items()
        ]
    )
    return section("Les cinq étapes") + PLAIN.format(bar) + (_table(view) if view.steps else Markup())


def _table(view: DiagnosisFile) -> Markup:
    rows: list[dict[str, Any]] = [
        {"step": DIAGNOSIS_STEPS[one.step], "day": one.done_on, "note": one.note or None, "by": one.by}
        for one in view.steps
    ]
    columns = [
        Column("step", "Étape", second="note"),
        Column("day", "Faite le"),
        Column("by", "Enregistrée par"),
    ]
    return case_table(rows, columns, caption="Étapes du diagnostic")


def record_step(view: DiagnosisFile, actor: Actor) -> None:
    """The form of the next step; recorded again, a step is corrected and the former is kept."""
    following = next((code for code in DIAGNOSIS_STEPS if code not in _done(view)), None)
    with st.expander("Enregistrer une étape"):
        outcome = command_form(
            RECORD,
            view.head.id,
            key=f"step-{len(view.steps)}",
            actor=actor,
            defaults={"step": following},
            seen_version=view.head.version,
            hide=("occurred_on",),
            said="Étape enregistrée.",
        )
    if outcome is not None:
        st.rerun()


def head_badges(view: DiagnosisFile, today: date) -> Markup:
    return badges(status(view, today))
