"""Messages: what was delivered to this account, unread first; hand-overs are answered from here."""

import streamlit as st

from cases import desk
from cases.access import scope_of
from db.queries.inbox import Message, inbox, proposals, unread_counts, unread_ids
from db.queries.mails import my_choice
from ui_streamlit.queue_parts.letters import handovers, letter
from ui_streamlit.queue_parts.paging import first_page, page_asked, page_bar
from ui_streamlit.queue_parts.words import NOTICES, more
from ui_streamlit.session import current_actor, now, today
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title, section

ALL = "Tous"


def mark_read(ids: tuple[int, ...]) -> None:
    desk.mark_read(ids, actor.id, now=now())


def draw(message: Message) -> None:
    """The message, and the way to set it aside when it is new."""
    if message.read_at is not None:
        st.html(letter(message, day))
        return
    words, button = st.columns([8, 1], vertical_alignment="center")
    words.html(letter(message, day))
    button.button(
        "Lu",
        key=f"read-{message.id}",
        icon=":material/done:",
        help="Marquer ce message comme lu",
        on_click=mark_read,
        args=((message.id,),),
    )


actor, day = current_actor(), today()
scope = scope_of(actor)
unread = unread_counts(scope)
count = sum(unread.values())
lead = more(count, "message non lu", "messages non lus") if count else "Tout est lu."
st.html(page_title("Messages", lead))
handovers(proposals(scope), actor, day)

bar, aside = st.columns([3, 1], vertical_alignment="bottom")
with bar:
    kind = st.segmented_control(
        "Nature des messages",
        ["", *NOTICES],
        default="",
        required=True,
        format_func=lambda code: NOTICES[code] if code else ALL,
        key="nature",
        bind="query-params",
        on_change=first_page,
        label_visibility="collapsed",
        wrap=True,
    )
if count:
    aside.button(
        "Tout marquer lu",
        width="stretch",
        key="read-all",
        icon=":material/done_all:",
        on_click=lambda: mark_read(unread_ids(scope)),
    )

name = f"messages:{kind}"
found = inbox(scope, kind=kind or "", number=page_asked(name))
st.html(section("Boîte de réception", count=found.total))
if not found.messages:
    st.html(
        empty_state(
            "Aucun message",
            "Les rappels et les nouvelles de vos dossiers arrivent ici.",
            icon_name="inbox",
        )
    )
for message in found.messages:
    draw(message)
page_bar(name, found.number, found.pages)

choice = my_choice(scope)
if choice.address:
    st.toggle(
        f"Recevoir chaque jour ouvré un récapitulatif par courriel à {choice.address}",
        value=choice.wanted,
        key="mail-wanted",
        on_change=lambda: desk.want_mail(actor.id, st.session_state["mail-wanted"]),
    )
