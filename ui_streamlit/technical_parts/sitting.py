"""In session: one point at a time, its opinion, the next one; then the minutes."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor, Role
from db.queries import people
from db.queries.technical import PointView, TechnicalView
from ui_streamlit.case_parts.support import technical_address
from ui_streamlit.command_form import command_form
from ui_streamlit.ici_parts.acts import act, offers
from ui_streamlit.session import recall, remember
from ui_streamlit.technical_parts.points import point_card
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

POINT = "point"
UNDATED = ("occurred_on",)
WALK = Markup(
    '<nav class="ici-walk" aria-label="Points de l’ordre du jour">{before}<b>{where}</b>{after}</nav>'
)
STEP = Markup('<a href="{}&amp;point={}">{}</a>')
OFF = Markup('<span class="ici-off">{}</span>')
CANCEL = "cancel_technical"


def holds(actor: Actor, landlord_id: str | None) -> bool:
    """Whether this session is the actor's to hold: an officer holds those of their own stock."""
    if not offers(actor, "open_technical"):
        return False
    return actor.role is not Role.REHOUSING_OFFICER or landlord_id == actor.body_id


def session_acts(view: TechnicalView, actor: Actor) -> None:
    """Open or cancel what is planned; close the minutes once every point is treated."""
    if not holds(actor, view.landlord_id):
        return
    if view.state == "planned":
        _form_under_button("open_technical", "Ouvrir la séance", view, actor)
    if view.state == "open":
        left = sum(point.opinion == "waiting" for point in view.points) + view.hidden
        if left == 0 and st.button("Clore le relevé", type="primary", key=f"close-{view.id}"):
            closed = act("close_technical", view.id, actor, said="Le relevé est clos.", seen=view.version)
            if closed is not None:
                st.rerun()


def _form_under_button(kind: str, label: str, view: TechnicalView, actor: Actor) -> None:
    slot = f"technical:{view.id}"
    with st.container(horizontal=True, gap="small"):
        if st.button(label, type="primary", key=f"{kind}-{view.id}"):
            remember(slot, kind)
        if st.button("Annuler la séance", key=f"{CANCEL}-{view.id}"):
            remember(slot, CANCEL)
    opened = recall(slot)
    if opened is None:
        return
    with st.container(border=True):
        done = command_form(
            opened,
            view.id,
            key="technical",
            actor=actor,
            defaults={"present_ids": [key for key, _ in view.members]} if opened == kind else {},
            options={"present_ids": people.bodies()},
            hide=UNDATED,
            seen_version=view.version,
            submit="Commencer" if opened == kind else "Confirmer l’annulation",
            said="La séance est ouverte." if opened == kind else "La séance est annulée.",
        )
    if done is not None:
        remember(slot, None)
        st.rerun()


def one_point(view: TechnicalView, actor: Actor) -> None:
    """The point of the address, else the first to examine."""
    points = view.points
    at = _rank(points)
    st.html(_walk(view, at))
    point = points[at]
    st.html(point_card(point))
    if point.opinion == "waiting" and holds(actor, view.landlord_id):
        _opinion(view, point, actor)


def _rank(points: Sequence[PointView]) -> int:
    keys = [str(point.id) for point in points]
    asked = st.query_params.get(POINT)
    if asked in keys:
        return keys.index(asked)
    return next((rank for rank, point in enumerate(points) if point.opinion == "waiting"), len(points) - 1)


def _walk(view: TechnicalView, at: int) -> Markup:
    points = view.points

    def step(rank: int, words: str) -> Markup:
        if not 0 <= rank < len(points):
            return OFF.format(words)
        return STEP.format(technical_address(view.id), points[rank].id, words)

    left = sum(point.opinion == "waiting" for point in points)
    rest = f"{left} à examiner" if left else "tout est examiné"
    return WALK.format(
        before=step(at - 1, "← Précédent"),
        where=f"Point {at + 1} sur {len(points)} · {rest}",
        after=step(at + 1, "Suivant →"),
    )


def _opinion(view: TechnicalView, point: PointView, actor: Actor) -> None:
    refusal = point.asked == "refusal"
    with st.container(border=True):
        st.html(section("Le refus est-il légitime ?" if refusal else "Avis du comité"))
        if refusal:
            st.html(message("info", BESIDE))
        done = command_form(
            "judge_refusal" if refusal else "record_opinion",
            view.id,
            key=f"technical.{point.id}",
            actor=actor,
            defaults={"item_id": point.id},
            hide=("item_id", *UNDATED),
            submit="Enregistrer et passer au suivant",
            said=f"Avis enregistré pour {point.case_id}.",
        )
    if done is not None:
        st.query_params.pop(POINT, None)
        st.rerun()


BESIDE = (
    "Ce jugement s’ajoute à la proposition : il ne change pas le calcul « compte parmi les trois », "
    "figé au moment du refus."
)
