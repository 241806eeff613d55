"""The offers of a case, each with the countable-offer test as it was frozen; the counter n/3."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from cases.labels import REFUSALS
from cases.territory import CERTAINTIES
from db.queries.case_file import CaseView
from db.queries.case_records import CheckView, OfferView
from ui_streamlit.widgets.badges import Badge, badge, badges, icon
from ui_streamlit.widgets.dates import short_date

STATES: Mapping[str, tuple[str, str]] = {
    "pending": ("En attente de réponse", "info"),
    "accepted": ("Acceptée", "success"),
    "refused": ("Refusée", "warning"),
    "expired": ("Sans réponse", "warning"),
    "annulled": ("Annulée", "neutral"),
    "not_allocated": ("Non attribuée", "neutral"),
}
CLASS_WORDS = {
    "social": "détail réservé au suivi social",
    "health_functional": "détail à ouvrir avec un motif (santé)",
    "safety": "détail à ouvrir avec un motif (sécurité)",
}
TO_VALIDATE = "E"

CARD = Markup(
    '<article class="rl-deadline rl-edge-{tone}"><div class="rl-when"><div class="rl-leaf">'
    '<span class="rl-sr">Proposition </span><b>{number}</b>offre</div></div>'
    '<div class="rl-deadline-body"><p class="rl-deadline-title">{title}</p>'
    '<p class="rl-deadline-when">{when}</p><p class="rl-deadline-meta">{badges}</p>'
    "{more}{checks}</div></article>"
)
STACK = Markup('<div class="rl-stack">{}</div>')
PARAGRAPH = Markup("<p>{}</p>")
CHECKS = Markup('<details class="rl-why"><summary>{summary}</summary><dl>{lines}</dl></details>')
CHECK = Markup('<dt>{badge} {label}</dt><dd>{detail}<small class="rl-source">{source}</small></dd>')


def offer_cards(view: CaseView) -> Markup:
    """The latest first."""
    return STACK.format(Markup().join(_card(offer, view.head.kind) for offer in view.offers))


def counter(view: CaseView, needed: int) -> Badge:
    """« Refus comptés : 1 / 3 »: only for a household of a building to empty."""
    count = view.head.countable_refusals
    tone = "danger" if count >= needed else "warning" if count else "neutral"
    return Badge(f"Refus comptés : {count} / {needed}", tone, "scales")


def _card(offer: OfferView, kind: str) -> Markup:
    word, tone = STATES.get(offer.state, (offer.state, "neutral"))
    found = [Badge(word, tone)]
    if kind == "rehousing" and offer.countable is not None:
        counted = Badge("Compte parmi les trois", "danger", "scales")
        found.append(counted if offer.countable else Badge("Ne compte pas", "neutral", "ban"))
    return CARD.format(
        tone={"pending": "warning"}.get(offer.state, "neutral"),
        number=offer.number,
        title=_title(offer),
        when=_when(offer),
        badges=badges(found),
        more=Markup().join(PARAGRAPH.format(line) for line in _more(offer)),
        checks=_checks(offer.tests, offer.judged_on),
    )


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


def _more(offer: OfferView) -> list[str]:
    lines = [offer.address or "", _cost(offer)]
    if offer.refusal_reasons:
        reasons = ", ".join(REFUSALS.get(code, code).lower() for code in offer.refusal_reasons)
        lines.append(f"Motif du refus : {reasons}.")
    if offer.refusal_words:
        lines.append(f"« {offer.refusal_words} »")
    if offer.annulled_reason:
        lines.append(f"Annulée : {offer.annulled_reason}")
    return [line for line in lines if line]


def _cost(offer: OfferView) -> str:
    if offer.rent is None:
        return ""
    charges = f" + {_number(offer.charges)} € de charges" if offer.charges is not None else ""
    aid = f", aide estimée {_number(offer.housing_aid)} €" if offer.housing_aid is not None else ""
    return f"Loyer {_number(offer.rent)} €{charges}{aid} par mois"


def _checks(tests: tuple[CheckView, ...], judged_on: str | None) -> Markup:
    if not tests:
        return Markup()
    failed = sum(not test.passed for test in tests)
    day = f", jugée le {date.fromisoformat(judged_on):%d/%m/%Y}" if judged_on else ""
    verdict = f"{failed} condition{'s' if failed > 1 else ''} non remplie{'s' if failed > 1 else ''}"
    summary = f"Offre valable ? {verdict if failed else 'Toutes les conditions sont remplies'}{day}"
    ordered = sorted(tests, key=lambda test: test.passed)
    return CHECKS.format(summary=summary, lines=Markup().join(_check(test) for test in ordered))


def _check(test: CheckView) -> Markup:
    certainty = CERTAINTIES.get(test.certainty, test.certainty)
    verdict = Badge("Oui", "success") if test.passed else Badge("Non", "danger", "ban")
    hidden = icon("lock") + " " + CLASS_WORDS.get(test.field_class, "détail réservé")
    return CHECK.format(
        badge=badge(verdict),
        label=test.label,
        detail=test.detail if test.detail is not None else hidden,
        source=f"{test.source} · {certainty}",
    )
