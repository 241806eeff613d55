"""What a list shows, chosen by its reader and kept in the address: it can be sent as a link."""

from collections.abc import Callable, Mapping

import streamlit as st

from ui_streamlit.queue_parts.paging import first_page


def chosen_view(
    label: str,
    names: Mapping[str, str],
    counts: Mapping[str, int],
    *,
    parameter: str,
    key: str,
    default: str,
    on_change: Callable[[], None] = first_page,
) -> str:
    """Draw the views side by side, each with how many stand in it; the one of the address, else `default`."""
    asked = st.query_params.get(parameter, "")
    known = asked if asked in names else default
    chosen = st.segmented_control(
        label,
        list(names),
        default=known,
        required=True,
        format_func=lambda code: f"{names[code]} · {counts[code]}",
        key=key,
        on_change=on_change,
        label_visibility="collapsed",
    )
    st.query_params[parameter] = chosen or known
    return chosen or known


def choice(label: str, parameter: str, names: Mapping[str, str], *, every: str = "Tous") -> str:
    """One filter; "" for all, said as `every`."""
    return (
        st.selectbox(
            label,
            ["", *names],
            format_func=lambda code: names[code] if code else every,
            key=parameter,
            bind="query-params",
            on_change=first_page,
        )
        or ""
    )
