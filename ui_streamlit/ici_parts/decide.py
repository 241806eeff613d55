"""The decision form: its kind and its text in two clicks, who must act and before when, for which cases."""

from typing import Any

import streamlit as st

from cases import territory
from cases.actor import Actor
from cases.labels import DECISIONS
from db.queries import ici
from db.queries.ici_records import Item, SessionView
from db.queries.sitting import Sitting
from ui_streamlit.ici_parts.acts import act
from ui_streamlit.ici_parts.words import counted
from ui_streamlit.session import FormDraft, form_draft, on_screen
from ui_streamlit.widgets.dates import long_date
from ui_streamlit.widgets.headings import small_print

NOBODY = ""
SILENT = {"no_solution", "oriented_elsewhere"}
MOST_DUTIES = 4
WIDEST = 9


def decision_form(view: SessionView, seated: Sitting, item: Item, actor: Actor) -> bool:
    """Draw it; True once the decision is recorded."""
    version = on_screen(f"decide.{item.id}", item.version)
    form = form_draft(actor, f"ici.decide.{view.id}.{item.id}", _defaults(item, view))
    with st.container(border=True):
        st.pills("Décision", list(DECISIONS), format_func=DECISIONS.__getitem__, key=form.key("kind"),
                 on_change=form.save, required=True)  # fmt: skip
        st.text_area("Texte de la décision (sans nom)", key=form.key("text"), on_change=form.save, height=90)
        kind = form.value("kind")
        _bodies_follow(form, item)
        if kind not in SILENT:
            _duties(form, view)
        if kind == "need_widened":
            _widening(form)
        if item.case_count > 1 and kind != "no_solution":
            _which_cases(form, item)
        if seated.present:
            _agreement(form, seated)
        pressed = st.button("Enregistrer et passer au suivant", type="primary", key=f"ici-decide-{item.id}")
    return _record(form, item, actor, version) if pressed else False


def _defaults(item: Item, view: SessionView) -> dict[str, Any]:
    proposed = item.proposed_body_ids[:MOST_DUTIES]
    kind = item.proposed_kind or "body_must_offer"
    found: dict[str, Any] = {"kind": kind, "bodies_for": kind, "text": item.proposal}
    found |= {"cases": [], "duties": max(1, len(proposed)), "abstained": [], "reservation": ""}
    found |= {"communes": [], "typology_min": None, "typology_max": None, "max_cost": None}
    for rank in range(MOST_DUTIES):
        body = proposed[rank] if rank < len(proposed) else NOBODY
        found |= {f"body{rank}": body, f"due{rank}": view.next_on, f"detail{rank}": ""}
    return found


def _bodies_follow(form: FormDraft, item: Item) -> None:
    """The bodies proposed go with the kind proposed: another kind does not make them owe anything."""
    kind, proposed_kind = form.value("kind"), form.defaults["kind"]
    if kind == form.value("bodies_for"):
        return
    st.session_state[form.key("bodies_for")] = kind
    for rank, body in enumerate(item.proposed_body_ids[:MOST_DUTIES]):
        if form.value(f"body{rank}") in {body, NOBODY}:
            st.session_state[form.key(f"body{rank}")] = body if kind == proposed_kind else NOBODY


def _duties(form: FormDraft, view: SessionView) -> None:
    names = {NOBODY: "Choisir"} | ici.bodies()
    for rank in range(form.value("duties")):
        who, when, what = st.columns([6, 5, 6], vertical_alignment="bottom")
        body = form.key(f"body{rank}")
        who.selectbox(
            "Qui doit agir", list(names), format_func=lambda who: names[who], key=body, on_change=form.save
        )
        when.date_input("Avant le", format="DD/MM/YYYY", key=form.key(f"due{rank}"), on_change=form.save)
        what.text_input("Ce qu’il doit faire", key=form.key(f"detail{rank}"), on_change=form.save)
    if form.value("duties") < MOST_DUTIES:
        st.button("Ajouter un organisme", on_click=_one_more, args=(form,), key=f"{form.form}.more",
                  icon=":material/add:")  # fmt: skip
    if any(form.value(f"due{rank}") is None for rank in range(form.value("duties"))):
        until = f"à la prochaine séance, le {long_date(view.next_on)}" if view.next_on else "à six mois"
        st.html(small_print(f"Sans date, l’échéance est fixée {until}."))


def _one_more(form: FormDraft) -> None:
    st.session_state[form.key("duties")] = form.value("duties") + 1
    form.save()


def _widening(form: FormDraft) -> None:
    names = {commune.insee: commune.name for commune in territory.communes()}
    st.multiselect("Communes ajoutées", list(names), format_func=names.__getitem__, key=form.key("communes"),
                   on_change=form.save, placeholder="Choisissez")  # fmt: skip
    low, high, cost = st.columns(3, vertical_alignment="bottom")
    low.number_input("Typologie minimale (T)", 1, WIDEST, key=form.key("typology_min"), on_change=form.save)
    high.number_input("Typologie maximale (T)", 1, WIDEST, key=form.key("typology_max"), on_change=form.save)
    cost.number_input("Loyer et charges au plus (€)", 0, key=form.key("max_cost"), on_change=form.save)


def _which_cases(form: FormDraft, item: Item) -> None:
    st.multiselect(
        "Dossiers concernés (tous si rien n’est choisi)",
        [case.id for case in item.cases if case.ended_on is None],
        key=form.key("cases"),
        on_change=form.save,
        placeholder="Tous les dossiers de la remontée",
    )
    if form.value("cases"):
        st.html(small_print("Les autres dossiers restent remontés : ils passent à la séance suivante."))


def _agreement(form: FormDraft, seated: Sitting) -> None:
    """Recorded collectively: everybody present agrees, unless somebody says otherwise."""
    names = {one.id: f"{one.name} ({one.body})" for one in seated.present}
    agreed = len(names) - len(form.value("abstained"))
    said = bool(form.value("abstained") or form.value("reservation"))
    with st.expander(f"Accord de {counted(agreed, 'présent')} : abstention ou réserve ?", expanded=said):
        st.multiselect(
            "Se sont abstenus", list(names), format_func=names.__getitem__, key=form.key("abstained"),
            on_change=form.save, placeholder="Personne",
        )  # fmt: skip
        st.text_input("Réserve exprimée", key=form.key("reservation"), on_change=form.save)


def _record(form: FormDraft, item: Item, actor: Actor, version: int) -> bool:
    outcome = act(
        "decide", item.id, actor, _data(form), said=f"Décision enregistrée pour {item.id}.", seen=version
    )
    if outcome is None:
        form.save()
        return False
    form.drop()
    return True


def _data(form: FormDraft) -> dict[str, Any]:
    kind = form.value("kind")
    data: dict[str, Any] = {"kind": kind, "text": form.value("text"), "case_ids": form.value("cases")}
    data |= {"abstained_ids": form.value("abstained"), "reservation": form.value("reservation")}
    if kind not in SILENT:
        duties = [_duty(form, rank) for rank in range(form.value("duties"))]
        data["duties"] = [duty for duty in duties if duty["body_id"]]
    if kind == "need_widened":
        data["widening"] = _widened(form)
    return data


def _duty(form: FormDraft, rank: int) -> dict[str, Any]:
    due = form.value(f"due{rank}")
    return {
        "body_id": form.value(f"body{rank}"),
        "due_on": due.isoformat() if due else None,
        "detail": form.value(f"detail{rank}"),
    }


def _widened(form: FormDraft) -> dict[str, Any] | None:
    found = {name: form.value(name) for name in ("communes", "typology_min", "typology_max", "max_cost")}
    given = {name: value for name, value in found.items() if value}
    return given or None
