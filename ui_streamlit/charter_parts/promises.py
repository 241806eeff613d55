"""The charter's three promises as three indicators, each with the rehousings behind it."""

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from cases.charter.report import Period
from cases.labels import PROMISES, VERDICTS
from cases.territory import clauses
from db.queries.indicators import Place
from db.queries.promises import JudgedCase, Promises
from db.scope import Scope
from ui_streamlit.case_parts.promises import verdict_badge
from ui_streamlit.charter_parts import computed, filters
from ui_streamlit.charter_parts.cards import TO_CONFIRM
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_table import Column, case_address, case_table
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section, small_print

HINT = (
    "Choix résidentiels, capacités financières, équilibre territorial : chaque relogement est jugé à "
    "l’emménagement, et son verdict ne change plus."
)
DEFINITIONS: Mapping[str, str] = {
    "residential_choice": "La commune obtenue est de celles que le ménage demandait (souhaits classés).",
    "means": "Taux d’effort et reste à charge, avant et après, avec le gain de surface.",
    "balance": "Relogement hors quartier prioritaire (QPV) ; compte pour les 25 % d’attributions hors QPV.",
}
CARDS = Markup('<div class="rl-cards">{}</div>')
CARD = Markup(
    '<article class="rl-indicator"><div class="rl-indicator-figure"><b{word}>{value}</b><span>{count}</span>'
    '</div><div><h3><a href="{href}">{title}</a></h3><p class="rl-muted">{definition}</p>'
    '<p class="rl-goal">{tally}</p><details class="rl-why"><summary>Ce que dit la charte</summary>'
    "<ul><li>{text}</li><li>Source : {source}</li></ul></details></div><div>{badges}</div></article>"
)
WORD = Markup(' class="rl-word"')
BACK = Markup('<p class="rl-back"><a href="{}">← Tous les indicateurs</a></p>')
ALL = "Tous"
SHOWN = 10
LATEST = "Les derniers relogements que vous suivez ; les autres se lisent promesse par promesse."
NARROW = "\u00a0"


def promise_cards(scope: Scope, place: Place, period: Period, key: computed.Key) -> None:
    """On the page of every indicator: three cards, then the latest rehousings."""
    found = computed.promises(scope, place, period, "", "", key)
    st.html(section("Les trois promesses de la charte, relogement par relogement", hint=HINT))
    if not found.words:
        st.html(empty_state("Aucun relogement sur la période", "Élargissez les filtres.", icon_name="home"))
        return
    st.html(CARDS.format(Markup().join(_card(code, found) for code in PROMISES)))
    if found.cases:
        st.html(small_print(LATEST) + _table(found.cases[:SHOWN], list(PROMISES)))


def open_promise(code: str, scope: Scope, place: Place, period: Period, key: computed.Key) -> None:
    """One promise: its card, and the rehousings behind, by verdict."""
    st.html(BACK.format(filters.address()))
    whole = computed.promises(scope, place, period, code, "", key)
    st.html(CARDS.format(_card(code, whole)))
    words = {ALL: "", **{VERDICTS[verdict].capitalize(): verdict for verdict in VERDICTS}}
    chosen = st.segmented_control("Verdict", list(words), default=ALL, key=f"verdict-{code}") or ALL
    found = computed.promises(scope, place, period, code, words[chosen], key)
    st.html(section("Les relogements", hint="Les dossiers protégés sont comptés, jamais listés."))
    if not found.cases:
        st.html(empty_state("Aucun dossier à lister", "Aucun relogement que vous suivez n’a ce verdict."))
        return
    st.html(_table(found.cases, [code]))


def _card(code: str, found: Promises) -> Markup:
    words = found.words.get(code, {})
    kept, broken, unknown = (words.get(verdict, 0) for verdict in ("kept", "broken", "unverifiable"))
    judged = kept + broken
    clause = next(item for item in clauses() if item.code == code)
    marks = [TO_CONFIRM] if code == "balance" else []
    if not judged:
        marks.append(Badge("Non vérifiable", "warning", "info"))
    if found.set_aside.get(code):
        marks.append(Badge(f"{found.set_aside[code]} avec dérogation", "accent", "scales"))
    return CARD.format(
        word="" if judged else WORD,
        value=f"{round(100 * kept / judged)}{NARROW}%" if judged else "non vérifiable",
        count=f"{kept} sur {judged}" if judged else f"{unknown} relogement{'s' if unknown > 1 else ''}",
        href=filters.address(promise=code),
        title=PROMISES[code],
        definition=DEFINITIONS[code],
        tally=f"Tenue : {kept} · non tenue : {broken} · non vérifiable : {unknown}",
        text=clause.text,
        source=clause.source,
        badges=badges(marks),
    )


def _table(cases: tuple[JudgedCase, ...], codes: list[str]) -> Markup:
    rows = []
    for item in cases:
        row: dict[str, object] = {
            "case": item.id,
            "moved": f"Emménagé le {short_date(item.moved_on)}",
            "place": item.landlord,
            "from": item.commune,
        }
        for code in codes:
            noted = [Badge("Dérogation", "accent", "scales")] if code in item.derogations else []
            row[code] = [verdict_badge(item.verdicts[code]), *noted]
            row[f"{code}_why"] = item.sentences.get(code, "")
        rows.append(row)
    columns = [
        Column("case", "Dossier", second="moved"),
        Column("place", "Bailleur d’origine", second="from"),
        *(Column(code, PROMISES[code], second=f"{code}_why") for code in codes),
    ]
    return case_table(
        rows, columns, caption="Promesses, dossier par dossier", link=lambda row: case_address(row["case"])
    )
