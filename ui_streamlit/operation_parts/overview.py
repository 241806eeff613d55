"""An operation, or the whole territory, in a few figures; then building by building."""

from collections.abc import Sequence

import streamlit as st

from cases.charter.context import Context
from db.queries.operation import OperationLine, OperationView
from ui_streamlit.charter_parts import board
from ui_streamlit.charter_parts.buildings import building_cards
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import section


def territory_figures(lines: Sequence[OperationLine]) -> None:
    st.html(
        figures(
            [
                ("Opérations suivies", len(lines), "", "info"),
                ("Ménages à reloger, au total", sum(line.households for line in lines), "", "neutral"),
                ("Restant à reloger", sum(line.remaining for line in lines), "", "warning"),
                ("Sans aucune proposition", sum(line.no_offer for line in lines), "", "danger"),
            ]
        )
    )


def share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} % des ménages" if whole else ""


def _agreed(count: float, word: str) -> str:
    return f"{int(count)} {word}{'s' if count > 1 else ''}"


def whole_operation(view: OperationView, context: Context) -> None:
    total = view.buildings.sum(numeric_only=True)
    temporary = f"et {int(total['temporary'])} provisoirement" if total["temporary"] else ""
    informed = f"dont {_agreed(total['informed'], 'informé')}, {_agreed(total['surveyed'], 'enquêté')}"
    if total["attrition"]:
        lost = share(total["attrition"], total["households"])
        informed += f" ; {_agreed(total['attrition'], 'parti')} sans relogement (évaporation : {lost})"
    st.html(
        figures(
            [
                ("Ménages à reloger", int(total["households"]), informed, "info"),
                ("Encore sur place", int(total["still_there"]), "", "warning"),
                ("Sans aucune proposition", int(total["no_offer"]), "", "danger"),
                ("Relogés", int(total["rehoused"]), temporary, "success"),
            ]
        )
    )
    st.html(section("Bâtiment par bâtiment", count=len(view.buildings)))
    st.html(building_cards(view.buildings, context.today))
    st.html(section("Avancement", hint="Chaque ménage est compté une fois, à l’étape où il en est."))
    board.progress_chart(view)
