"""« Poulidor »: households that commissions see again and again without ever giving them a dwelling."""

from datetime import date

import streamlit as st

from cases.labels import KINDS
from cases.runners_up import runners_up
from db.queries.runners_up import PresentedCase
from db.scope import Scope
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, Row, case_address, case_table
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section, small_print

COLUMNS = [
    Column("household", "Ménage", second="reference"),
    Column("times", "Passages"),
    Column("ranks", "Rangs obtenus"),
    Column("last", "Dernier passage"),
    Column("owner", "Suivi par", second="commune"),
]
SOURCE = "Source : filtre « Poulidor » du SNE (présentation MEL, 2017) ; seuils à valider."


def runners_up_block(scope: Scope, today: date) -> None:
    """The cases of this reader, the most often presented first, and how they were chosen."""
    found = runners_up(scope, today)
    hint = (
        f"Au moins {found.times} logements examinés depuis le {short_date(found.since)} "
        f"({found.months} mois), jamais premier, toujours sans bail."
    )
    st.html(section("Jamais premiers en commission", hint=hint, count=len(found.cases)))
    if not found.cases:
        st.html(empty_state("Aucun ménage dans cette situation", "Rien à reprendre.", icon_name="check"))
        return
    rows = [_row(case) for case in found.cases]
    st.html(case_table(rows, COLUMNS, caption="Ménages jamais premiers", link=_address) + small_print(SOURCE))


def _row(case: PresentedCase) -> Row:
    ranks = [str(one.rank) for one in case.presented if one.rank is not None]
    return {
        "household": case.household,
        "reference": f"{case.id}, {KINDS[case.kind].lower()}",
        "times": Badge(f"{len(case.presented)} passages", "warning", "users"),
        "ranks": ", ".join(ranks) or "sans rang",
        "last": case.presented[-1].held_on,
        "owner": case.owner,
        "commune": case.commune if case.opens else None,
        "id": case.id,
    }


def _address(row: Row) -> str:
    return case_address(str(row["id"]))
