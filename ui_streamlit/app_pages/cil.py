"""Bilan des ICI: the three instances side by side, for the CIL; on screen, to print, and as a table."""

from datetime import date

import pandas as pd
import streamlit as st
from markupsafe import Markup

from cases.access import scope_of
from cases.charter.cil import Table, tables
from cases.ici_desk import setting_on
from db.queries.cil import Consolidation, consolidation, years
from templates import ici as papers
from ui_streamlit.ici_parts.lessons import lesson_card
from ui_streamlit.ici_parts.look import LOOK
from ui_streamlit.ici_parts.papers import lesson
from ui_streamlit.ici_parts.words import ici_names
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import page_title, section, small_print

HIDDEN = "masqué"
EVERY = "Toutes les années"
STACK = Markup('<div class="rl-stack">{}</div>')


def main() -> None:
    actor, day = current_actor(), today()
    st.html(LOOK)
    st.html(
        page_title("Bilan des ICI", "Ce que les trois instances ont reçu, décidé et obtenu, pour la CIL.")
    )
    known = years()
    if not known:
        st.html(
            empty_state("Aucune séance tenue", "Le bilan se remplit avec les séances.", icon_name="calendar")
        )
        return
    chosen = st.segmented_control(
        "Année", [EVERY, *map(str, known)], default=EVERY, required=True, key="cil-year"
    )
    first, last = (known[-1], known[0]) if chosen == EVERY else (int(chosen), int(chosen))
    found = consolidation(scope_of(actor), date(first, 1, 1), date(last, 12, 31))
    threshold = int(str(setting_on("small_cell_threshold", day).value))
    shown = tables(found, threshold)
    _sessions(found)
    _export(shown, found, chosen, threshold)
    for table in shown:
        _table(table)
    st.html(
        small_print(f"Les effectifs de 1 à {threshold - 1}, et ceux qui les feraient deviner, sont masqués.")
    )
    if found.told:
        st.html(section("Bonnes pratiques et témoignages", count=len(found.told)))
        st.html(STACK.format(Markup().join(lesson_card(one) for one in found.told)))


def _sessions(found: Consolidation) -> None:
    held = {name: found.sessions.get(code, 0) for code, name in ici_names().items()}
    words = {name: "séance tenue" if count < 2 else "séances tenues" for name, count in held.items()}
    st.html(figures([(name, count, words[name], "info") for name, count in held.items()]))


def _table(table: Table) -> None:
    st.html(section(table.title))
    if table.frame.empty:
        st.html(small_print("Rien à compter sur la période."))
        return
    columns = [Column("label", table.label), *(Column(name, name, "number") for name in table.frame.columns)]
    rows = [{"label": label, **_cells(row)} for label, row in table.frame.iterrows()]
    st.html(case_table(rows, columns, caption=table.title))


def _cells(row: pd.Series) -> dict[str, object]:
    return {str(name): HIDDEN if pd.isna(value) else int(value) for name, value in row.items()}


def _export(shown: tuple[Table, ...], found: Consolidation, chosen: str, threshold: int) -> None:
    page = papers.consolidation(
        period=chosen,
        tables=[_printed(table) for table in shown],
        told=[lesson(one) for one in found.told],
        threshold=threshold,
    )
    with st.container(horizontal=True, gap="small"):
        _button("Télécharger le bilan à imprimer", page, "bilan-ici.html", "text/html", ":material/print:")
        _button(
            "Télécharger le tableau (CSV)", _csv(shown), "bilan-ici.csv", "text/csv", ":material/download:"
        )


def _button(label: str, content: str | bytes, name: str, mime: str, icon: str) -> None:
    st.download_button(label, content, file_name=name, mime=mime, on_click="ignore", icon=icon, key=name)


def _printed(table: Table) -> papers.Grid:
    rows = [
        (str(label), [str(cell) for cell in _cells(row).values()]) for label, row in table.frame.iterrows()
    ]
    return papers.Grid(table.title, table.label, [str(name) for name in table.frame.columns], rows)


def _csv(shown: tuple[Table, ...]) -> bytes:
    """One line a row, with the table it belongs to; opens in a French spreadsheet."""
    kept = [
        table.frame.assign(Tableau=table.title, Ligne=table.frame.index)
        for table in shown
        if len(table.frame)
    ]
    whole = pd.concat(kept) if kept else pd.DataFrame(columns=["Tableau", "Ligne"])
    front = ["Tableau", "Ligne"]
    ordered = whole[[*front, *(name for name in whole.columns if name not in front)]]
    written = str(ordered.astype(object).fillna(HIDDEN).to_csv(index=False, sep=";"))
    return written.encode("utf-8-sig")


main()
