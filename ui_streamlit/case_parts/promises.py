"""The charter's three promises for one rehousing, as they were frozen at the move; derogations beside."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from markupsafe import Markup

from cases.labels import PROMISE_FACTS, PROMISES, VERDICTS
from cases.territory import CERTAINTIES
from db.queries.case_file import CaseView
from db.queries.follow_up import DerogationView, PromiseView
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_table import cell, in_french
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.headings import section

CARD = Markup(
    '<article class="rl-deadline rl-edge-neutral"><div class="rl-deadline-body">'
    '<p class="rl-deadline-title">{title}</p><p class="rl-deadline-meta">{badges}</p>{lines}{facts}'
    "</div></article>"
)
STACK = Markup('<div class="rl-stack rl-promises">{}</div>')
PARAGRAPH = Markup("<p>{}</p>")
MUTED = Markup('<p class="rl-muted">{}.</p>')
FACTS = Markup(
    '<details class="rl-why"><summary>Les faits et la source</summary><dl>{facts}'
    "<dt>Source</dt><dd>{source}</dd><dt>Certitude</dt><dd>{certainty}</dd></dl></details>"
)
FACT = Markup("<dt>{}</dt><dd>{}</dd>")
TONES: Mapping[str, str] = {"kept": "success", "broken": "danger", "unverifiable": "warning"}
ICONS: Mapping[str, str] = {"unverifiable": "info"}
DOUBTFUL = "E"
TYPOLOGIES = {"typology", "typology_asked"}
RESERVED = "Les faits sont réservés au suivi social."


def verdict_badge(verdict: str) -> Badge:
    return Badge(VERDICTS[verdict].capitalize(), TONES[verdict], ICONS.get(verdict, ""))


def promises_block(view: CaseView) -> Markup:
    """Nothing for a transfer; before the move, only the derogations already noted."""
    if view.after.promises:
        day = short_date(view.after.promises[0].judged_on)
        hint = f"Jugées et figées à l’emménagement du {day} : rien ne les recalcule."
        cards = Markup().join(_card(item) for item in view.after.promises)
        return section("Les trois promesses de la charte", hint=hint) + STACK.format(cards)
    if not view.after.early_derogations:
        return Markup()
    cards = Markup().join(
        CARD.format(title=PROMISES[code], badges=badges([_set_aside()]), lines=_noted(noted), facts="")
        for code, noted in view.after.early_derogations.items()
    )
    hint = "Les promesses seront jugées à l’emménagement."
    return section("Dérogations à la charte", hint=hint) + STACK.format(cards)


def _set_aside() -> Badge:
    return Badge("Dérogation", "accent", "scales")


def _card(item: PromiseView) -> Markup:
    marks = [verdict_badge(item.verdict)]
    if item.certainty == DOUBTFUL:
        marks.append(Badge("à valider", "accent"))
    if item.derogations:
        marks.append(_set_aside())
    said = PARAGRAPH.format(item.sentence or RESERVED) + _before_after(item)
    return CARD.format(
        title=PROMISES[item.code],
        badges=badges(marks),
        lines=said + _noted(item.derogations),
        facts=_facts(item),
    )


def _before_after(item: PromiseView) -> Markup:
    """What a household pays and gains, at a glance; the rest is under the facts."""
    known = item.inputs or {}
    if item.code != "means" or known.get("cost_before") is None or known.get("cost_after") is None:
        return Markup()
    told = [f"Reste à charge : {_words('', known['cost_before'])} € → {_words('', known['cost_after'])} €"]
    if known.get("cost_at_equal_surface") is not None:
        told.append(f"à surface égale, {_words('', known['cost_at_equal_surface'])} €")
    if known.get("effort_before") and known.get("effort_after"):
        told.append(f"taux d’effort : {known['effort_before']} → {known['effort_after']}")
    if known.get("surface_before") and known.get("surface_after"):
        told.append(f"surface : {_area(known['surface_before'])} → {_area(known['surface_after'])}")
    return MUTED.format(" ; ".join(told))


def _area(value: str) -> str:
    return f"{Decimal(value).normalize():f} m²".replace(".", ",")


def _noted(derogations: tuple[DerogationView, ...]) -> Markup:
    return Markup().join(
        PARAGRAPH.format(
            f"Dérogation du {short_date(item.decided_on)}, notée par {item.author} : "
            f"{item.reason or 'motif réservé au suivi social'}"
        )
        for item in derogations
    )


def _facts(item: PromiseView) -> Markup:
    if item.inputs is None:
        return Markup()
    known = [(PROMISE_FACTS[name], _words(name, value)) for name, value in item.inputs.items()]
    return FACTS.format(
        facts=Markup().join(FACT.format(label, cell(value)) for label, value in known),
        source=item.source,
        certainty=CERTAINTIES[item.certainty].capitalize(),
    )


def _words(name: str, value: Any) -> Any:
    """As people write it; None is what nobody knows."""
    if value is None:
        return "non renseigné"
    if name in TYPOLOGIES:
        rooms = value if isinstance(value, list) else [value]
        return " à ".join(f"T{room}" for room in dict.fromkeys(rooms))
    if isinstance(value, str):
        try:
            return in_french(Decimal(value))
        except InvalidOperation:
            return value
    return value
