"""Actions on a session or an item: one click when nothing is to be filled in, else a form under the bar."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import uuid4

import streamlit as st

from cases.access import may_ever
from cases.actions import Action as Possible
from cases.actions import actions_on
from cases.actor import Actor, Role
from cases.commands import Command, Outcome, execute
from cases.registry import COMMANDS
from db.queries.ici_records import Item
from ui_streamlit.command_form import command_form
from ui_streamlit.feedback import attempt
from ui_streamlit.ici_parts.moving import review_of
from ui_streamlit.session import now, recall, remember
from ui_streamlit.widgets.action_bar import Action, action_bar

Options = Mapping[str, Mapping[str, str]]
OPEN = "ici.open"
DATED = {"submit_escalation"}  # the day claimed is kept beside the server's
UNDATED = ("occurred_on",)
NAMES = {"join_case": "Rattacher un dossier", "leave_escalation": "Retirer un dossier"}  # seen from the item
CONSEQUENCES = {
    "open_call": "Tous ceux qui peuvent remonter un dossier sont prévenus de la date limite.",
    "close_call": "La liste est figée avec son empreinte ; la suite passe par des additifs.",
    "send_file": "Le dossier de séance part aux membres.",
    "hold_session": "Les décisions peuvent être enregistrées.",
    "close_session": "Plus rien ne peut être décidé à cette séance.",
    "admit_by_exception": "Elle revient à la séance demandée, dans un additif si la liste est déjà arrêtée.",
    "withdraw_escalation": "Les dossiers quittent le parcours ICI.",
}


def act(
    kind: str,
    target: str | None,
    actor: Actor,
    data: Mapping[str, Any] | None = None,
    *,
    said: str = "",
    seen: int | None = None,
) -> Outcome | None:
    """Do one command now; the outcome when it is done, else None with the reasons on screen."""
    command = Command(id=f"ui.{uuid4()}", type=kind, target=target, data=dict(data or {}), seen_version=seen)
    return attempt(execute, command, now=now(), actor=actor, said=said)


def offers(actor: Actor, *kinds: str) -> bool:
    """Whether this role has at least one of these commands at all."""
    return any(may_ever(actor, kind) for kind in kinds)


def sees_all(actor: Actor) -> bool:
    """Whether the whole session is before this actor, and not only what their organisation raised or owes."""
    return actor.role in {Role.ICI_SECRETARIAT, Role.CO_PILOT, Role.CHAIR}


def no_options(_kind: str) -> Options:
    return {}


def no_defaults(_kind: str) -> dict[str, Any]:
    return {}


def said(item: Item, kind: str) -> dict[str, Any]:
    """What a correction starts from, and what the co-pilots wrote for a session before."""
    names = COMMANDS[kind].data.model_fields if kind in {"revise_escalation", "objectify"} else ()
    return {name: getattr(item, name) for name in names}


def action_forms(
    about: str,
    target: str,
    version: int,
    actor: Actor,
    kinds: Collection[str],
    *,
    options: Callable[[str], Options] = no_options,
    defaults: Callable[[str], dict[str, Any]] = no_defaults,
    primary: str = "",
    why_not: bool = True,
) -> None:
    """The bar of what this actor may do on the record, and the form of the action chosen."""
    if not offers(actor, *kinds):
        return
    found = [action for action in actions_on(about, target, actor, now=now()) if action.kind in kinds]
    found.sort(key=lambda action: action.kind != primary)
    shown = [_action(action, primary) for action in found if why_not or action.possible]
    chosen = action_bar(shown, key=f"{about}-{target}")
    if chosen is not None and not COMMANDS[chosen].data.model_fields:
        if act(chosen, target, actor):
            st.rerun()
        return
    if chosen is not None:
        remember(OPEN, None if recall(OPEN) == (target, chosen) else (target, chosen))
    opened = recall(OPEN)
    if opened is not None and opened[0] == target and any(action.key == opened[1] for action in shown):
        kind = opened[1]
        _form(kind, target, version, actor, options=options(kind), defaults=defaults(kind))


def _action(action: Possible, primary: str) -> Action:
    return Action(
        action.kind,
        NAMES.get(action.kind, action.label),
        action.reasons,
        primary=action.kind == primary,
        consequence=CONSEQUENCES.get(action.kind, ""),
    )


def _form(
    kind: str, target: str, version: int, actor: Actor, *, options: Options, defaults: dict[str, Any]
) -> None:
    with st.container(border=True):
        done = command_form(
            kind,
            target,
            key="ici",
            actor=actor,
            seen_version=version,
            options=options,
            defaults=defaults,
            hide=() if kind in DATED else UNDATED,
            review=review_of(kind, target),
        )
    if done is not None:
        remember(OPEN, None)
        st.rerun()
