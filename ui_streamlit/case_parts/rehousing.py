"""What the demolition means for this household: next act, stay elsewhere, group, succession, costs."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.labels.operation import COSTS, GROUPED, PAYERS, STAYS
from db.queries.case_file import SOCIAL, CaseView
from db.queries.case_rehousing import Stay, Succession
from ui_streamlit.case_parts.people import home_words, money
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_table import Column, case_table, in_french
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.deadline_card import deadline_badge
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.headings import section, small_print

CONDITIONS: Mapping[str, str] = {
    "presence": "Présence d’un an dans le logement",
    "ceilings": "Plafond de ressources (PLUS)",
    "occupation": "Logement non sous-occupé",
}
INPUTS: Mapping[str, str] = {
    "present_since": "présent depuis le {}",
    "died_on": "décès le {}",
    "reference_income": "revenu fiscal {} €",
    "ceiling": "plafond {} €",
    "rooms": "{} pièces",
    "persons": "{} personne(s)",
}
ANSWERS: Mapping[str, Badge] = {
    "waiting": Badge(GROUPED["waiting"], "warning"),
    "joined": Badge(GROUPED["joined"], "success"),
    "declined": Badge(GROUPED["declined"], "info"),
    "ended": Badge(GROUPED["ended"], "neutral"),
}
TO_SHOW = {True: Badge("remplie", "success"), False: Badge("non remplie", "danger")}


def rehousing_sections(view: CaseView, today: date) -> None:
    """Only what this household has; nothing for most transfers."""
    for block in (_acts(view, today), _stays(view), _groups(view), _successions(view), _costs(view)):
        if block:
            st.html(block)


def rehousing_badges(view: CaseView) -> list[Badge]:
    found = view.rehousing
    shown = [Badge("Décohabitation", "info")] if found.twins else []
    if found.vacate_changes:
        shown.append(Badge(f"Date de libération changée {found.vacate_changes} fois", "warning", "calendar"))
    return shown


def _acts(view: CaseView, today: date) -> Markup:
    if not view.rehousing.acts:
        return Markup()
    rows = [
        {
            "what": act.what,
            "result": act.result or None,
            "who": act.who,
            "due": act.due_on,
            "late": deadline_badge(act.due_on, today)
            if act.answer == "waiting"
            else Badge(f"faite le {short_date(act.answered_on)}", "success")
            if act.answer == "done" and act.answered_on
            else Badge("sans objet", "neutral"),
        }
        for act in view.rehousing.acts
    ]
    columns = [
        Column("what", "Ce qui est prévu", second="result"),
        Column("who", "Par qui"),
        Column("due", "Avant le", second="late"),
    ]
    return section("Prochaines actions") + case_table(rows, columns, caption="Actions prévues")


def _stays(view: CaseView) -> Markup:
    if not view.rehousing.stays:
        return Markup()
    return section("Relogement provisoire") + Markup().join(
        _stay(view, stay) for stay in view.rehousing.stays
    )


def _stay(view: CaseView, stay: Stay) -> Markup:
    slips = [slip for slip in view.rehousing.slips if slip.stay_id == stay.id]
    known: dict[str, Any] = {
        "Logement provisoire": stay.dwelling,
        "Depuis le": stay.moved_on,
        "Convention du": stay.convention_on,
        "Différence payée par": PAYERS.get(stay.difference_paid_by or "", None),
        "Droit de retour": stay.right_of_return,
        **_paid(stay),
        "Retour prévu d’abord le": stay.first_return_on,
        "Retour prévu le": None if stay.ended_on else view.head.return_planned_on,
        "Issue": STAYS.get(stay.outcome, stay.outcome),
    }
    if stay.ended_on:
        known |= {
            "Retour prévu le": slips[0].after if slips else stay.first_return_on,
            "Terminé le": stay.ended_on,
        }
    if stay.renounced_on:
        known |= {"Renonciation écrite du": stay.renounced_on, "Document": stay.document or None}
    shown = facts(known)
    if not slips:
        return shown
    rows = [
        {
            "at": slip.changed_on,
            "change": f"{short_date(slip.before) if slip.before else 'sans date'} → {short_date(slip.after)}",
            "reason": slip.reason,
            "told": slip.told_on,
        }
        for slip in slips
    ]
    columns = [
        Column("at", "Décalé le"),
        Column("change", "Date de retour"),
        Column("reason", "Motif"),
        Column("told", "Ménage informé"),
    ]
    moved = small_print(f"Date de retour changée {len(slips)} fois.")
    return shown + moved + case_table(rows, columns, caption="Décalages du retour")


def _paid(stay: Stay) -> dict[str, str]:
    """What is known of the dwelling lived in for a time, should it become the final one."""
    cost = " + ".join(filter(None, (money(stay.rent), money(stay.charges))))
    said = {"Loyer et charges": cost} if cost else {}
    return said | dict(home_words(stay.heating_included, stay.in_qpv))


def _groups(view: CaseView) -> Markup:
    if not view.rehousing.groups:
        return Markup()
    rows = [
        {
            "name": group.name,
            "words": group.words or None,
            "answer": ANSWERS[group.answer],
            "due": group.answered_on or group.answer_due_on,
            "what": "répondu" if group.answered_on else "attendu",
        }
        for group in view.rehousing.groups
    ]
    columns = [
        Column("name", "Solution groupée", second="words"),
        Column("answer", "Réponse du ménage"),
        Column("due", "Date", second="what"),
    ]
    hint = "Décliner n’est pas un refus d’offre : seul un refus d’une proposition individuelle peut compter."
    return section("Solution groupée", hint=hint) + case_table(rows, columns, caption="Solutions groupées")


def _successions(view: CaseView) -> Markup:
    return Markup().join(_succession(view, item) for item in view.rehousing.successions)


def _succession(view: CaseView, item: Succession) -> Markup:
    title = section(f"Changement de titulaire, après le décès du {short_date(item.died_on)}")
    began = small_print("Le compteur des refus valables est reparti de zéro.")
    if not view.sees(SOCIAL) or item.findings is None:
        return title + began
    rows = [
        {
            "what": CONDITIONS[found["code"]],
            "inputs": found["note"] or _inputs(found["inputs"]),
            "met": TO_SHOW.get(found["value"], Badge("non renseignée", "warning")),
            "source": found["source"],
            "doubt": "à valider" if found["certainty"] == "E" else None,
        }
        for found in item.findings
    ]
    columns = [
        Column("what", "Condition du transfert", second="inputs"),
        Column("met", "Résultat"),
        Column("source", "Source", second="doubt"),
    ]
    table = Markup('<div class="rl-wrap">{}</div>').format(
        case_table(rows, columns, caption="Conditions du transfert du bail")
    )
    why = small_print(f"Motif du bailleur : {item.derogation}") if item.derogation else Markup()
    return title + began + table + why


def _inputs(known: Mapping[str, Any]) -> str:
    return ", ".join(
        words.format(_plain(name, known[name]))
        for name, words in INPUTS.items()
        if known.get(name) is not None
    )


def _plain(name: str, value: Any) -> Any:
    if name.endswith(("_on", "_since")):
        return short_date(date.fromisoformat(value))
    return in_french(Decimal(value)) if name in {"reference_income", "ceiling"} else value


def _costs(view: CaseView) -> Markup:
    costs = view.rehousing.costs
    if not costs:
        return Markup()
    rows = [
        {
            "kind": COSTS[cost.kind],
            "detail": cost.detail or None,
            "amount": cost.amount,
            "paid_by": PAYERS[cost.paid_by],
            "on": cost.spent_on,
            "off": Badge("annulée", "neutral", "ban") if cost.annulled_reason else None,
        }
        for cost in costs
    ]
    columns = [
        Column("kind", "Dépense", second="detail"),
        Column("amount", "Montant (€)", "number", second="off"),
        Column("paid_by", "Payé par"),
        Column("on", "Le"),
    ]
    kept = [cost.amount for cost in costs if not cost.annulled_reason]
    total = small_print(f"Total : {in_french(sum(kept, Decimal(0)))} €.")
    table = case_table(rows, columns, caption="Déménagement et travaux")
    return section("Déménagement et travaux") + table + total


def split_note(view: CaseView) -> Markup:
    """The badges and the other case of a décohabitation."""
    shown = rehousing_badges(view)
    if not shown:
        return Markup()
    twins = view.rehousing.twins
    words = f"Autre ménage issu du même logement : {', '.join(twins)}." if twins else ""
    return badges(shown) + (small_print(words) if words else Markup())
