"""Probable duplicates: said before a referral is saved, and on the page of a case, with the reasons why."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.access import scope_of
from cases.actor import Actor
from cases.rules.snr_number import oddity
from cases.twins import Resemblances, Twin, identity_of, twins_of_referral
from ui_streamlit.case_parts.head import state_name
from ui_streamlit.session import today
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_table import case_address
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.messages import message

CARD = Markup('<li class="rl-twin"><div>{title}{badge}</div><p>{words}</p>{why}</li>')
CARDS = Markup('<ul class="rl-twins">{}</ul>')
READ = Markup('<a href="{}"><b>{}</b></a> {}')
CLOSED_DOOR = Markup("<b>{}</b>")
WHY = Markup('<p class="rl-muted">{}</p>')
STRENGTHS: Mapping[str, Badge] = {
    "strong": Badge("ressemblance forte", "warning"),
    "possible": Badge("à vérifier", "neutral"),
}
PROTECTED = (
    "Un dossier protégé correspond peut-être : il n’est jamais montré ici. En cas de doute, demandez au "
    "secrétariat des ICI ; les personnes nommées sur un tel dossier sont prévenues à l’enregistrement."
)
NONE_SEEN = "Aucun dossier ouvert à votre connaissance ne ressemble à ce ménage."
MAY_GO_ON = "Vous pouvez enregistrer quand même : les deux dossiers pourront être fusionnés."


def review_referral(actor: Actor) -> Callable[[Mapping[str, Any], date], None]:
    """What the form shows above its button, once the holder or the number is typed."""

    def review(typed: Mapping[str, Any], _: date) -> None:
        number = typed.get("snr_number")
        warning = oddity(number) if number else None
        if warning:
            st.html(message("warning", "Numéro unique inhabituel", [warning]))
        identity = identity_of(typed.get("members") or (), [number])
        if not identity.numbers and not identity.adults:
            return
        found = twins_of_referral(scope_of(actor), identity, today=today())
        if found:
            st.html(section("Ce ménage a peut-être déjà un dossier", count=len(found), hint=MAY_GO_ON))
            st.html(twin_cards(found))
        st.html(small_print(PROTECTED if found else f"{NONE_SEEN} {PROTECTED}"))

    return review


def twin_cards(found: Sequence[Twin]) -> Markup:
    return CARDS.format(Markup().join(_card(twin) for twin in found))


def _card(twin: Twin) -> Markup:
    if not twin.readable:
        return CARD.format(
            title=CLOSED_DOOR.format(twin.id),
            badge=badges([STRENGTHS[twin.strength]]),
            words=f"Suivi par {twin.service} : demandez-lui s’il s’agit du même ménage.",
            why=Markup(),
        )
    return CARD.format(
        title=READ.format(case_address(twin.id), twin.id, twin.name),
        badge=badges([STRENGTHS[twin.strength]]),
        words=_words(twin),
        why=WHY.format(" · ".join(twin.signals)),
    )


def _words(twin: Twin) -> str:
    stage = state_name(str(twin.kind), str(twin.state)).lower()
    since = f", signalé le {short_date(twin.referred_on)}" if twin.referred_on else ""
    return f"{twin.service}{since} · {stage}"


def resemblance_block(found: Resemblances) -> None:
    """« Doublon possible » on the page of a case, and the merges that stand."""
    if found.merges.into is not None:
        link = (case_address(found.merges.into), f"Ouvrir {found.merges.into}")
        st.html(message("info", "Ce dossier est un doublon : il continue ailleurs", link=link))
    for reference, day in found.merges.absorbed:
        st.html(message("info", f"{reference} a été fusionné dans ce dossier", [_merged(day)]))
    if found.twins:
        hint = "Vérifiez, puis fusionnez avec « Fusionner un doublon », ou laissez les deux."
        st.html(section("Doublon possible", count=len(found.twins), hint=hint) + twin_cards(found.twins))


def _merged(day: date) -> str:
    return (
        f"Le {short_date(day)} : ses propositions, recherches, blocages et notes sont ici ; "
        "les deux histoires se lisent ensemble."
    )


def former_numbers(found: Resemblances, current: str | None) -> str | None:
    """« 0592…, 0591… (demande du 12 janvier 2020) » without the number in use."""
    said = [
        f"{number} (demande du {short_date(day)})" if day else number
        for number, day in found.numbers
        if number != "".join((current or "").upper().split())
    ]
    return " ; ".join(said) or None
