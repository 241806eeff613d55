"""Horloge de démonstration: a trainer lives the days ahead, with the same passes of the clock as any day."""

import streamlit as st

from cases import present
from db.queries.lived_days import lived_days, next_session
from ui_streamlit.demo_parts.lived import lived
from ui_streamlit.demo_parts.moves import moves
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.dates import long_date
from ui_streamlit.widgets.headings import page_title
from ui_streamlit.widgets.messages import message

current_actor()
day, here = today(), present.standing()
st.html(
    page_title(
        f"Nous sommes le {long_date(day)}",
        "Avancez le temps : appels ouverts, listes arrêtées, rappels envoyés, comme chaque jour.",
        eyebrow="Horloge de démonstration",
    )
)
if not here.demonstration:
    st.html(
        message(
            "warning",
            "Cette base n’est pas une démonstration",
            ["Son horloge est celle du serveur : elle ne s’avance pas."],
        )
    )
    st.stop()
moves(day, next_session(day))
lived(lived_days(present.real_today(), day), here.shift)
