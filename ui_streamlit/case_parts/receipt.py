"""The receipt of a referral: the code that follows it without naming anybody, shown and printed."""

from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup

import templates
from cases.tracking import spaced
from db.queries.tracking import ReceiptFacts
from ui_streamlit.tracking_page import ADDRESS

FOR_REFERRER = "Pour la personne qui a signalé : une étape et une date, sans nom, ni commune, ni service."
CODE = Markup(
    '<div class="rl-receipt"><p class="rl-eyebrow">Code de suivi</p><p class="rl-code">{}</p></div>'
)


def code_shown(facts: ReceiptFacts) -> Markup:
    return CODE.format(spaced(facts.code))


def receipt_button(facts: ReceiptFacts, *, key: str) -> None:
    """The HTML page to print; its name says the reference and nothing else."""
    st.download_button(
        "Télécharger le reçu à imprimer",
        templates.receipt(
            reference=facts.reference,
            code=spaced(facts.code),
            referred_on=facts.referred_on,
            referrer=facts.referrer,
            address=public_address(),
            answer_due_on=facts.answer_due_on,
        ),
        file_name=f"recu-{facts.reference}.html",
        mime="text/html",
        key=key,
        on_click="ignore",
    )


def public_address() -> str:
    """The public page as the person's browser reaches this product."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}{ADDRESS}" if here.netloc else ADDRESS
