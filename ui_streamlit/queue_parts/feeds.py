"""My calendar addresses: make one, shown once; close it when it must stop working."""

from urllib.parse import urlsplit

import streamlit as st

from cases import desk
from cases.actor import Actor
from ui_streamlit.calendar_feed import feed_address, feed_names
from ui_streamlit.session import now, recall, remember
from ui_streamlit.widgets.headings import section, small_print

MADE = "feed-made"  # the address, until it has been shown
HINT = "Une adresse secrète à donner à votre agenda : des numéros et des dates, jamais de nom ni d’adresse."


def feeds(actor: Actor) -> None:
    st.html(section("Dans mon agenda", hint=HINT))
    names, opened = feed_names(), desk.feeds_of(actor.id)
    about = st.selectbox(
        "Agenda", list(names), format_func=lambda code: names[code], key="feed-about"
    ) or next(iter(names))
    with st.container(horizontal=True, gap="small"):
        words = "Remplacer l’adresse" if about in opened else "Créer l’adresse"
        st.button(
            words, key="feed-make", icon=":material/calendar_add_on:", on_click=_make, args=(actor.id, about)
        )
        if about in opened and st.button("Fermer l’adresse", key="feed-close", icon=":material/close:"):
            desk.close_feed(actor.id, about)
            st.rerun()
    made = recall(MADE)
    if made:
        remember(MADE, None)
        st.code(made, language=None, wrap_lines=True)
        st.html(
            small_print("Copiez-la maintenant : elle ne sera plus montrée. Une nouvelle remplace l’ancienne.")
        )


def _make(account_id: str, about: str) -> None:
    """Before the page is drawn, so that it offers to close what has just been opened."""
    here = urlsplit(st.context.url or "")
    origin = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    remember(MADE, feed_address(desk.open_feed(account_id, about, now=now()), origin))
