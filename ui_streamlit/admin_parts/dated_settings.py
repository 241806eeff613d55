"""Dated settings of the territory: the value in force, its history, and a new value from a day on."""

import re
from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from cases.charter.context import Context
from cases.labels import COMMANDS
from cases.registry import CASE
from cases.registry import COMMANDS as HANDLERS
from cases.territory import Setting, clauses
from ui_streamlit.charter_parts.addresses import here
from ui_streamlit.charter_parts.cards import sentence
from ui_streamlit.charter_parts.style import STYLE
from ui_streamlit.command_form import command_form
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, Row, case_table, in_french
from ui_streamlit.widgets.dates import figures as day_figures
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.messages import message

BACK = Markup('<p><a href="{}">← Tous les réglages</a></p>')
GIVE = Markup('<p><a href="{}">Saisir : {}</a></p>')
PAGE = "/administration"
WRAP = Markup('<div class="rl-wrap">{}</div>')
LONG = 60  # characters of a value in the list; the page of the setting gives it whole
TONES = {"A": "success", "B": "success", "C": "info", "D": "neutral", "E": "accent", "unverified": "warning"}
NUMBER = re.compile(r"-?\d+([.,]\d+)?")


def certainty(setting: Setting) -> Badge:
    return Badge(setting.certainty_label, TONES[setting.certainty])


def value_words(value: Any) -> str:
    """oui or non, figures in French, lists separated by commas, small tables by semicolons."""
    if isinstance(value, tuple):
        nested = any(isinstance(item, tuple) for item in value)
        return (" ; " if nested else ", ").join(
            value_words(COMMANDS.get(item, item)) for item in value
        ) or "Aucune"
    return str(in_french(value)) if not isinstance(value, float) else f"{value:g}".replace(".", ",")


def settings_section(actor: Actor, context: Context) -> None:
    """One setting when the address names it, else all of them."""
    asked = st.query_params.get("reglage")
    if asked and context.settings.has(asked, context.today):
        _one(actor, context.settings.setting(asked, context.today), context)
        return
    awaited = context.settings.pattern(asked) if asked else None
    if awaited is not None:
        give(actor, awaited)
        return
    found = context.settings.all_on(context.today)
    st.html(
        section(
            "Réglages en vigueur", count=len(found), hint="Un réglage change à une date, jamais en arrière."
        )
    )
    wanted = st.text_input(
        "Chercher un réglage", placeholder="délai, seuil, ICI…", key="settings-search"
    ).lower()
    shown = [item for item in found if wanted in f"{item.label} {item.key} {item.source}".lower()]
    st.html(_table(shown))
    _missing(context)
    _clauses()


def _table(found: Sequence[Setting]) -> Markup:
    columns = [
        Column("label", "Réglage", second="source"),
        Column("value", "Valeur", second="unit"),
        Column("since", "Depuis"),
        Column("certainty", "Certitude"),
    ]
    table = case_table(
        [_short(item) for item in found],
        columns,
        caption="Réglages en vigueur",
        link=lambda row: here(PAGE, {"rubrique": "reglages", "reglage": row["key"]}),
    )
    return STYLE + WRAP.format(table)


def _row(item: Setting) -> Row:
    return {
        "key": item.key,
        "label": sentence(item.label),
        "source": sentence(item.source),
        "value": value_words(item.value),
        "unit": sentence(item.unit),
        "since": day_figures(item.valid_from),
        "certainty": certainty(item),
    }


def _short(item: Setting) -> Row:
    words = value_words(item.value)
    return {**_row(item), "value": words if len(words) <= LONG else f"{words[: LONG - 1]}…"}


def _missing(context: Context) -> None:
    missing = context.settings.missing
    st.html(
        section("Valeurs que personne n’a données", count=len(missing), hint="Rien n’est calculé sans elles.")
    )
    rows = [{"key": item.key, "label": sentence(item.label), "why": sentence(item.why)} for item in missing]
    columns = [Column("label", "Valeur"), Column("why", "Pourquoi")]
    st.html(case_table(rows, columns, caption="Valeurs manquantes") + _to_give(context))


def _to_give(context: Context) -> Markup:
    """The way to those that may be entered here."""
    return Markup().join(
        GIVE.format(here(PAGE, {"rubrique": "reglages", "reglage": item.key}), sentence(item.label))
        for item in context.settings.missing
        if item.like is not None
    )


def _clauses() -> None:
    unread = [clause for clause in clauses() if clause.status == "unverified"]
    hint = "Tant qu’elles ne sont pas lues, ce qu’elles promettent est « non vérifiable »."
    st.html(section("Clauses de la charte non lues", count=len(unread), hint=hint))
    rows = [
        {"title": sentence(clause.title), "text": sentence(clause.text), "source": sentence(clause.source)}
        for clause in unread
    ]
    columns = [Column("title", "Clause"), Column("text", "Ce qui en tient lieu", second="source")]
    st.html(case_table(rows, columns, caption="Clauses non lues"))


def _one(actor: Actor, setting: Setting, context: Context) -> None:
    st.html(BACK.format(here(PAGE, {"rubrique": "reglages"})))
    st.html(section(sentence(setting.label), hint=setting.key))
    st.html(
        facts(
            {
                "Valeur en vigueur": f"{value_words(setting.value)} ({sentence(setting.unit)})",
                "Depuis le": setting.valid_from,
                "Source": sentence(setting.source),
                "Certitude": certainty(setting),
            }
        )
    )
    st.html(section("Histoire"))
    history = [_row(item) for item in reversed(context.settings.history(setting.key))]
    columns = [
        Column("since", "À partir du"),
        Column("value", "Valeur"),
        Column("source", "Source ou décision"),
    ]
    st.html(case_table(history, columns, caption="Valeurs successives"))
    _change(actor, setting)


def give(actor: Actor, awaited: Setting) -> None:
    """A value that nobody has given yet: dated, with the text that gives it."""
    st.html(BACK.format(here(PAGE, {"rubrique": "reglages"})))
    st.html(section(sentence(awaited.label), hint=sentence(awaited.source)))
    value = st.number_input(
        f"Valeur ({awaited.unit})", value=None, min_value=0.0, key=f"setting-value-{awaited.key}"
    )
    if value is None:
        return
    _send(actor, awaited, float(value))


def _change(actor: Actor, setting: Setting) -> None:
    st.html(section("Changer à partir d’une date", hint="Ce qui a déjà été calculé ne change pas."))
    if isinstance(setting.value, tuple) and any(isinstance(item, tuple) for item in setting.value):
        st.html(message("info", "Ce réglage est un tableau", ["Il se change dans le fichier du territoire."]))
        return
    value = _ask(setting)
    if value is not None:
        _send(actor, setting, value)


def _send(actor: Actor, setting: Setting, value: Any) -> None:
    done = command_form(
        "change_setting",
        None,
        key=f"setting-{setting.key}",
        actor=actor,
        hide=("key", "value", "occurred_on"),
        defaults={"key": setting.key, "value": value},
        submit="Changer ce réglage",
    )
    if done is not None:
        st.rerun()


def _ask(setting: Setting) -> Any:
    """A field of the same kind as the present value; None while what is typed is not of that kind."""
    present, key, label = setting.value, f"setting-value-{setting.key}", "Nouvelle valeur"
    if isinstance(present, tuple) and setting.key == "four_eyes_commands":
        return _ask_actions(present, key)
    if isinstance(present, bool):
        words = st.radio(label, ["oui", "non"], index=0 if present else 1, key=key, horizontal=True)
        return words == "oui"
    if isinstance(present, int):
        return int(st.number_input(label, value=present, step=1, key=key))
    if isinstance(present, float):
        return float(st.number_input(label, value=present, key=key))
    if isinstance(present, str):
        return st.text_input(label, value=present, key=key).strip() or None
    return _ask_list(present, key)


def _ask_actions(present: tuple[Any, ...], key: str) -> list[str]:
    """Actions on a case by their French names; none is an answer."""
    names = {handler.name: COMMANDS[handler.name] for handler in HANDLERS.values() if handler.about == CASE}
    return st.multiselect(
        "Actions à faire à deux",
        sorted(names, key=names.__getitem__),
        default=list(present),
        format_func=names.__getitem__,
        placeholder="Aucune",
        key=key,
    )


def _ask_list(present: tuple[Any, ...], key: str) -> list[Any] | None:
    typed = st.text_area(
        "Nouvelles valeurs, une par ligne", "\n".join(str(item) for item in present), key=key
    )
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    kind = type(present[0]) if present else str
    if kind is str:
        return lines or None
    if not lines or not all(NUMBER.fullmatch(line) for line in lines):
        st.html(small_print("Un nombre par ligne, s’il vous plaît."))
        return None
    numbers = [float(line.replace(",", ".")) for line in lines]
    return [int(number) for number in numbers] if kind is int else list(numbers)
