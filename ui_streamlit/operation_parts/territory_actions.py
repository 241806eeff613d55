"""What may be done on the list of operations: a new one, sites, objectives of the avenants."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from cases.actor import Actor, Role
from cases.labels.operation import OBJECTIVES
from db.queries import operation as board_query
from db.queries.objectives import ObjectiveLine
from db.queries.operation_sites import all_sites
from ui_streamlit.command_form import command_form
from ui_streamlit.operation_parts.bar import chosen, finished, opened
from ui_streamlit.widgets.headings import small_print

SHOWN = ("create_operation", "set_objective")
OTHERS = ("create_site", "update_site", "annul_objective")
KEY = "operation-new"


def territory_actions(actor: Actor, objectives: Sequence[ObjectiveLine]) -> None:
    kind = chosen(actor, SHOWN, OTHERS, KEY)
    if kind is None:
        return
    with opened(kind, KEY):
        _form(kind, actor, objectives)


def _form(kind: str, actor: Actor, objectives: Sequence[ObjectiveLine]) -> None:
    sites, landlords = board_query.choices()
    if kind == "create_operation":
        _create_operation(actor, sites, landlords)
    elif kind == "update_site":
        _update_site(actor)
    elif kind == "annul_objective":
        _annul_objective(actor, objectives)
    elif command_form(kind, None, key=KEY, actor=actor, hide=("occurred_on",)) is not None:
        finished(KEY)


def _create_operation(actor: Actor, sites: Mapping[str, str], landlords: Mapping[str, str]) -> None:
    own = actor.role is Role.REHOUSING_OFFICER
    done = command_form(
        "create_operation",
        None,
        key=KEY,
        actor=actor,
        hide=("landlord_id",) if own else (),
        defaults={"landlord_id": actor.body_id} if own else None,
        options={"site_id": sites, "landlord_id": landlords},
    )
    if done is not None:
        st.query_params["operation"] = str(done.reference)
        finished(KEY)


def _update_site(actor: Actor) -> None:
    """The site first: its name and phase fill the form."""
    known = all_sites()
    site = st.selectbox("Site à modifier", list(known), format_func=lambda code: known[code][0])
    if site is None:
        return
    name, phase = known[site]
    given: dict[str, Any] = {"site_id": site, "name": name, "phase": phase}
    done = command_form(
        "update_site",
        None,
        key=f"{KEY}-{site}",
        actor=actor,
        hide=("site_id", "occurred_on"),
        defaults=given,
    )
    if done is not None:
        finished(KEY)


def _annul_objective(actor: Actor, objectives: Sequence[ObjectiveLine]) -> None:
    if not objectives:
        st.html(small_print("Aucun objectif n’est fixé."))
        return
    lines = {
        str(line.id): f"{line.amendment} · {OBJECTIVES[line.kind]} · {line.landlord or line.commune}"
        for line in objectives
    }
    done = command_form(
        "annul_objective",
        None,
        key=KEY,
        actor=actor,
        hide=("occurred_on",),
        options={"objective_id": lines},
    )
    if done is not None:
        finished(KEY)
