"""Dated settings of the territory: the value in force, its history, and a new value from a day on."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from cases.charter.context import Context
from cases.territory import Setting, clauses
from ui_streamlit.admin_parts.setting_value import CODES, VALUE, ask_value, kept, shown, value_draft
from ui_streamlit.charter_parts.addresses import here
from ui_streamlit.charter_parts.cards import sentence
from ui_streamlit.charter_parts.style import STYLE
from ui_streamlit.command_form import command_form
from ui_streamlit.session import FormDraft
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, Row, case_table, in_french
from ui_streamlit.widgets.dates import figures as day_figures
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

BACK = Markup('<p><a href="{}">← Tous les réglages</a></p>')
GIVE = Markup('<p><a href="{}">Saisir : {}</a></p>')
PAGE = "/administration"
WRAP = Markup('<div class="rl-wrap">{}</div>')
LONG = 60  # characters of a value in the list; the page of the setting gives it whole
TONES = {"A": "success", "B": "success", "C": "info", "D": "neutral", "E": "accent", "unverified": "warning"}


def certainty(setting: Setting) -> Badge:
    return Badge(setting.certainty_label, TONES[setting.certainty])


def value_words(value: Any) -> str:
    """oui or non, figures in French, lists separated by commas, small tables by semicolons."""
    if isinstance(value, tuple):
        nested = any(isinstance(item, tuple) for item in value)
        return (" ; " if nested else ", ").join(value_words(item) for item in value) or "Aucune"
    if isinstance(value, str):
        return CODES.get(value, value)
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
    st.html(section(sentence(setting.label)))
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
    draft = value_draft(actor, awaited, None)
    st.number_input(f"Valeur ({awaited.unit})", value=None, min_value=0.0, **kept(draft))
    if draft.value(VALUE) is None:
        return
    _send(actor, awaited, float(draft.value(VALUE)), draft)


def _change(actor: Actor, setting: Setting) -> None:
    st.html(section("Changer à partir d’une date", hint="Ce qui a déjà été calculé ne change pas."))
    if isinstance(setting.value, tuple) and any(isinstance(item, tuple) for item in setting.value):
        st.html(message("info", "Ce réglage est un tableau", ["Il se change dans le fichier du territoire."]))
        return
    draft = value_draft(actor, setting, shown(setting))
    value = ask_value(setting, draft)
    if value is not None:
        _send(actor, setting, value, draft)


def _send(actor: Actor, setting: Setting, value: Any, draft: FormDraft) -> None:
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
        draft.drop()
        st.rerun()
