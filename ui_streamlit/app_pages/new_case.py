"""Nouveau signalement: refer a blocked transfer; for officers, list a household of a building to empty."""

from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.access import may_ever, scope_of
from cases.actor import Role
from db.queries import people
from db.queries.tracking import receipt_facts
from ui_streamlit.case_parts.identifying import chosen_building, of_building
from ui_streamlit.case_parts.receipt import FOR_REFERRER, code_shown, receipt_button
from ui_streamlit.case_parts.referral import TRANSFER_PARTS
from ui_streamlit.case_parts.twins import review_referral
from ui_streamlit.command_form import command_form
from ui_streamlit.session import current_actor, recall, remember
from ui_streamlit.widgets.case_table import case_address
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title, small_print

KINDS = {"refer_transfer": "Mutation bloquée ou complexe", "identify_household": "Ménage à reloger (NPRU)"}
DONE = "new-case-done"
CREATED = Markup(
    '<p class="rl-eyebrow">Référence à noter</p><p class="rl-code">{reference}</p>'
    '<p>Le dossier est ouvert. <a href="{href}">Ouvrir le dossier</a></p>'
)

actor = current_actor()
st.html(
    page_title(
        "Nouveau signalement",
        "Décrivez la situation une seule fois : elle servira au diagnostic, à la recherche et à l’ICI.",
    )
)
offered = [kind for kind in KINDS if may_ever(actor, kind)]
done = recall(DONE)

if not offered:
    st.html(empty_state("Rien à signaler d’ici", "Votre rôle n’ouvre pas de dossier.", icon_name="lock"))
elif done:
    with st.container(border=True, key="rl-receipt"):
        st.html(CREATED.format(reference=done, href=case_address(done)))
        receipt = receipt_facts(scope_of(actor), done)
        if receipt is not None:
            st.html(code_shown(receipt) + small_print(FOR_REFERRER))
            receipt_button(receipt, key="receipt")
    if st.button("Faire un autre signalement"):
        remember(DONE, None)
        st.rerun()
else:
    kind = offered[0]
    if len(offered) > 1:
        chosen = st.segmented_control(
            "Que signalez-vous ?", offered, default=kind, format_func=lambda code: KINDS[code]
        )
        kind = chosen or kind
    own = actor.body_id if actor.role is Role.REHOUSING_OFFICER else None
    given: dict[str, Any] = {
        "options": {"readers": people.readers()},
        "defaults": {"dwelling": {"landlord_id": own}} if own else None,
        "parts": TRANSFER_PARTS,
    }
    if kind == "identify_household":
        given = of_building(actor, chosen_building(actor))
    outcome = command_form(
        kind,
        None,
        key="new",
        actor=actor,
        **given,
        submit="Enregistrer le signalement",
        said="Le signalement est enregistré.",
        review=review_referral(actor),
    )
    if outcome is not None:
        remember(DONE, outcome.reference)
        st.rerun()
