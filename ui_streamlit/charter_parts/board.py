"""The pieces of the NPRU page: list of operations, legal ground, chart, last occupants, history."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st
from markupsafe import Markup

from cases.charter import board
from cases.labels import BLOCKAGES, DEADLINES
from cases.machines import MACHINES
from db.queries.operation import OperationLine, OperationView
from db.queries.operation_people import Occupant, VacateChange
from ui_streamlit.charter_parts.addresses import here
from ui_streamlit.widgets import charts
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, Row, case_address, case_table
from ui_streamlit.widgets.dates import figures as day_figures
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.deadline_card import deadline_badge
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.messages import message

KINDS = {"demolition": "Démolition", "requalification": "Requalification"}
MASKED = "masqué"
BACK = Markup('<p class="rl-back"><a href="{}">← Toutes les opérations</a></p>')
WRAP = Markup('<div class="rl-wrap">{}</div>')  # long names go on a second line
ROW_HEIGHT, CHART_FRAME = 46, 90


def address(operation_id: str) -> str:
    return here("/operations", {"operation": operation_id})


def operations_table(lines: Sequence[OperationLine], today: date, hide_under: int) -> Markup:
    """`hide_under` above zero: an observer, who reads the number of households and nothing that cuts it."""
    columns = [
        Column("name", "Opération", second="where"),
        Column("ground", "Base légale"),
        Column("next", "À libérer avant le", second="due"),
    ]
    if hide_under:
        columns.append(Column("households", "Ménages", "number"))
    else:
        columns += [
            Column("remaining", "À reloger", "number", second="whole"),
            Column("no_offer", "Sans proposition", "number"),
            Column("attrition", "Partis seuls", "number"),
        ]
    table = case_table(
        [_operation_row(line, today, hide_under) for line in lines],
        columns,
        caption="Opérations de renouvellement urbain",
        link=lambda row: address(row["id"]),
    )
    return WRAP.format(table)


def _operation_row(line: OperationLine, today: date, hide_under: int) -> Row:
    grounded = line.convention_on is not None or line.permit_on is not None
    small = 0 < line.households < hide_under
    due = line.next_vacate_on
    return {
        "id": line.id,
        "name": line.name,
        "where": f"{line.site}, {line.commune} · {line.landlord}",
        "ground": Badge("établie", "success") if grounded else Badge("absente", "danger"),
        "next": due,
        "due": deadline_badge(due, today) if due else "",
        "households": MASKED if small else line.households,
        "remaining": line.remaining,
        "whole": f"sur {line.households}",
        "no_offer": line.no_offer,
        "attrition": line.attrition,
    }


def legal_ground(view: OperationView) -> Markup:
    """Without a convention or a permit, a refusal has no legal effect: said before anything else."""
    known = []
    if view.convention_on:
        known.append(f"Convention ANRU du {day_figures(view.convention_on)}.")
    if view.permit_on:
        known.append(f"Autorisation de démolir du {day_figures(view.permit_on)} (CCH L.443-15-1).")
    if known:
        return message("info", "Base légale établie : les refus d’offres valables comptent", known)
    return message(
        "warning",
        "Pas de base légale : les refus n’ont aucun effet",
        [
            "Ni convention ANRU ni autorisation de démolir n’est enregistrée. Les propositions se font, mais "
            "aucun refus ne compte vers la fin du droit au maintien (CCH L.442-6 II)."
        ],
    )


def progress_chart(view: OperationView) -> None:
    parts = board.partition(view.buildings)
    long = (
        parts.rename_axis("Bâtiment").reset_index().melt("Bâtiment", var_name="Étape", value_name="Ménages")
    )
    chart = charts.stacked_chart(
        long, category="Bâtiment", value="Ménages", part="Étape", height=CHART_FRAME + ROW_HEIGHT * len(parts)
    )
    charts.show_chart(chart, long, caption="Ménages de chaque bâtiment, par étape")


def figures_table(view: OperationView, hide_under: int) -> Markup:
    """For an observer: households by stage, small cells hidden."""
    shown = board.figures_only(view.buildings, hide_under)
    rows = [
        {"Bâtiment": label}
        | {str(name): MASKED if pd.isna(value) else int(value) for name, value in row.items()}
        for label, row in zip(shown.index, shown.to_dict("records"), strict=True)
    ]
    columns = [Column("Bâtiment", "Bâtiment"), *(Column(str(n), str(n), "number") for n in shown.columns)]
    return case_table(rows, columns, caption="Ménages par bâtiment et par étape")


def occupants_table(occupants: Sequence[Occupant], names: dict[str, str], today: date) -> Markup:
    if not occupants:
        return empty_state(
            "Aucun immeuble en fin de vidage",
            "Les derniers ménages s’affichent ici quand il en reste peu dans un bâtiment.",
            icon_name="home",
        )
    states = MACHINES["rehousing"].states
    rows = [
        {
            "case": item.case_id,
            "name": item.name,
            "building": names[item.building_id],
            "state": states[item.state],
            "theme": Badge(BLOCKAGES[item.theme], "warning", "pause")
            if item.theme
            else "aucun blocage ouvert",
            "ball": item.ball or Badge("personne", "danger"),
            "act": item.act or Badge("aucune action prévue", "danger", "alert"),
            "by": _act_by(item),
            "next": DEADLINES.get(item.next_kind or "", "aucune échéance"),
            "due": deadline_badge(item.next_on, today) if item.next_on else "",
        }
        for item in occupants
    ]
    columns = [
        Column("case", "Dossier", second="name"),
        Column("building", "Bâtiment", second="state"),
        Column("theme", "Ce qui bloque"),
        Column("act", "Prochaine action", second="by"),
        Column("next", "Prochaine échéance", second="due"),
        Column("ball", "Qui a la balle"),
    ]
    table = case_table(
        rows, columns, caption="Derniers occupants", link=lambda row: case_address(row["case"])
    )
    return WRAP.format(table)


def _act_by(item: Occupant) -> str:
    return f"{item.act_by}, avant le {short_date(item.act_on)}" if item.act_on else ""


def history_table(changes: Sequence[VacateChange], names: dict[str, str]) -> Markup:
    if not changes:
        return empty_state(
            "Aucun changement de date", "Chaque report ou avancée sera gardé ici avec son motif."
        )
    rows = [
        {
            "at": item.changed_on,
            "building": names[item.building_id],
            "change": f"{_day(item.before)} → {_day(item.after)}",
            "reason": item.reason,
            "who": item.who,
            "told": item.told_on,
        }
        for item in changes
    ]
    columns = [
        Column("at", "Le", second="who"),
        Column("building", "Bâtiment"),
        Column("change", "Date de libération"),
        Column("reason", "Motif"),
        Column("told", "Ménages informés"),
    ]
    return WRAP.format(case_table(rows, columns, caption="Changements de la date de libération"))


def _day(day: date | None) -> str:
    return day_figures(day) if day else "sans date"


def back_link() -> None:
    st.html(BACK.format(here("/operations", {})))
