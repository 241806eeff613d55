"""Nouveau signalement: refer a blocked transfer; for officers, list a household of a building to empty."""

import streamlit as st
from markupsafe import Markup

from cases.access import may_ever
from cases.actor import Role
from db.queries import people
from ui_streamlit.case_parts.referral import REHOUSING_PARTS, TRANSFER_PARTS
from ui_streamlit.command_form import command_form
from ui_streamlit.session import current_actor, recall, remember
from ui_streamlit.widgets.case_table import case_address
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title

KINDS = {"refer_transfer": "Mutation bloquée ou complexe", "identify_household": "Ménage à reloger (NPRU)"}
DONE = "new-case-done"
CREATED = Markup(
    '<div class="rl-empty"><p class="rl-eyebrow">Référence à noter</p>'
    '<h2 style="font-size:2.6rem;margin:.2rem 0 .6rem;padding:0">{reference}</h2>'
    '<p>Le dossier est ouvert. <a href="{href}">Ouvrir le dossier</a></p></div>'
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
    st.html(CREATED.format(reference=done, href=case_address(done)))
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
    outcome = command_form(
        kind,
        None,
        key="new",
        actor=actor,
        options={"readers": people.readers(), "building_id": people.buildings(own)},
        defaults={"dwelling": {"landlord_id": own}} if own else None,
        hide=("safe_contact",) if kind == "identify_household" else (),
        submit="Enregistrer le signalement",
        parts=TRANSFER_PARTS if kind == "refer_transfer" else REHOUSING_PARTS,
        said="Le signalement est enregistré.",
    )
    if outcome is not None:
        remember(DONE, outcome.reference)
        st.rerun()
