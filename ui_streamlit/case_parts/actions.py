"""What can be done now on a case, and the form of the action chosen, in place."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from cases import access
from cases.actions import Action, actions_on
from cases.actor import Actor
from cases.labels import COMMANDS as LABELS
from cases.reasons import Reason
from db.queries.case_file import CaseView
from db.queries.case_ici import CourseView
from ui_streamlit.case_parts.action_groups import group_of, in_groups
from ui_streamlit.case_parts.advised import validate_as_advised
from ui_streamlit.case_parts.consequences import CONSEQUENCES, consequences
from ui_streamlit.case_parts.objects import SILENT, without_object
from ui_streamlit.case_parts.offer_parts import parts_for
from ui_streamlit.case_parts.options import HIDDEN, defaults_for, options_for
from ui_streamlit.case_parts.reviews import review_for
from ui_streamlit.case_parts.take_back import take_back_button
from ui_streamlit.case_parts.two_people import ASK, TWO, as_request, ask_why, needs_two
from ui_streamlit.command_form import command_form
from ui_streamlit.diagnosis_parts.steps import diagnosis_address
from ui_streamlit.session import FormDraft, now, recall, remember, today
from ui_streamlit.widgets.action_bar import Action as Button
from ui_streamlit.widgets.action_bar import action_bar, why_not
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

NEAR = (  # beside the path, but of every day; or an answer that this very person owes
    *("confirm_signal", "open_blockage", "add_note", "resume_case", "extend_suspension"),
    *("accept_handover", "refuse_handover", "answer_opinion", "approve_command", "refuse_approval"),
)
DIRE = {"reject"}  # never the first button
RARE = {"close_early", "change_holder", "split_household"}  # on the path, but not of every day
RAISE = "draft_escalation"
ON_ESCALATION = (
    "submit_escalation",
    "record_execution",
    "give_reason",
    "leave_escalation",
    "withdraw_escalation",
)
OTHERS = "Autres actions"
OPENED = "action"  # in the address: the form that is open
ELSEWHERE = {"undo_last_step", "attach_document", "ask_approval"}  # on the page, but not in this bar


def case_actions(view: CaseView, actor: Actor) -> None:
    """The bar, the rarer actions in a menu, every « pourquoi pas », and the form of the chosen one."""
    case_id = view.head.id
    known = [*actions_on("case", case_id, actor, now=now()), *_raise(view, actor)]
    judged = [replace(one, reasons=one.reasons or without_object(one.kind, view, actor)) for one in known]
    found = [one for one in judged if one.kind not in ELSEWHERE and (one.possible or one.kind not in SILENT)]
    if not found:
        return
    validate_as_advised(view, actor, {action.kind for action in found if action.possible})
    possible = [action for action in found if action.possible]
    shown = [
        action for action in possible if (action.on_path or action.kind in NEAR) and action.kind not in RARE
    ]
    with st.container(horizontal=True, gap="small", vertical_alignment="top", key="rl-case-bar"):
        pressed = action_bar(_buttons(shown), key=f"case-{case_id}")
        picked = _menu([action for action in possible if action not in shown], case_id)
        take_back_button(view, actor)
    refused = why_not(_buttons(found))
    if refused:
        st.html(refused)
    _reopen(case_id, {action.kind for action in possible})
    _form_in_place(view, actor, pressed or picked, place="case", target=case_id, seen=view.head.version)


def _reopen(case_id: str, possible: Collection[str]) -> None:
    """A page that is loaded again shows the form that was open, with what was typed in it."""
    asked = st.query_params.get(OPENED)
    if asked in possible and recall(_slot(case_id, "case"), "") == "":
        remember(_slot(case_id, "case"), asked)


def _slot(case_id: str, place: str) -> str:
    return f"open:{case_id}:{place}"


def _menu(rare: Sequence[Action], case_id: str) -> str | None:
    """The rarer actions, in a menu."""
    if not rare:
        return None
    by_kind = {action.kind: action.label for action in rare}
    labels = {f"{group_of(kind)} · {by_kind[kind]}": kind for kind in in_groups(list(by_kind))}
    picked = st.menu_button(OTHERS, list(labels), key=f"more-{case_id}")
    return labels.get(picked or "")


def _raise(view: CaseView, actor: Actor) -> list[Action]:
    """Raising the case to the ICI: not about the case for the door, but decided here."""
    if not access.may_ever(actor, RAISE):
        return []
    reasons = []
    if view.head.closed_on is not None:
        reasons.append(Reason("raise.closed", "Le dossier est clos : rouvrez-le avant de le remonter."))
    if any(course.open for course in view.courses):
        reasons.append(Reason("raise.already", "Ce dossier est déjà remonté à l’ICI."))
    return [Action(RAISE, LABELS[RAISE], on_path=False, reasons=tuple(reasons))]


def _buttons(found: Sequence[Action]) -> list[Button]:
    first = next(
        (action.kind for action in found if action.possible and action.on_path and action.kind not in DIRE),
        "",
    )
    ranks = {kind: rank for rank, kind in enumerate(in_groups([action.kind for action in found]))}
    ordered = sorted(
        found, key=lambda action: (action.kind != first, action.kind in DIRE, ranks[action.kind])
    )
    return [
        Button(
            action.kind,
            action.label,
            action.reasons,
            primary=action.kind == first,
            consequence=CONSEQUENCES.get(action.kind, ""),
            group=group_of(action.kind),
        )
        for action in ordered
    ]


def escalation_actions(view: CaseView, actor: Actor, course: CourseView) -> None:
    """What the author or an obliged body may do on the escalation, from the case."""
    escalation_id = course.escalation_id
    found = [
        action
        for action in actions_on("escalation", escalation_id, actor, now=now())
        if action.kind in ON_ESCALATION and action.possible and not without_object(action.kind, view, actor)
    ]
    chosen = action_bar(_buttons(found), key=f"ici-{escalation_id}")
    place, seen = f"ici-{escalation_id}", course.escalation_version
    _form_in_place(view, actor, chosen, place=place, target=escalation_id, seen=seen)


def _form_in_place(
    view: CaseView, actor: Actor, chosen: str | None, *, place: str, target: str, seen: int
) -> None:
    """`seen`: the version of the target that is on screen."""
    slot = _slot(view.head.id, place)
    if chosen is not None:
        _show(slot, chosen, place)
    if recall(slot) is not None:
        _form(view, actor, recall(slot), place=place, target=target, seen=seen)


@st.fragment
def _form(view: CaseView, actor: Actor, kind: str, *, place: str, target: str, seen: int) -> None:
    """Drawn again alone while one types: the case around it, and its version, stay those that were read."""
    slot = _slot(view.head.id, place)
    with st.container(border=True, key=f"rl-form-{place}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(section(LABELS[kind]), width="content")
            if st.button("Fermer", key=f"close-{slot}", type="tertiary"):
                _show(slot, None, place)
                st.rerun()
        instead = _instead_of_form(kind, view, target)
        if instead is not None:
            st.html(instead)
            return
        said = consequences(kind, view)
        if said:
            st.html(said)
        why = _ask_second(kind, target, actor)
        outcome = command_form(
            kind,
            None if kind == RAISE else target,
            key=place,
            actor=actor,
            defaults=defaults_for(kind, view),
            seen_version=None if kind == RAISE else seen,
            hide=HIDDEN.get(kind, ()),
            options=options_for(kind, view),
            parts=parts_for(kind, view, actor),
            review=review_for(kind, view, actor),
            submit=ASK if why is not None else None,
            through=partial(as_request, why=why) if why is not None else None,
        )
    if outcome is not None:
        if why is not None:
            why.drop()
        _show(slot, None, place)
        st.rerun()


def _ask_second(kind: str, target: str, actor: Actor) -> FormDraft | None:
    """The message to the second person, when the settings want two for this action."""
    if not needs_two(kind, today()):
        return None
    st.html(TWO)
    return ask_why(target, kind, actor)


def _show(slot: str, kind: str | None, place: str) -> None:
    """Open this form, or none; the address of the page says so too, for who loads it again."""
    remember(slot, kind)
    if place != "case":
        return
    if kind is None:
        st.query_params.pop(OPENED, None)
    else:
        st.query_params[OPENED] = kind


# The grid is filled block by block on a page of its own.
ON_ITS_PAGE = {
    "sign_diagnosis": "La grille se remplit bloc par bloc, en brouillon, puis se signe en une fois.",
    "renew_diagnosis": "Une nouvelle version part de la précédente ; celle-ci reste telle que signée.",
    "record_diagnosis_step": "Les cinq étapes se suivent sur la page du diagnostic.",
}
SEALED_FIRST = (
    "La fiche besoin contient des besoins fonctionnels et des communes à éviter : "
    "ouvrez-les d’abord, avec votre motif, dans « Santé et sécurité »."
)


def _instead_of_form(kind: str, view: CaseView, target: str) -> Markup | None:
    """What is said when the form is not here, or not yet."""
    if _needs_unsealing(kind, view):
        return message("warning", SEALED_FIRST)
    if kind in ON_ITS_PAGE:
        return message("info", ON_ITS_PAGE[kind], link=(diagnosis_address(target), "Ouvrir le diagnostic"))
    return None


def _needs_unsealing(kind: str, view: CaseView) -> bool:
    """Revising a sheet without seeing all of it would lose what is hidden."""
    return kind == "revise_need" and bool(view.sealed)
