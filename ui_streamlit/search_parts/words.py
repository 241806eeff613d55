"""French words of the search between landlords: a dwelling wanted, a dwelling declared, an answer."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cases.labels import ATTEMPTS, FEATURES
from cases.labels.search import NOTHING, RESERVERS
from db.queries.search_needs import NeedAsked
from db.queries.vacancies import VacancyLine
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.dates import short_date

NO_PLACE = "à demander au suivi (dossier protégé)"
ANSWER_TONES: Mapping[str, str] = {
    "offer": "success",
    "none": "warning",
    "silent": "danger",
    "waiting": "info",
}


def typologies(low: int, high: int) -> str:
    return f"T{low}" if low == high else f"T{low} à T{high}"


def wanted(need: NeedAsked) -> str:
    """« T3 à T4, 60 m² au moins »."""
    least = f", {figure(need.surface_min)} m² au moins" if need.surface_min else ""
    return f"{typologies(need.typology_min, need.typology_max)}{least}"


def places(need: NeedAsked) -> str:
    return NO_PLACE if need.protected else ", ".join(need.communes) or "toutes"


def need_facts(need: NeedAsked) -> dict[str, Any]:
    """The dwelling wanted, as it was sent."""
    found: dict[str, Any] = {
        "Logement recherché": wanted(need),
        "Loyer et charges au plus": euros(need.max_cost),
        "Communes": places(need),
        "Adressée le": need.asked_on,
    }
    if need.features:
        found["Équipements attendus"] = ", ".join(FEATURES[code].lower() for code in need.features)
    return found


def answer_badge(answer: str) -> Badge:
    return Badge(ATTEMPTS.get(answer, answer), ANSWER_TONES.get(answer, "neutral"))


def answer_words(answer: str, reason: str | None, dwelling: str | None, detail: str | None) -> str | None:
    """Why there is nothing, or which dwelling; then what was added."""
    parts = [NOTHING.get(reason or "", ""), dwelling or "", detail or ""] if answer != "waiting" else []
    return ". ".join(part.rstrip(".") for part in parts if part) or None


def title_of(line: VacancyLine) -> str:
    """« T3 de 66 m², 8 rue du Parc, Tourcoing »."""
    surface = f" de {figure(line.surface_m2)} m²" if line.surface_m2 else ""
    return f"T{line.typology}{surface}, {line.address}, {line.commune_name}"


def cost_of(line: VacancyLine) -> str | None:
    if line.rent is None:
        return None
    if line.charges is None:
        return f"{euros(line.rent)}, charges à préciser"
    return f"{euros(line.rent + line.charges)} charges comprises"


def floor_of(line: VacancyLine) -> str:
    """« 2e étage, ascenseur, douche de plain-pied »."""
    floors = {None: "", 0: "rez-de-chaussée", 1: "1er étage", -1: "rez-de-jardin"}
    lift = {True: "ascenseur", False: "sans ascenseur", None: ""}[line.lift if line.floor != 0 else None]
    others = [FEATURES[code].lower() for code in line.features if code not in {"lift", "ground_floor"}]
    return ", ".join(part for part in (floors.get(line.floor, f"{line.floor}e étage"), lift, *others) if part)


def reserver_badge(line: VacancyLine) -> Badge:
    """Whose right it is to name candidates."""
    if line.reserver == "landlord":
        return Badge("Non réservé", "neutral")
    return Badge(f"Réservé : {RESERVERS[line.reserver]}", "accent", "flag")


def since_words(line: VacancyLine, today: date) -> str:
    if line.available_from is not None and line.available_from > today:
        return f"libre le {short_date(line.available_from)}"
    return "libre"


def figure(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def euros(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:,.0f}\u00a0€".replace(",", "\u00a0")
