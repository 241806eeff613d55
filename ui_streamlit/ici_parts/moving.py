"""What moving a session would do, drawn above its button: dates, duties, items, cases, who will be told."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.commands.moved import ForeseenMove, MovedCase, Told, foresee_move
from cases.rules.session_move import Dates
from ui_streamlit.ici_parts.words import ITEM_STATES, counted
from ui_streamlit.queue_parts.paging import page_asked, page_bar
from ui_streamlit.session import now
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_address, case_table
from ui_streamlit.widgets.dates import long_date, short_date
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.messages import message

Typed = Mapping[str, Any]
Review = Callable[[Typed, date], None]
SHOWN = 20
OUTLOOKS = {
    "stays_on_time": Badge("reste dans les délais", "success"),
    "stays_late": Badge("reste hors délai", "neutral"),
    "stays_admitted": Badge("reste admise par exception", "neutral"),
    "still_time": Badge("à déposer : encore à temps", "info"),
    "regains_time": Badge("à déposer : de nouveau à temps", "success"),
    "loses_time": Badge("à déposer : devient hors délai", "danger"),
    "no_time": Badge("à déposer : hors délai", "neutral"),
}
FOLD = Markup('<details class="rl-why"><summary>{}</summary>{}</details>')
DATE_COLUMNS = (
    Column("what", "Date"),
    Column("old", "Aujourd’hui"),
    Column("new", "Après"),
    Column("mark", "Effet"),
)
ITEM_COLUMNS = (
    Column("title", "Remontée", second="id"),
    Column("state", "Où elle en est"),
    Column("cases", "Dossiers", "number"),
    Column("mark", "Après le déplacement"),
)
CASE_COLUMNS = (
    Column("id", "Dossier"),
    Column("item", "Remontée"),
    Column("when", "Passe en séance le"),
    Column("mark", "Après le déplacement"),
)
DUTY_COLUMNS = (
    Column("decision", "Décision"),
    Column("body", "Organisme"),
    Column("old", "À exécuter avant le"),
    Column("new", "Après"),
)


def review_of(kind: str, target: str) -> Review | None:
    """None when the form of this action needs no more than its fields."""
    return partial(_review, target) if kind == "move_session" else None


def _review(session_id: str, typed: Typed, _on: date) -> None:
    asked = typed.get("held_on")
    if not asked:
        st.html(
            small_print("Choisissez la nouvelle date : ce qui bougera s’affichera ici avant de confirmer.")
        )
        return
    held_on = asked if isinstance(asked, date) else date.fromisoformat(asked)
    move = foresee_move(session_id, held_on, now=now())
    if not move.held.moved:
        return
    st.html(section("Ce que ce déplacement entraînera"))
    st.html(_figures(move))
    if said := _warnings(move):
        st.html(said)
    st.html(case_table(_dates(move), DATE_COLUMNS, caption="Dates qui changent"))
    if move.items:
        st.html(_items(move))
        _cases(move)
    if move.duties:
        st.html(_duties(move))
    st.html(_told(move))


def _figures(move: ForeseenMove) -> Markup:
    lost, regained = _count(move, "loses_time"), _count(move, "regains_time")
    changed = ("De nouveau à temps", regained) if regained else ("Deviennent hors délai", lost)
    tone = "success" if regained else "danger" if lost else "neutral"
    return figures(
        [
            ("Remontées concernées", len(move.items), counted(len(move.cases), "dossier"), "info"),
            ("Restent dans les délais", _count(move, "stays_on_time"), "jamais remises en cause", "success"),
            (*changed, "brouillons seulement", tone),
            ("Personnes prévenues", len(move.told), "une fois chacune", "info"),
        ]
    )


def _count(move: ForeseenMove, outlook: str) -> int:
    return sum(item.outlook == outlook for item in move.items)


def _warnings(move: ForeseenMove) -> Markup:
    lines = []
    if move.frozen:
        lines.append("La liste est déjà arrêtée : elle ne change pas, et sa date limite non plus.")
    if move.limit_passed:
        lines.append(
            "La nouvelle date limite est déjà passée : la liste s’arrêtera au prochain passage de nuit."
        )
    lines += [
        f"Une autre séance de cette ICI est prévue le {long_date(day)} : l’ordre changera."
        for day in move.crossed
    ]
    kept = sum(not duty.due.moved for duty in move.duties)
    if kept:
        lines.append(
            f"{kept} à exécuter après la nouvelle date de séance, par une date propre à la décision : "
            "une remontée dont rien n’est encore dû ce jour-là attendra la séance suivante."
        )
    return message("warning", "À savoir avant de confirmer", lines) if lines else Markup()


def _dates(move: ForeseenMove) -> list[dict[str, Any]]:
    late = "avancée" if move.held.new < move.held.old else "repoussée"
    limit = Badge("inchangée", "neutral") if not move.limit.moved else Badge(late, "info")
    return [
        _line("Séance", move.held, Badge(late, "info")),
        _line("Dépôt des remontées, jour compris", move.limit, limit),
    ]


def _line(what: str, dates: Dates, mark: Badge) -> dict[str, Any]:
    return {"what": what, "old": short_date(dates.old), "new": short_date(dates.new), "mark": mark}


def _items(move: ForeseenMove) -> Markup:
    carried: dict[str, int] = {}
    for case in move.cases:
        carried[case.escalation_id] = carried.get(case.escalation_id, 0) + 1
    rows = [
        {
            "id": item.id,
            "title": item.title,
            "state": ITEM_STATES[item.state],
            "cases": carried.get(item.id, 0),
            "mark": OUTLOOKS[item.outlook],
        }
        for item in move.items
    ]
    table = case_table(rows[:SHOWN], ITEM_COLUMNS, caption="Remontées concernées")
    if len(rows) > SHOWN:
        rest = case_table(rows[SHOWN:], ITEM_COLUMNS, caption="Suite des remontées")
        table += FOLD.format(f"Voir les {len(rows) - SHOWN} autres remontées", rest)
    return section("Remontées", count=len(rows)) + table


def _cases(move: ForeseenMove) -> None:
    """Every case, by pages: a grouped escalation may carry hundreds."""
    name = f"moved:{move.ici}:{move.held.old}"
    pages = -(-len(move.cases) // SHOWN)
    number = min(page_asked(name), max(pages, 1))
    st.html(section("Dossiers", count=len(move.cases)))
    st.html(
        case_table(
            [_case(move, case) for case in move.cases[(number - 1) * SHOWN : number * SHOWN]],
            CASE_COLUMNS,
            caption="Dossiers concernés",
            link=lambda row: case_address(str(row["id"])),
        )
    )
    page_bar(name, number, pages)


def _case(move: ForeseenMove, case: MovedCase) -> dict[str, Any]:
    when = f"{short_date(move.held.new)}, au lieu du {short_date(move.held.old)}"
    return {"id": case.id, "item": case.escalation_id, "when": when, "mark": OUTLOOKS[case.outlook]}


def _duties(move: ForeseenMove) -> Markup:
    rows = [
        {
            "decision": duty.decision_id,
            "body": duty.body,
            "old": short_date(duty.due.old),
            "new": short_date(duty.due.new) if duty.due.moved else "inchangée : date de la décision",
        }
        for duty in move.duties
    ]
    hint = "Celles attendues pour la séance suivent sa date ; leurs rappels aussi."
    return section("Décisions à exécuter", count=len(rows), hint=hint) + case_table(
        rows, DUTY_COLUMNS, caption="Décisions à exécuter"
    )


def _told(move: ForeseenMove) -> Markup:
    near = [person for person in move.told if not person.called_only]
    called = [person for person in move.told if person.called_only]
    said = Markup().join(
        FOLD.format(words, small_print(_names(people)))
        for people, words in (
            (
                near,
                f"{counted(len(near), 'personne concernée', 'personnes concernées')} (dossier, décision)",
            ),
            (
                called,
                f"{counted(len(called), 'autre personne appelée', 'autres personnes appelées')} à remonter",
            ),
        )
        if people
    )
    hint = "Un message qui n’est pas encore parti est corrigé, pas doublé."
    return section("Qui sera prévenu", count=len(move.told), hint=hint) + said


def _names(people: Sequence[Told]) -> str:
    return ", ".join(person.name for person in people)
