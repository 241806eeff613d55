"""What a form of the case says, above its button, of what is being typed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from cases.labels import EFFECTS, REFUSALS
from cases.rules.offer_effects import Effect
from db.queries.case_file import CaseView
from ui_streamlit.case_parts.offer_money import money_table
from ui_streamlit.case_parts.offer_tests import tests_list, unmet
from ui_streamlit.case_parts.preview import ForeseenRefusal, foresee_offer, foresee_refusal
from ui_streamlit.session import now
from ui_streamlit.widgets.dates import figures
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.messages import message

Typed = Mapping[str, Any]
Review = Callable[[Typed, date], None]
FROZEN = "Ce résultat est figé à l’enregistrement ; aucun réglage changé plus tard ne le recalcule."
TABLE_OF_REASONS = "Tableau des motifs : réglage du territoire, à valider."
STACK = Markup('<div class="rl-stack">{}{}{}{}{}</div>')
SILENCE: Typed = {"reasons": ["no_answer"], "signed": False}


def review_for(kind: str, view: CaseView, actor: Actor) -> Review | None:
    """None when the form of this action needs no more than its fields."""
    drawn = _REVIEWS.get(kind)
    if drawn is None:
        return None

    def review(typed: Typed, on: date) -> None:
        said = drawn(view, actor, typed, on)
        if said:
            st.html(said)

    return review


def _refusal(view: CaseView, actor: Actor, typed: Typed, on: date) -> Markup:
    foreseen = foresee_refusal(view.head.id, actor, typed, now=now(), on=on)
    if foreseen is None:
        return Markup()
    failed = [test for test in foreseen.tests if not test.passed]
    passed = [test for test in foreseen.tests if test.passed]
    why = tests_list(failed, f"Le test : {unmet(failed)}", classes=view.classes, opened=True)
    held = tests_list(passed, f"Le test : {_met(len(passed))}", classes=view.classes, opened=False)
    return STACK.format(
        section("Ce que ce refus entraînera"), _verdict(foreseen), _effects(foreseen.effects), why, held
    )


def _met(count: int) -> str:
    return f"{count} condition{'s' if count > 1 else ''} remplie{'s' if count > 1 else ''}"


def _silence(view: CaseView, actor: Actor, _: Typed, on: date) -> Markup:
    return _refusal(view, actor, SILENCE, on)


def _verdict(foreseen: ForeseenRefusal) -> Markup:
    if not foreseen.tests:
        return message("info", "La proposition prendra fin et le dossier reviendra à la recherche.")
    counter = f"{foreseen.count} / {foreseen.needed}"
    if not foreseen.counts:
        failed = [test.label.lower() for test in foreseen.tests if not test.passed]
        lines = [f"Conditions non remplies : {', '.join(failed)}.", f"Le compteur reste à {counter}.", FROZEN]
        return message("info", "Ce refus ne compterait pas parmi les trois offres", lines)
    lines = [f"Le compteur passerait à {counter}.", FROZEN]
    if foreseen.count >= foreseen.needed:
        third = (
            "Le responsable du bailleur devra le valider : lui seul fait courir la fin du droit au maintien."
        )
        return message("danger", "Ce refus compterait, et ce serait le troisième", [*lines, third])
    return message("warning", "Ce refus compterait parmi les trois offres", lines)


def _effects(effects: tuple[Effect, ...]) -> Markup:
    if not effects:
        return small_print(f"Les motifs choisis n’entraînent rien d’autre. {TABLE_OF_REASONS}")
    return message(
        "info", "Les motifs choisis entraînent aussi", [*map(effect_words, effects), TABLE_OF_REASONS]
    )


def effect_words(effect: Effect) -> str:
    """« La recherche est mise en pause jusqu’au 06/07/2026 (année scolaire). »"""
    until = f" jusqu’au {figures(effect.until)}" if effect.until is not None else ""
    return f"{EFFECTS[effect.kind]}{until} ({REFUSALS.get(effect.reason, effect.reason).lower()})."


def _offer(view: CaseView, actor: Actor, typed: Typed, on: date) -> Markup:
    foreseen = foresee_offer(view.head.id, actor, typed, now=now(), on=on)
    title, table = section("Ce que ce logement coûterait au ménage"), money_table(foreseen.money.as_json())
    if view.head.kind != "rehousing":
        return STACK.format(title, table, "", "", "")
    if not foreseen.failed:
        said = message("success", "Refusée, cette offre compterait parmi les trois")
    else:
        summary = f"Pour que son refus compte parmi les trois : {unmet(foreseen.failed)}"
        said = tests_list(foreseen.failed, summary, classes=view.classes, opened=True)
    return STACK.format(title, table, said, "", "")


_REVIEWS: Mapping[str, Callable[[CaseView, Actor, Typed, date], Markup]] = {
    "make_offer": _offer,
    "refuse_offer": _refusal,
    "expire_offer": _silence,
}
