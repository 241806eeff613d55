"""The search on a case: who was asked and what came of it, what silence proves, which dwellings are near."""

from datetime import date

import streamlit as st
from markupsafe import Markup

from cases import access
from cases.actor import Actor
from cases.ici_desk import setting_on
from cases.labels import BLOCKAGES
from cases.rules.silence import silences, silent_days
from cases.search_desk import VacancyMatch, vacancies_for
from db.queries.case_file import CaseView
from db.queries.case_records import AttemptView
from ui_streamlit.case_parts.offer_parts import parts_for
from ui_streamlit.case_parts.reviews import review_for
from ui_streamlit.command_form import command_form
from ui_streamlit.search_parts.criteria import card_head, criteria, verdict_badges
from ui_streamlit.search_parts.words import (
    answer_badge,
    answer_words,
    cost_of,
    floor_of,
    reserver_badge,
    since_words,
    title_of,
)
from ui_streamlit.session import recall, remember
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.messages import message

THEME = "no_partner_reply"
LOOKING = {"need_validated", "searching", "offer_pending"}
SHOWN = 5
COLUMNS = (
    Column("landlord", "Bailleur", second="detail"),
    Column("asked", "Interrogé le", second="sheet"),
    Column("answer", "Réponse", second="words"),
)


def search_section(view: CaseView, actor: Actor, today: date) -> None:
    """The landlords asked, the blockage their silence proposes, then the vacant dwellings near the need."""
    if view.attempts:
        st.html(section("Recherche entre bailleurs", count=len(view.attempts)))
        proposed = _blockage_proposed(view, actor, today)
        silent = Markup() if proposed else _silences(view, today)
        st.html(_attempts(view, today) + silent)
    if view.head.state in LOOKING and access.may_ever(actor, "make_offer"):
        _dwellings(view, actor, today)


def _attempts(view: CaseView, today: date) -> Markup:
    rows = [
        {
            "landlord": item.landlord,
            "detail": item.detail or None,
            "asked": item.asked_on,
            "sheet": _sheet(item, view),
            "answer": _answer(item, today),
            "words": _words(item),
        }
        for item in view.attempts
    ]
    return case_table(rows, COLUMNS, caption="Bailleurs interrogés")


def _words(item: AttemptView) -> str | None:
    """When it came or is awaited, then what was answered."""
    said = answer_words(item.answer, item.reason, item.dwelling, item.answer_detail)
    if item.answered_on is not None:
        return f"le {short_date(item.answered_on)}{f' : {said}' if said else ''}"
    return f"attendue le {short_date(item.answer_due_on)}" if item.answer_due_on else None


def _sheet(item: AttemptView, view: CaseView) -> str | None:
    """Which version of the need sheet was sent, and whether it has been revised since."""
    if item.sheet is None:
        return None
    revised = any(sheet.number > item.sheet for sheet in view.needs)
    return f"fiche version {item.sheet}{', révisée depuis' if revised else ''}"


def _answer(item: AttemptView, today: date) -> Badge:
    days = silent_days(_facts(item), today)
    if not days:
        return answer_badge(item.answer)
    return Badge(f"Silence depuis {days} jour{'s' if days > 1 else ''}", "danger", "alert")


def _facts(item: AttemptView) -> dict[str, object]:
    return {"answer": item.answer, "answer_due_on": item.answer_due_on}


def _silences(view: CaseView, today: date) -> Markup:
    """How many have counted so far, and from how many on they prove a blockage."""
    count = silences(map(_facts, view.attempts), today)
    if not count:
        return Markup()
    enough = setting_on("searches_without_answer", today)
    many = f"{count} silences comptent" if count > 1 else "1 silence compte"
    if _known(view):
        return small_print(f"{many} comme preuve du blocage « {BLOCKAGES[THEME]} », déjà signalé.")
    doubt = f" ({enough.certainty_label})" if enough.to_confirm else ""
    return small_print(
        f"{many} comme preuve de blocage : à partir de {enough.value}{doubt}, le blocage "
        f"« {BLOCKAGES[THEME]} » est proposé."
    )


def _blockage_proposed(view: CaseView, actor: Actor, today: date) -> bool:
    """So many searches without an answer are proof of a blockage: the system proposes, a person opens it."""
    count = silences(map(_facts, view.attempts), today)
    enough = setting_on("searches_without_answer", today)
    if view.head.closed_on is not None or _known(view) or count < int(str(enough.value)):
        return False
    doubt = f", {enough.certainty_label}" if enough.to_confirm else ""
    lines = [
        f"{count} recherches sans réponse dans le délai (seuil : {enough.value}{doubt}) : "
        f"cela prouve le blocage « {BLOCKAGES[THEME]} », qui peut être remonté à l’ICI."
    ]
    st.html(message("warning", "Blocage à signaler", lines))
    if access.may_ever(actor, "open_blockage") and st.button("Signaler ce blocage", key="propose-blockage"):
        remember(f"open:{view.head.id}:case", "open_blockage")
        st.rerun()
    return True


def _known(view: CaseView) -> bool:
    return any(item.theme == THEME and item.until is None for item in view.blockages)


def silence_default(view: CaseView) -> dict[str, str]:
    """What the blockage form starts with when landlords were silent: noted by the clock."""
    noted = any(item.answer == "waiting" and item.silence_noted_on for item in view.attempts)
    return {"theme": THEME} if noted and not _known(view) else {}


def _dwellings(view: CaseView, actor: Actor, today: date) -> None:
    found = vacancies_for(view.head.id, classes=view.classes, today=today, limit=SHOWN)
    hint = "Déclarés par tous les bailleurs, les plus proches du besoin d’abord."
    st.html(section("Logements vacants", hint=hint))
    if not found:
        st.html(small_print("Aucun logement vacant déclaré ne répond à la typologie recherchée."))
    for one in found:
        with st.container(border=True, key=f"rl-found-{one.vacancy.id}"):
            _card(one, today)
            if view.head.state == "searching":
                _offer(view, one, actor)


def _card(one: VacancyMatch, today: date) -> None:
    line = one.vacancy
    said = [line.landlord, floor_of(line), cost_of(line) or "loyer à préciser", since_words(line, today)]
    st.html(card_head(title_of(line), [*verdict_badges(one.match), reserver_badge(line)]))
    st.html(small_print(" · ".join(part for part in said if part)) + criteria(one.match))


def _offer(view: CaseView, one: VacancyMatch, actor: Actor) -> None:
    """The form of an offer, filled with what its landlord declared."""
    slot, line = f"open:{view.head.id}:vacancy", one.vacancy
    if recall(slot) != line.id:
        if st.button("Proposer ce logement", key=f"offer-{line.id}"):
            remember(slot, line.id)
            st.rerun()
        return
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Fermer", key=f"close-{slot}", type="tertiary"):
            remember(slot, None)
            st.rerun()
    done = command_form(
        "make_offer",
        view.head.id,
        key=f"vacancy.{line.id}",
        actor=actor,
        defaults=_offered(one),
        seen_version=view.head.version,
        hide=("vacancy_id",),
        parts=parts_for("make_offer", view, actor),
        review=review_for("make_offer", view, actor),
    )
    if done is not None:
        remember(slot, None)
        st.rerun()


def _offered(one: VacancyMatch) -> dict[str, object]:
    line = one.vacancy
    return {
        "vacancy_id": line.id,
        "landlord_id": line.landlord_id,
        "address": line.address,
        "commune": line.commune,
        "canton": line.canton,
        "typology": line.typology,
        "surface_m2": line.surface_m2,
        "floor": line.floor,
        "lift": line.lift,
        "features": list(line.features),
        "rent": line.rent,
        "charges": line.charges,
        "recent": line.recent,
        "heating_included": line.heating_included,
        "in_qpv": line.in_qpv,
        "fragility": line.fragility,
    }
