"""The offers of a case: dwelling, money, visit, answer, and the countable test as it was frozen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from cases.labels import FEATURES, LEGITIMACIES, REFUSALS, VISITS
from cases.rules.offer_effects import Effect
from db.queries.case_file import CaseView
from db.queries.case_records import OfferView
from ui_streamlit.case_parts.offer_money import money_table
from ui_streamlit.case_parts.offer_tests import tests_list, unmet
from ui_streamlit.case_parts.people import home_words
from ui_streamlit.case_parts.reviews import effect_words
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_table import in_french
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.facts import facts

STATES: Mapping[str, tuple[str, str]] = {
    "pending": ("En attente de réponse", "info"),
    "accepted": ("Acceptée", "success"),
    "refused": ("Refusée", "warning"),
    "expired": ("Sans réponse", "warning"),
    "annulled": ("Annulée", "neutral"),
    "not_allocated": ("Non attribuée", "neutral"),
}
EDGES = {"pending": "warning", "accepted": "success"}
OPEN_STATES = {"pending", "accepted"}

CARD = Markup(
    '<article class="rl-deadline rl-offer rl-edge-{tone}"><div class="rl-when"><div class="rl-leaf">'
    '<span class="rl-sr">Proposition </span><b>{number}</b>offre</div></div>'
    '<div class="rl-deadline-body"><p class="rl-deadline-title">{title}</p>'
    '<p class="rl-deadline-when">{when}</p><p class="rl-deadline-meta">{badges}</p>'
    "{facts}{said}{money}{checks}</div></article>"
)
STACK = Markup('<div class="rl-stack">{}</div>')
SAID = Markup('<ul class="rl-said">{}</ul>')
ITEM = Markup("<li>{}</li>")
MONEY = Markup('<details class="rl-why rl-money"{open}><summary>{summary}</summary>{table}</details>')
OPEN = Markup(" open")


def offer_cards(view: CaseView) -> Markup:
    """The latest first."""
    return STACK.format(Markup().join(_card(offer, view) for offer in view.offers))


def counter(view: CaseView, needed: int) -> Badge:
    """« Refus comptés : 1 / 3 »: only for a household of a building to empty."""
    count = view.head.countable_refusals
    tone = "danger" if count >= needed else "warning" if count else "neutral"
    return Badge(f"Refus comptés : {count} / {needed}", tone, "scales")


def right_to_stay(view: CaseView) -> list[Badge]:
    """Where the third countable refusal stands: to validate, validated, told to the household."""
    head = view.head
    if head.third_refusal_to_validate:
        return [Badge("Troisième refus à valider", "danger", "scales")]
    if head.third_refusal_validated_on is None:
        return []
    told = head.right_notice_received_on
    notice = f"Notifié le {short_date(told)}" if told else "Notification au ménage à enregistrer"
    ended = head.moved_in_on is not None or head.closed_on is not None
    until = head.right_to_stay_until
    words = (
        f"Droit au maintien jusqu’au {short_date(until)}"
        if until and not ended
        else "Droit au maintien perdu"
    )
    found = [
        Badge(f"Troisième refus validé le {short_date(head.third_refusal_validated_on)}", "accent", "scales")
    ]
    if not ended:
        found += [Badge(words, "danger", "clock"), Badge(notice, "neutral" if told else "warning", "mail")]
    return found


def search_badges(view: CaseView) -> list[Badge]:
    """What stops the search or the lease for now."""
    head, found = view.head, []
    if head.search_paused_until is not None:
        found.append(
            Badge(f"Recherche en pause jusqu’au {short_date(head.search_paused_until)}", "info", "pause")
        )
    if head.committee_rank is not None:
        found.append(Badge(f"Rang {head.committee_rank} en commission", "info", "users"))
    if head.condition_due_on is not None:
        found.append(
            Badge(f"Condition à lever avant le {short_date(head.condition_due_on)}", "warning", "clock")
        )
    return found


def _card(offer: OfferView, view: CaseView) -> Markup:
    return CARD.format(
        tone=EDGES.get(offer.state, "neutral"),
        number=offer.number,
        title=_title(offer),
        when=_when(offer),
        badges=badges(_badges(offer, view.head.kind)),
        facts=facts(_facts(offer)),
        said=_said(offer),
        money=_money(offer),
        checks=tests_list(offer.tests, _verdict(offer), classes=view.classes, opened=False),
    )


def _badges(offer: OfferView, kind: str) -> list[Badge]:
    word, tone = STATES.get(offer.state, (offer.state, "neutral"))
    found = [Badge(word, tone)]
    if kind == "rehousing" and offer.countable is not None:
        if offer.state == "annulled":
            found.append(Badge("Ne compte plus", "neutral", "ban"))
        else:
            counted = Badge("Compte parmi les trois", "danger", "scales")
            found.append(counted if offer.countable else Badge("Ne compte pas", "neutral", "ban"))
    if offer.legitimacy:
        review = offer.legitimacy == "under_review"
        found.append(Badge(LEGITIMACIES[offer.legitimacy], "warning" if review else "neutral", "users"))
    return found


def _title(offer: OfferView) -> str:
    surface = f", {_number(offer.surface_m2)} m²" if offer.surface_m2 is not None else ""
    return f"T{offer.typology} à {offer.commune}{surface}, {offer.landlord}"


def _number(value: object) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".").replace(".", ",") if "." in text else text


def _when(offer: OfferView) -> str:
    parts = [f"Faite le {short_date(offer.offered_on)}"]
    if offer.received_on is not None:
        parts.append(f"reçue le {short_date(offer.received_on)}")
    if offer.answered_on is not None:
        parts.append(f"réponse du {short_date(offer.answered_on)}")
    elif offer.state == "pending":
        parts.append(f"réponse attendue le {short_date(offer.answer_due_on)}")
    return ", ".join(parts)


def _facts(offer: OfferView) -> dict[str, Any]:
    """What is known of the dwelling and of how it was offered; nothing for what is not."""
    known = {
        "Adresse": offer.address,
        "Étage": _floor(offer),
        "Équipements": ", ".join(FEATURES.get(code, code) for code in offer.features or ()),
        "Loyer et charges": _cost(offer),
        **dict(home_words(offer.heating_included, offer.in_qpv)),
        "Visite": _visit(offer),
        "Preuve de réception": offer.proof,
    }
    return {label: value for label, value in known.items() if value}


def _floor(offer: OfferView) -> str:
    if offer.floor is None:
        return ""
    place = "Rez-de-chaussée" if offer.floor == 0 else "Rez-de-jardin" if offer.floor < 0 else ""
    words = place or ("1er étage" if offer.floor == 1 else f"{offer.floor}e étage")
    lift = (
        {True: "avec ascenseur", False: "sans ascenseur"}.get(offer.lift or False)
        if offer.lift is not None
        else ""
    )
    return ", ".join(part for part in (words, lift) if part)


def _visit(offer: OfferView) -> str:
    if not offer.visit_outcome:
        return ""
    said = VISITS[offer.visit_outcome]
    day = f" le {short_date(offer.visit_on)}" if offer.visit_on is not None else ""
    return f"{said}{day}{f' : {offer.visit_words}' if offer.visit_words else ''}"


def _cost(offer: OfferView) -> str:
    if offer.rent is None:
        return ""
    charges = f" + {_number(offer.charges)} € de charges" if offer.charges is not None else ""
    aid = f", aide estimée {_number(offer.housing_aid)} €" if offer.housing_aid is not None else ""
    return f"Loyer {_number(offer.rent)} €{charges}{aid} par mois"


def _said(offer: OfferView) -> Markup:
    """The answer in words, what it brought about, and why it was taken back."""
    lines = []
    if offer.refusal_reasons:
        main, *others = (REFUSALS.get(code, code) for code in offer.refusal_reasons)
        also = f" Aussi : {', '.join(other.lower() for other in others)}." if others else ""
        lines.append(f"Motif principal : {main.lower()}.{also}")
    if offer.refusal_words:
        lines.append(f"« {offer.refusal_words} »")
    lines += [effect_words(_effect(item)) for item in offer.effects or ()]
    if offer.annulled_on is not None:
        former = STATES.get(offer.annulled_from, ("", ""))[0].lower()
        lines.append(
            f"Annulée le {short_date(offer.annulled_on)}{f' (elle était {former})' if former else ''}."
        )
    if offer.annulled_reason:
        lines.append(f"Motif de l’annulation : {offer.annulled_reason}")
    return SAID.format(Markup().join(ITEM.format(line) for line in lines)) if lines else Markup()


def _effect(item: Mapping[str, Any]) -> Effect:
    until = date.fromisoformat(item["until"]) if item["until"] else None
    return Effect(item["kind"], item["reason"], until)


def _money(offer: OfferView) -> Markup:
    if offer.money is None:
        return Markup()
    after, effort = offer.money["net_after"]["value"], offer.money["effort_after"]["value"]
    net = f"reste à charge {_number(after)} €" if after is not None else "reste à charge non calculable"
    rate = f" ; taux d’effort {in_french(float(effort) * 100)} %" if effort is not None else ""
    return MONEY.format(
        open=OPEN if offer.state in OPEN_STATES else "",
        summary=f"Avant et après : {net}{rate}",
        table=money_table(offer.money),
    )


def _verdict(offer: OfferView) -> str:
    day = f", jugée le {date.fromisoformat(offer.judged_on):%d/%m/%Y} et figée" if offer.judged_on else ""
    return f"Offre valable ? {unmet(offer.tests).capitalize()}{day}"
