"""Links that stay on the page: a role's first page is served at « / », whatever its own address."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import streamlit as st


def here(default: str, asked: Mapping[str, str]) -> str:
    """The path of the page being drawn (`default` where it is unknown), with these parameters."""
    url = st.context.url
    path = urlsplit(url).path if isinstance(url, str) and url else default
    return f"{path}?{urlencode(asked)}" if asked else path
