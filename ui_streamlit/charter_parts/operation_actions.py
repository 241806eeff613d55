"""What may be done on an operation: a row of buttons, then the form of the one chosen."""

from collections.abc import Mapping

import streamlit as st

from cases.access import may_ever
from cases.actor import Actor, Role
from cases.commands import Outcome
from cases.labels import COMMANDS
from db.queries.operation import EmptyDwelling, OperationView
from ui_streamlit.command_form import command_form
from ui_streamlit.session import recall, remember
from ui_streamlit.widgets.action_bar import Action, action_bar
from ui_streamlit.widgets.headings import small_print

ON_OPERATION = ("create_building", "record_legal_ground")
ON_BUILDING = ("change_vacate_date", "free_dwelling")
CONSEQUENCES = {
    "record_legal_ground": "Les refus d’offres valables compteront à partir de là.",
    "change_vacate_date": "Les échéances de chaque ménage encore là bougent, et qui les suit est prévenu.",
    "free_dwelling": "Un logement libéré ne se reloue pas avant travaux (CCH L.442-6 II).",
}


def chosen(actor: Actor, kinds: tuple[str, ...], key: str) -> str | None:
    """The bar of what this role may do; the kind whose form is open. The same button closes it."""
    actions = [
        Action(kind, COMMANDS[kind], consequence=CONSEQUENCES.get(kind, ""))
        for kind in kinds
        if may_ever(actor, kind)
    ]
    pressed = action_bar(actions, key=key)
    if pressed:
        remember(key, None if recall(key) == pressed else pressed)
    kind = recall(key)
    return str(kind) if kind else None


def create_operation(actor: Actor, sites: Mapping[str, str], landlords: Mapping[str, str]) -> None:
    key = "operation-new"
    if chosen(actor, ("create_operation",), key) is None:
        return
    own = actor.role is Role.REHOUSING_OFFICER
    done = command_form(
        "create_operation",
        None,
        key=key,
        actor=actor,
        hide=("landlord_id",) if own else (),
        defaults={"landlord_id": actor.body_id} if own else None,
        options={"site_id": sites, "landlord_id": landlords},
    )
    if done is not None:
        remember(key, None)
        st.query_params["operation"] = str(done.reference)
        st.rerun()


def act_on(actor: Actor, view: OperationView, empty: tuple[EmptyDwelling, ...]) -> None:
    """Forms about the operation, and those about one of its buildings."""
    key = f"operation-{view.id}"
    kinds = ON_OPERATION if view.buildings.empty else (*ON_OPERATION, *ON_BUILDING)
    kind = chosen(actor, kinds, key)
    if kind is None:
        return
    if kind in ON_OPERATION:
        done = command_form(
            kind,
            view.id,
            key=f"{key}-{kind}",
            actor=actor,
            seen_version=view.version,
            defaults=_ground(view, kind),
        )
    else:
        done = _on_building(actor, view, empty, kind, key)
    if done is not None:
        remember(key, None)
        st.rerun()


def _ground(view: OperationView, kind: str) -> dict[str, object] | None:
    if kind != "record_legal_ground":
        return None
    return {"convention_on": view.convention_on, "permit_on": view.permit_on}


def _on_building(
    actor: Actor, view: OperationView, empty: tuple[EmptyDwelling, ...], kind: str, key: str
) -> Outcome | None:
    rows = {row["id"]: row for row in view.buildings.to_dict("records")}
    building = st.selectbox(
        "Bâtiment", list(rows), format_func=lambda code: str(rows[code]["name"]), key=f"{key}-building"
    )
    options = None
    if kind == "free_dwelling":
        homes = {home.id: _dwelling(home) for home in empty if home.building_id == building}
        if not homes:
            st.html(small_print("Aucun logement de ce bâtiment n’a été quitté par tous ses occupants."))
            return None
        options = {"dwelling_id": homes}
    return command_form(
        kind,
        building,
        key=f"{key}-{kind}-{building}",
        actor=actor,
        seen_version=int(rows[building]["version"]),
        options=options,
    )


def _dwelling(home: EmptyDwelling) -> str:
    floor = "rez-de-chaussée" if home.floor == 0 else f"étage {home.floor}"
    return f"{home.id} – T{home.typology}, {floor}"
