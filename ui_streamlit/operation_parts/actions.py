"""What may be done on one operation, its buildings and dwellings: a bar, a menu, then the form chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cases.actor import Actor
from cases.commands import Outcome
from db.queries import operation as board_query
from db.queries.operation import OperationView
from db.queries.operation_dwellings import Home
from db.queries.operation_groups import GroupLine
from ui_streamlit.command_form import command_form
from ui_streamlit.operation_parts.bar import chosen, finished, opened
from ui_streamlit.widgets.headings import small_print

ON_OPERATION = (
    "create_building",
    "record_legal_ground",
    "propose_grouped_solution",
    "update_operation",
    "annul_grouped_solution",
)
SHOWN = ("create_building", "record_legal_ground", "change_vacate_date", "free_dwelling")
BARE = ("create_building", "record_legal_ground")  # before there is any building
OTHERS = (
    "propose_grouped_solution",
    "neutralise_dwelling",
    "create_dwelling",
    "update_dwelling",
    "update_building",
    "update_operation",
    "annul_grouped_solution",
)
# Which dwellings a form may name, and what is said when there is none.
DWELLINGS: Mapping[str, tuple[Callable[[Home], bool], str]] = {
    "free_dwelling": (
        lambda home: home.left,
        "Aucun logement de ce bâtiment n’a été quitté par tous ses occupants.",
    ),
    "neutralise_dwelling": (
        lambda home: home.open_to_all,
        "Aucun logement libéré de ce bâtiment n’attend d’être neutralisé.",
    ),
    "update_dwelling": (lambda home: bool(home.id), "Aucun logement n’est enregistré dans ce bâtiment."),
}
KEPT = (
    "address",
    "typology",
    "rooms",
    "surface_m2",
    "floor",
    "lift",
    "canton",
    "rent",
    "charges",
    "housing_aid",
    "heating_included",
    "in_qpv",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the forms of an operation may name. `households`: reference → words."""

    homes: Sequence[Home]
    households: Mapping[str, str]
    groups: Sequence[GroupLine]


def act_on(actor: Actor, view: OperationView, known: Known) -> None:
    """Forms about the operation, and those about one of its buildings."""
    key = f"operation-{view.id}"
    bare = view.buildings.empty
    kind = chosen(actor, BARE if bare else SHOWN, ("update_operation",) if bare else OTHERS, key)
    if kind is None:
        return
    with opened(kind, key):
        if kind in ON_OPERATION:
            done = _on_operation(actor, view, known, kind, key)
        else:
            done = _on_building(actor, view, known.homes, kind, key)
    if done is not None:
        finished(key)


def _on_operation(actor: Actor, view: OperationView, known: Known, kind: str, key: str) -> Outcome | None:
    going = {line.id: f"{line.name} ({line.id})" for line in known.groups if not line.annulled_reason}
    if kind == "annul_grouped_solution" and not going:
        st.html(small_print("Aucune solution groupée n’est proposée ici."))
        return None
    options: dict[str, Mapping[str, str]] = {
        "case_ids": known.households,
        "grouped_id": going,
        "site_id": board_query.choices()[0],
    }
    return command_form(
        kind,
        view.id,
        key=f"{key}-{kind}",
        actor=actor,
        seen_version=view.version,
        defaults=_of_operation(view, kind),
        options=options,
    )


def _of_operation(view: OperationView, kind: str) -> dict[str, Any] | None:
    ground = {"convention_on": view.convention_on, "permit_on": view.permit_on}
    if kind == "record_legal_ground":
        return ground
    if kind == "update_operation":
        return ground | {"site_id": view.site_id, "name": view.name, "kind": view.kind}
    return None


def _on_building(
    actor: Actor, view: OperationView, homes: Sequence[Home], kind: str, key: str
) -> Outcome | None:
    rows = {row["id"]: row for row in view.buildings.to_dict("records")}
    building = st.selectbox(
        "Bâtiment", list(rows), format_func=lambda code: str(rows[code]["name"]), key=f"{key}-building"
    )
    if building is None:
        return None
    row = rows[building]
    mine = [home for home in homes if home.building_id == building]
    defaults: dict[str, Any] | None = None
    if kind == "update_building":
        defaults = {name: row[name] for name in ("name", "address", "in_qpv")}
    options, home = _dwelling_choice(kind, mine, f"{key}-{building}")
    if kind in DWELLINGS and not options:
        st.html(small_print(DWELLINGS[kind][1]))
        return None
    if len(options) == 1:
        defaults = {"dwelling_id": next(iter(options))}
    if home is not None:
        defaults = {"dwelling_id": home.id} | {name: getattr(home, name) for name in KEPT}
    return command_form(
        kind,
        building,
        key=f"{key}-{kind}-{building}" + (f"-{home.id}" if home else ""),
        actor=actor,
        seen_version=int(row["version"]),
        options={"dwelling_id": options} if options else None,
        defaults=defaults,
        hide=("dwelling_id",) if home is not None else (),
    )


def _dwelling_choice(kind: str, mine: Sequence[Home], key: str) -> tuple[dict[str, str], Home | None]:
    """The dwellings of the list; the one to correct is chosen first, so that its form starts filled."""
    if kind not in DWELLINGS:
        return {}, None
    fits = {home.id: home for home in mine if DWELLINGS[kind][0](home)}
    words = {code: _words(home) for code, home in fits.items()}
    if kind != "update_dwelling" or not words:
        return words, None
    picked = st.selectbox(
        "Logement à modifier", list(words), format_func=lambda code: words[code], key=f"{key}-home"
    )
    return words, fits.get(picked or "")


def _words(home: Home) -> str:
    floor = "rez-de-chaussée" if home.floor == 0 else f"étage {home.floor}"
    return f"{home.id} – T{home.typology}, {floor}, {home.address}"
