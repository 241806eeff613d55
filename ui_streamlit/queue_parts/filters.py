"""The queue chosen and its filters, all in the address: a list can be sent to a colleague as a link."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from cases.actor import Actor
from cases.labels import BLOCKAGES, KINDS
from cases.search_name import search_name
from cases.territory import default_perimeter, icis
from db.queries.queue import Filters, Limits
from db.queries.queue_options import Options
from db.scope import Scope
from ui_streamlit.queue_parts.in_address import choice, chosen_view
from ui_streamlit.queue_parts.paging import first_page
from ui_streamlit.queue_parts.words import QUEUES, QUEUES_OF, steps

QUEUE, TEXT = "file", "texte"
NARROWED = ("genre", "etape", "ici", "commune", "bailleur", "blocage", "operation")


def chosen_queue(actor: Actor, counts: Mapping[str, int]) -> str:
    """Draw the queues with how many stand in each; the one chosen."""
    queues = QUEUES_OF[actor.role]
    return chosen_view(
        "File de dossiers",
        {queue: QUEUES[queue] for queue in queues},
        counts,
        parameter=QUEUE,
        key="rl-queue",
        default=queues[0],
    )


def chosen_filters(options: Options, scope: Scope, today: date) -> Filters:
    """Draw the search and the filters; what they say."""
    places = perimeter(options, today)
    text = st.text_input(
        "Rechercher un nom, une référence ou un numéro SNE",
        key=TEXT,
        bind="query-params",
        max_chars=80,
        icon=":material/search:",
        on_change=first_page,
        placeholder="Nom du ménage, M-26-00012, numéro unique…",
    )
    with st.expander("Filtrer la liste", expanded=any(st.query_params.get(key) for key in NARROWED)):
        ici = {entry.code: entry.name for entry in icis()}
        columns = st.columns(3)
        with columns[0]:
            kind = choice("Type de dossier", "genre", KINDS)
            state = choice("Étape", "etape", steps())
            operation = choice("Opération", "operation", options.operations) if options.operations else ""
        with columns[1]:
            session = choice("ICI", "ici", ici)
            commune = choice("Commune actuelle", "commune", options.communes)
        with columns[2]:
            landlord = choice("Bailleur actuel", "bailleur", options.landlords)
            theme = choice("Ce qui bloque", "blocage", themes(scope))
        st.button("Effacer les filtres", key="rl-clear", on_click=_clear, icon=":material/close:")
    return Filters(
        kind=kind,
        state=state,
        commune=commune,
        landlord=landlord,
        communes=frozenset(place for place, code in places.items() if code == session)
        if session
        else frozenset(),
        theme=theme,
        operation=operation,
        text=(text or "").strip(),
        name=search_name(text or ""),
    )


def _clear() -> None:
    for key in NARROWED:
        st.session_state[key] = ""
    st.session_state[TEXT] = ""
    first_page()


def themes(scope: Scope) -> dict[str, str]:
    """What may block; violence is named to readers of `safety` only."""
    hidden = "" if scope.sees("safety") else "violence_other_commune"
    return {code: label for code, label in BLOCKAGES.items() if code != hidden}


def perimeter(options: Options, today: date) -> dict[str, str]:
    """Commune → ICI on that day: as shipped, then what was decided here."""
    shipped = {entry.insee: entry.ici for entry in default_perimeter() if entry.valid_from <= today}
    return shipped | options.edits


def limits(options: Options, today: date) -> Limits:
    """The next filing limit of each ICI with its communes."""
    places = perimeter(options, today)
    return [
        (limit, frozenset(place for place, code in places.items() if code == ici))
        for ici, limit in options.limits.items()
    ]


def address(queue: str, text: str) -> str:
    return f"/dossiers?{urlencode({QUEUE: queue, TEXT: text})}"
