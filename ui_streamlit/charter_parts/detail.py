"""One indicator opened: its chart by place or by month, and the cases behind the figure."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from cases.charter.context import Context
from cases.charter.figures import Indicator
from cases.charter.report import Line, Period, by_month, by_place
from cases.labels import KINDS
from cases.machines import MACHINES
from cases.territory import icis
from db.queries.indicators import ListedCase, listed
from db.scope import Scope
from ui_streamlit.charter_parts import cards, filters
from ui_streamlit.charter_parts.computed import Frames
from ui_streamlit.widgets import charts
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, Row, case_address, case_table
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section, small_print

PLACES = {"site": "Site", "landlord": "Bailleur", "commune": "Commune", "ici": "ICI"}
ROW_HEIGHT, FRAME = 30, 60
BACK = Markup('<p class="rl-back"><a href="{}">← Tous les indicateurs</a></p>')


def open_indicator(
    line: Line, frames: Frames, context: Context, period: Period, *, scope: Scope, hide: int
) -> None:
    st.html(BACK.format(filters.address()))
    st.html(cards.card(line, link=False))
    if line.figure.parts:
        parts = pd.DataFrame(line.figure.parts, columns=["Évolution", "Ménages"])
        charts.show_chart(
            charts.bar_chart(parts, category="Évolution", value="Ménages", height=FRAME + ROW_HEIGHT * 3),
            parts,
            caption="Ménages selon l’évolution du reste à charge",
        )
    _chart(line.indicator, frames, context, period, hide)
    _cases(line, scope)


def _chart(indicator: Indicator, frames: Frames, context: Context, period: Period, hide: int) -> None:
    unit = "%" if indicator.compute(frames[indicator.frame].iloc[:0], context).unit == "%" else ""
    st.html(section("Ce que dit le graphique"))
    view = filters.view_choice() if indicator.dated_by else "lieu"
    if view == "mois":
        found = by_month(indicator, frames, context, period, hide_under=hide)
        label = "Mois"
    else:
        always = context.whole("small_cell_threshold")
        found = by_place(indicator, frames, context, period, hide_under=hide, always_under=always)
        label = PLACES[indicator.place]
    shown = _named(found, label, indicator)
    if shown["Valeur"].notna().sum() == 0:
        why = "Aucun groupe n’est assez grand pour être montré." if len(found) else "Rien à compter."
        st.html(empty_state("Pas de graphique", why, icon_name="info"))
        return
    drawn = shown.dropna(subset=["Valeur"]).assign(Valeur=lambda data: data["Valeur"].astype(float).round(1))
    if view == "mois":
        chart = charts.line_chart(drawn, day=label, value="Valeur", unit=unit)
    else:
        height = FRAME + ROW_HEIGHT * len(drawn)
        chart = charts.bar_chart(drawn, category=label, value="Valeur", unit=unit, height=height)
    charts.show_chart(chart, shown, caption=f"{indicator.title}, par {label.lower()}")
    if shown["Valeur"].isna().any():
        st.html(
            small_print("Les groupes de trop petit effectif sont masqués ; leur total n’est pas déductible.")
        )


def _named(found: pd.DataFrame, label: str, indicator: Indicator) -> pd.DataFrame:
    names = {ici.code: ici.name for ici in icis()}
    shown = found.rename(columns={"label": label, "value": "Valeur", "count": "Effectif"})
    if indicator.place == "ici" and label == PLACES["ici"]:
        return shown.assign(ICI=shown[label].replace(names))
    return shown


def _cases(line: Line, scope: Scope) -> None:
    """Nobody without case content sees a case; protected cases that one may not open are not listed."""
    if not scope.sees("common"):
        return
    figure = line.figure
    found = listed(scope, [*figure.counted, *figure.others])
    counted = set(figure.counted)
    st.html(
        section("Les dossiers derrière ce chiffre", hint="Les dossiers protégés sont comptés, jamais listés.")
    )
    if not found:
        st.html(
            empty_state("Aucun dossier à lister", "Le chiffre ne repose sur aucun dossier que vous suivez.")
        )
        return
    rows = [_row(item, item.id in counted) for item in sorted(found, key=lambda item: item.id not in counted)]
    columns = [
        Column("case", "Dossier"),
        Column("kind", "Parcours"),
        Column("state", "Étape"),
        Column("place", "Commune"),
        Column("counted", "Dans le chiffre"),
    ]
    st.html(
        case_table(rows, columns, caption="Dossiers du chiffre", link=lambda row: case_address(row["case"]))
    )
    total = len(set(figure.counted) | set(figure.others))
    if total > len(found):
        st.html(small_print(f"{len(found)} dossiers affichés."))


def _row(item: ListedCase, counted: bool) -> Row:
    return {
        "case": item.id,
        "kind": KINDS[item.kind],
        "state": MACHINES[item.kind].states[item.state],
        "place": item.place,
        "counted": Badge("compté", "info") if counted else Badge("non compté", "neutral"),
    }
