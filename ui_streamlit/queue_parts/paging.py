"""The page of a list, in the address. Each list has a widget of its own: another starts at its beginning."""

import streamlit as st

PAGE = "page"


def first_page() -> None:
    """Another list is chosen: forget the page of this one."""
    st.query_params.pop(PAGE, None)


def page_asked(name: str) -> int:
    """The page clicked in this list, else the one of the address, else the first."""
    asked = st.query_params.get(PAGE, "")
    kept: int | None = st.session_state.get(_key(name))
    return kept or (int(asked) if asked.isdecimal() else 1)


def page_bar(name: str, number: int, pages: int) -> None:
    """Draw the pages when there are several; the address follows."""
    if pages > 1:
        st.pagination(pages, default=number, key=_key(name))
    if number > 1:
        st.query_params[PAGE] = str(number)
    else:
        first_page()


def _key(name: str) -> str:
    return f"rl-page-{name}"
