"""Mails: how many left, which did not and why in the server's own words, and the way to send one again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from cases import desk
from db.queries.mails import Trouble
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import moment
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

OFF = "Aucun serveur d’envoi n’est réglé : les messages restent dans l’application (RELOGEMENT_SMTP_HOST)."


def mails_section(counts: Mapping[str, int], troubles: Sequence[Trouble], server: str, now: datetime) -> None:
    st.html(section("Courriels", hint="Un récapitulatif par personne et par jour ouvré."))
    if not server:
        st.html(message("warning", "Les courriels ne partent pas", [OFF]))
    waiting = counts.get("queued", 0) + counts.get("sending", 0)
    st.html(
        figures(
            [
                ("Envoyés", counts.get("sent", 0), "pris par le serveur", "success"),
                ("En attente", waiting, "partent au prochain passage", "info"),
                ("Refusés", counts.get("refused", 0), "à corriger ici", "danger"),
            ]
        )
    )
    st.html(section("Courriels en difficulté", count=len(troubles)))
    if not troubles:
        st.html(
            empty_state(
                "Tout est parti", "Aucun courriel n’a été refusé ni remis à plus tard.", icon_name="inbox"
            )
        )
        return
    st.html(_table(troubles))
    _again([trouble for trouble in troubles if trouble.state == "refused"], now)


def _table(troubles: Sequence[Trouble]) -> Markup:
    rows = [
        {
            "who": trouble.name,
            "address": trouble.address,
            "at": moment(trouble.written_at),
            "state": Badge("refusé", "danger")
            if trouble.state == "refused"
            else Badge("nouvel essai", "warning"),
            "next": "" if trouble.state == "refused" else f"le {moment(trouble.next_try_at)}",
            "error": trouble.error,
        }
        for trouble in troubles
    ]
    columns = [
        Column("who", "Destinataire", second="address"),
        Column("at", "Écrit le"),
        Column("state", "Situation", second="next"),
        Column("error", "Réponse du serveur"),
    ]
    return case_table(rows, columns, caption="Courriels refusés ou remis à plus tard")


def _again(refused: Sequence[Trouble], now: datetime) -> None:
    """The address is the one that the account has now: correct it first under « Comptes »."""
    if not refused:
        return
    names = {trouble.id: f"{trouble.name}, {trouble.address}" for trouble in refused}
    picked = st.selectbox(
        "Courriel refusé à envoyer de nouveau", list(names), format_func=lambda key: names[key], index=None,
        placeholder="Choisir", help="Corrigez d’abord l’adresse dans la rubrique « Comptes ».",
    )  # fmt: skip
    if picked and st.button("Envoyer de nouveau", key="mail-again"):
        desk.send_again(picked, now=now)
        st.rerun()
