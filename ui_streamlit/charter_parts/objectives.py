"""The objectives of the avenants where the charter is read, for the place chosen in the filters."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from db.queries.indicators import Place, Places
from db.queries.objectives import ObjectiveLine
from ui_streamlit.operation_parts.objectives import objectives_table

LINK = Markup('<p><a href="/operations">{}</a></p>')


def objectives_block(
    known: Sequence[ObjectiveLine], place: Place, named: Places, day: date, *, may_set: bool
) -> None:
    """What was aimed at beside what was done. An objective of everywhere holds in each place."""
    landlord = named.landlords.get(place.landlord or "", "")
    commune = named.communes.get(place.commune or "", "")
    lines = [line for line in known if _holds(line.landlord, landlord) and _holds(line.commune, commune)]
    st.html(objectives_table(lines, (), (), day))
    said = "Fixer un objectif" if may_set else "Voir aussi les lieux sans objectif"
    st.html(LINK.format(f"{said}, dans « Opérations NPRU »"))


def _holds(aimed: str, chosen: str) -> bool:
    return not chosen or aimed in {"", chosen}
