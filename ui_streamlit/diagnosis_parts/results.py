"""Results of a diagnosis in words: the value, then what it rests on: inputs, source, certainty."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from cases.territory import CERTAINTIES
from ui_streamlit.widgets.badges import Badge, badge
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.messages import message

Found = Mapping[str, Any]
NBSP = "\u00a0"
GROUPS = {
    "very_modest": "Très modeste",
    "modest": "Modeste",
    "intermediate": "Intermédiaire",
    "higher": "Plus élevé",
}
CLASSES = {
    "PLAI": "PLAI (le plus social)",
    "PLUS": "PLUS",
    "PLS": "PLS",
    "above": "Au-dessus des plafonds",
}


def number(value: Any) -> str:
    """« 1 234,5 », from a decimal or its text."""
    amount = Decimal(str(value))
    text = f"{amount:,f}".replace(",", NBSP)
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    return f"{whole},{rest:0<2}" if len(rest) == 1 and amount % 1 else f"{whole},{rest}" if rest else whole


def euros(value: Any, after: str = "") -> str:
    return f"{number(value).replace('-', '−')}{NBSP}€{after}"


def percent(ratio: Any) -> str:
    """« 28,5 % » for 0.285."""
    text = f"{Decimal(str(ratio)) * 100:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}{NBSP}%"


def _yes_no(value: Any) -> str:
    return "Oui" if value else "Non"


def _rooms(value: Any) -> str:
    if not value:
        return "Juste la norme"
    count = f"{abs(value)}{NBSP}pièce{'s' if abs(value) > 1 else ''}"
    return f"{count} en moins" if value < 0 else f"{count} en plus"


def _typology(value: Any) -> str:
    low, high = value
    return f"T{low}" if low == high else f"T{low} à T{high}"


def _units(value: Any) -> str:
    return f"{str(value).rstrip('0').rstrip('.').replace('.', ',')}{NBSP}UC"


# code → label, words, and whether True or a lack is worth an alert.
Line = tuple[str, Callable[[Any], str], bool]
OCCUPATION: Mapping[str, Line] = {
    "over_occupied_by_surface": ("Sur-occupation (surface légale)", _yes_no, True),
    "rooms_index": ("Pièces, selon la norme de peuplement", _rooms, True),
    "manifest_by_rooms": ("Sur-occupation manifeste (pièces)", _yes_no, True),
    "under_occupied": ("Sous-occupation", _yes_no, True),
}
MEANS: Mapping[str, Line] = {
    "need_typology": ("Typologie usuelle", _typology, False),
    "consumption_units": ("Unités de consommation", _units, False),
    "resources_per_uc": ("Ressources par UC", lambda value: euros(value, " par an"), False),
    "first_quartile": ("Premier quartile", _yes_no, False),
    "retained_income": ("Revenu retenu", lambda value: euros(value, " par an"), False),
    "income_group": ("Groupe de ressources", lambda value: GROUPS[value], False),
    "financing_class": ("Accès au logement social", lambda value: CLASSES[value], False),
    "ceiling_plai": ("Plafond PLAI", lambda value: euros(value, " par an"), False),
    "ceiling_plus": ("Plafond PLUS", lambda value: euros(value, " par an"), False),
    "ceiling_pls": ("Plafond PLS", lambda value: euros(value, " par an"), False),
}
HOUSING: Mapping[str, Line] = {
    "net_housing_cost": ("Reste à charge", lambda value: euros(value, " par mois"), False),
    "effort_rate": ("Taux d’effort", percent, False),
    "residual_income": ("Reste pour vivre", lambda value: euros(value, " par jour et par UC"), False),
    "residual_alert": ("Sous le seuil d’alerte", _yes_no, True),
}
INPUTS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "persons": ("Personnes", str),
    "surface_m2": ("Surface habitable", lambda value: f"{number(value)}{NBSP}m²"),
    "legal_minimum_m2": ("Minimum légal", lambda value: f"{number(value)}{NBSP}m²"),
    "rooms": ("Pièces habitables", str),
    "rooms_norm": ("Pièces de la norme", str),
    "rooms_index": ("Écart à la norme", _rooms),
    "manifest_lack": ("Manque manifeste à partir de", lambda value: f"{value}{NBSP}pièces"),
    "couple": ("En couple", _yes_no),
    "ages": ("Âges", lambda value: ", ".join(str(age) for age in value)),
    "monthly_resources": ("Ressources", lambda value: euros(value, " par mois")),
    "consumption_units": ("Unités de consommation", _units),
    "resources_per_uc": ("Ressources par UC", lambda value: euros(value, " par an")),
    "threshold": ("Seuil de l’année", lambda value: euros(value, " par an")),
    "rsa_equivalent": ("RSA équivalent", lambda value: euros(value, " par mois")),
    "yearly_income": ("Revenu comparé", lambda value: euros(value, " par an")),
    "plus_ceiling": ("Plafond PLUS", lambda value: euros(value, " par an")),
    "reference_income": ("Revenu fiscal de référence", lambda value: euros(value, " par an")),
    "later_income": ("Revenus plus récents", lambda value: euros(value, " par an")),
    "drop_percent": ("Baisse exigée", lambda value: f"{value}{NBSP}%"),
    "year": ("Barème de", str),
    "category": ("Catégorie de ménage", str),
    "ceiling": ("Plafond", lambda value: euros(value, " par an")),
    "rent": ("Loyer", euros),
    "charges": ("Charges", euros),
    "housing_aid": ("Aide au logement", euros),
    "rent_cut": ("Réduction de loyer", euros),
    "extras": ("Surloyer et forfaits", euros),
    "net_cost": ("Reste à charge", euros),
    "burdens": ("Autres charges fixes", euros),
    "residual_income": ("Reste pour vivre", euros),
    "residual_alert": ("Seuil d’alerte", lambda value: euros(value, " par jour et par UC")),
    "before": ("Avant", euros),
    "after": ("Après", euros),
}
RESULT = Markup(
    '<details class="rl-result"><summary><span>{label}</span><span class="rl-result-value">{value}</span>'
    "</summary><ul>{lines}</ul></details>"
)
CARD = Markup('<div class="rl-results">{}</div>')
LINE = Markup("<li>{}</li>")
TITLE = Markup('<p class="rl-result-title">{}</p>')
GROUPS_SHOWN = (("Occupation du logement", OCCUPATION), ("Ressources", MEANS), ("Coût du logement", HOUSING))


def results_card(results: Mapping[str, Any]) -> Markup:
    """Three groups: occupation, resources, cost; both occupation indexes one under the other."""
    found = {**results.get("occupancy", {}), **(results.get("means") or {})}
    parts = []
    for title, lines in GROUPS_SHOWN:
        shown = [_result(found[code], line) for code, line in lines.items() if code in found]
        parts += [TITLE.format(title), *shown] if shown else []
    if not parts:
        return message("info", "Aucun résultat n’est calculé pour ce diagnostic.")
    return CARD.format(Markup().join(parts))


def _result(found: Found, line: Line) -> Markup:
    """The value and its doubt; opened, what it rests on."""
    label, words, alert = line
    return RESULT.format(
        label=label,
        value=_value(found, words, alert),
        lines=Markup().join(LINE.format(reason) for reason in because(found)),
    )


def _value(found: Found, words: Callable[[Any], str], alert: bool) -> Markup:
    value = found["value"]
    if value is None:
        return badge(Badge(_lacking(found), "warning"))
    bad = alert and (value is True or (not isinstance(value, bool) and value < 0))
    said = badge(Badge(words(value), "warning", "alert")) if bad else escape(words(value))
    return said + badge(Badge("à valider", "neutral", "info")) if found["certainty"] == "E" else said


def _lacking(found: Found) -> str:
    codes = {reason["code"] for reason in found["missing"]}
    return "seuil non renseigné" if codes == {"threshold_missing"} else "information manquante"


def because(found: Found) -> Iterator[str]:
    """What lacks, the inputs, the note, the source with how sure it is."""
    yield from (reason["sentence"] for reason in found["missing"])
    known = [
        f"{INPUTS[name][0]} : {INPUTS[name][1](value)}"
        for name, value in found["inputs"].items()
        if value is not None and name in INPUTS
    ]
    if known:
        yield " ; ".join(known) + "."
    if found["note"]:
        yield found["note"]
    yield f"Source : {found['source']} ({CERTAINTIES.get(found['certainty'], found['certainty'])})."


def split_lines(split: Mapping[str, Any], names: Mapping[str, str]) -> Markup:
    """Who could leave for a dwelling of their own: present long enough?"""
    shown: dict[str, Any] = {}
    for person, found in split.items():
        since = found["inputs"]["present_since"]
        words = (
            "depuis une date inconnue"
            if since is None
            else f"depuis le {short_date(date.fromisoformat(since))}"
        )
        years = found["inputs"]["years"]
        enough = found["value"]
        verdict = (
            Badge("date d’arrivée à renseigner", "warning")
            if enough is None
            else Badge(f"plus de {years} ans, {words}", "success")
            if enough
            else Badge(f"moins de {years} ans, {words}", "warning")
        )
        shown[names.get(person, "Personne partie")] = verdict
    return TITLE.format("Décohabitation envisagée") + facts(shown) if shown else Markup()
