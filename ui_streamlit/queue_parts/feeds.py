"""My calendar addresses: make one, shown once; close it when it must stop working."""

import streamlit as st

from cases import desk
from cases.actor import Actor
from ui_streamlit.calendar_feed import feed_address, feed_names
from ui_streamlit.session import now
from ui_streamlit.widgets.headings import section, small_print

HINT = "Une adresse secrète à donner à votre agenda : des numéros et des dates, jamais de nom ni d’adresse."


def feeds(actor: Actor) -> None:
    st.html(section("Dans mon agenda", hint=HINT))
    names, opened = feed_names(), desk.feeds_of(actor.id)
    about = st.selectbox(
        "Agenda", list(names), format_func=lambda code: names[code], key="feed-about"
    ) or next(iter(names))
    with st.container(horizontal=True, gap="small"):
        words = "Remplacer l’adresse" if about in opened else "Créer l’adresse"
        made = st.button(words, key="feed-make", icon=":material/calendar_add_on:")
        if about in opened and st.button("Fermer l’adresse", key="feed-close", icon=":material/close:"):
            desk.close_feed(actor.id, about)
            st.rerun()
    if made:
        st.code(feed_address(desk.open_feed(actor.id, about, now=now())), language=None, wrap_lines=True)
        st.html(
            small_print("Copiez-la maintenant : elle ne sera plus montrée. Une nouvelle remplace l’ancienne.")
        )
