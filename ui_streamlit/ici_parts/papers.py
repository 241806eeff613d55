"""The papers of a session, as buttons that give a page to print: list, record of decisions, excerpts."""

from collections.abc import Sequence

import streamlit as st

from cases.labels import BLOCKAGES, DECISIONS, EXECUTIONS, TIMINGS
from cases.labels.sitting import CONTRIBUTIONS
from db.queries.ici_records import Decision, FrozenView, ListLine, SessionView
from db.queries.sitting import Sitting, Told
from templates import ici as papers
from ui_streamlit.ici_parts.words import counted, ici_names, nth_return
from ui_streamlit.widgets.dates import figures as day_figures
from ui_streamlit.widgets.dates import moment


def heading(view: SessionView) -> papers.Heading:
    return papers.Heading(view.id, ici_names().get(view.ici, f"ICI {view.ici}"), view.held_on, view.place)


def minutes_button(view: SessionView, seated: Sitting) -> None:
    page = papers.minutes(
        heading(view),
        present=[f"{one.name} ({one.body})" for one in seated.present],
        excused=[f"{one.name} ({one.body})" for one in seated.excused],
        guests=seated.guests,
        decisions=[in_words(decision, seated) for decision in view.decisions],
        told=[lesson(one) for one in seated.told],
        validated_on=seated.minutes_on,
        journal_head=seated.minutes_head,
    )
    _button("Télécharger le relevé de décisions", page, f"releve-{view.id}.html")


def excerpt_button(view: SessionView, seated: Sitting, body: str, decisions: Sequence[Decision]) -> None:
    page = papers.excerpt(
        heading(view),
        body=body,
        decisions=[in_words(decision, seated) for decision in decisions],
        journal_head=seated.minutes_head,
    )
    _button("Télécharger l’extrait à imprimer", page, f"extrait-{view.id}.html")


def list_button(view: SessionView, frozen: FrozenView, title: str) -> None:
    page = papers.frozen_list(
        heading(view),
        title=title,
        frozen=f"Figée le {moment(frozen.frozen_at)}.",
        lines=[_listed(line) for line in frozen.lines],
        whole=frozen.whole,
        digest=frozen.digest,
        journal_head=frozen.journal_head,
    )
    if frozen.number == 0:
        _button("Télécharger la liste arrêtée", page, f"liste-{view.id}.html")
    else:
        _button(f"Télécharger l’additif n° {frozen.number}", page, f"additif-{frozen.number}-{view.id}.html")


def _button(label: str, page: str, name: str) -> None:
    st.download_button(
        label, page, file_name=name, mime="text/html", key=f"paper-{name}", on_click="ignore",
        icon=":material/print:",
    )  # fmt: skip


def in_words(decision: Decision, seated: Sitting) -> papers.Decided:
    return papers.Decided(
        number=decision.id,
        item=decision.escalation_id,
        title=decision.title,
        kind=DECISIONS[decision.kind],
        cases=", ".join(decision.case_ids) or counted(decision.case_count, "dossier"),
        text=decision.text,
        duties=[
            f"{owed.body} : avant le {day_figures(owed.due_on)}{f', {owed.detail}' if owed.detail else ''} "
            f"({EXECUTIONS[owed.state].lower()})"
            for owed in decision.obligations
        ],
        agreement=agreement(decision, seated),
    )


def agreement(decision: Decision, seated: Sitting) -> str:
    """« Actée collectivement : accord de 12 présents ; abstention : … ; réserve : … »."""
    if not decision.agreed_ids and not decision.abstained_ids:
        words = "Actée collectivement"
    else:
        words = f"Actée collectivement : accord de {counted(len(decision.agreed_ids), 'présent')}"
    if decision.abstained_ids:
        names = seated.names(decision.abstained_ids)
        words += f" ; abstention : {', '.join(names) or len(decision.abstained_ids)}"
    if decision.reservation:
        words += f" ; réserve : {decision.reservation.rstrip('.')}"
    return f"{words}."


def lesson(one: Told) -> papers.Lesson:
    about = " · ".join([CONTRIBUTIONS[one.kind], *([one.body] if one.body else [])])
    return papers.Lesson(one.title, about, one.text)


def _listed(line: ListLine) -> papers.Listed:
    standing = "Retour provisoire" if line.provisional else TIMINGS.get(line.timing or "", "")
    if line.returns:
        standing = f"{standing}, {nth_return(line.returns)}".lstrip(", ")
    return papers.Listed(
        line.escalation,
        line.title,
        BLOCKAGES[line.theme],
        ", ".join(line.cases) or counted(line.case_count, "dossier"),
        standing,
    )
