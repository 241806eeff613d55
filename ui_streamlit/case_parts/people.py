"""The household, its present dwelling, the diagnosis and the need: what is known of the situation."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from markupsafe import Markup

from cases import territory
from cases.labels import FEATURES, LITERALS, OBSTACLES
from cases.rules.admissibility import CRITERIA, EVIDENCE
from db.queries.case_file import HEALTH, SAFETY, SOCIAL, CaseView
from db.queries.case_people import Diagnosis, NeedSheet, Person
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.facts import facts

TO_OPEN = Badge("à ouvrir avec un motif", "neutral", "lock")


def money(value: Any) -> str | None:
    """« 480,50 € »."""
    if value is None:
        return None
    whole = f"{value:,.2f}".replace(",", " ").replace(".", ",")
    return f"{whole.removesuffix(',00')} €"


def household_facts(view: CaseView, former_numbers: str | None = None) -> Markup:
    return facts(dict(_household(view, former_numbers)))


def _household(view: CaseView, former_numbers: str | None) -> Iterator[tuple[str, Any]]:
    head = view.head
    here = sum(person.here for person in view.persons)
    yield "Composition", f"{here} personne{'s' if here > 1 else ''} dans le logement"
    if head.kind == "transfer":
        stated = " ; ".join(CRITERIA[code].label for code in head.criteria if code in CRITERIA)
        yield "Situations", stated or None
    if head.suitable_offers is not None:
        yield "Propositions adaptées déjà reçues", head.suitable_offers
    yield "Demande SNE valable jusqu’au", head.snr_expires_on
    if not view.sees(SOCIAL):
        return
    yield "Numéro unique (SNE)", head.snr_number
    if former_numbers:
        yield "Anciens numéros uniques", former_numbers
    yield "Demande déposée le", head.snr_requested_on
    yield "Téléphone", head.phone or None
    yield "Courriel", head.email or None
    if head.evidence or head.evidence_hidden or head.kind == "transfer":
        yield "Justificatifs", _evidence(view)
    if head.circumstances:
        yield "Circonstances", head.circumstances


def _evidence(view: CaseView) -> str | None:
    """Nature and date; those of health or safety count until they are opened."""
    listed = [f"{_capital(EVIDENCE[kind])} ({short_date(day)})" for kind, day in view.head.evidence]
    hidden = view.head.evidence_hidden
    if hidden:
        listed.append(f"{hidden} à ouvrir avec un motif")
    return " ; ".join(listed) or None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def persons_table(view: CaseView, today: date) -> Markup:
    rows = [_person(person, today) for person in view.persons]
    columns = [Column("name", "Personne", second="mark"), Column("link", "Lien"), Column("age", "Âge")]
    return case_table(rows, columns, caption="Composition du ménage")


def _person(person: Person, today: date) -> dict[str, Any]:
    gone = (
        f"décès le {short_date(person.died_on)}"
        if person.died_on
        else f"parti le {short_date(person.left_on)}"
        if person.left_on
        else None
    )
    return {
        "name": f"{person.first_name} {person.last_name}",
        "mark": "partie au conflit, ne reçoit rien" if person.conflicted else gone,
        "link": LITERALS.get(person.link, person.link),
        "age": _age(person.born_on, today),
    }


def _age(born_on: date | None, today: date) -> str | None:
    if born_on is None:
        return None
    years = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    return f"{years} an{'s' if years > 1 else ''}"


def dwelling_title(view: CaseView) -> str:
    """The dwelling of the referral; the one rehoused in is described by the offer that was accepted."""
    back = any(stay.outcome == "returned" for stay in view.rehousing.stays)
    return "Logement quitté" if view.head.moved_in_on is not None and not back else "Logement actuel"


def dwelling_facts(view: CaseView) -> Markup:
    return facts(dict(_dwelling(view)))


def _dwelling(view: CaseView) -> Iterator[tuple[str, Any]]:
    head, home = view.head, view.dwelling
    if view.sees(SOCIAL):
        yield "Adresse", f"{home.address}, {head.commune_name}"
    else:
        yield "Commune", head.commune_name
    yield "Bailleur", head.landlord
    surface = f"{home.surface_m2:f}".rstrip("0").rstrip(".").replace(".", ",")
    yield "Logement", f"T{home.typology}, {home.rooms} pièces, {surface} m²"
    yield "Étage", f"{_floor(home.floor)}, {'avec' if home.lift else 'sans'} ascenseur"
    if head.building:
        yield "Opération", f"{head.building}, {head.operation} ({head.site})"
        yield "À libérer avant le", head.vacate_on
    if head.temporary_dwelling:
        yield "Logement provisoire", head.temporary_dwelling
    if view.sees(SOCIAL):
        yield "Loyer et charges", " + ".join(filter(None, (money(home.rent), money(home.charges)))) or None
        yield "Aide au logement", money(home.housing_aid)
        yield from home_words(home.heating_included, home.in_qpv)


def home_words(heating_included: bool | None, in_qpv: bool | None) -> Iterator[tuple[str, str]]:
    """What the promises compare, where somebody has said it."""
    if heating_included is not None:
        yield "Chauffage", "compris dans les charges" if heating_included else "en plus des charges"
    if in_qpv is not None:
        yield "Quartier", "prioritaire (QPV)" if in_qpv else "hors QPV"


def _floor(floor: int) -> str:
    return {-1: "Sous-sol", 0: "Rez-de-chaussée", 1: "1er étage"}.get(floor, f"{floor}e étage")


INDEXES = (
    ("over_occupied_by_surface", "Sur-occupation (surface, droit national)"),
    ("rooms_index", "Pièces en plus ou en moins de la norme locale"),
    ("manifest_by_rooms", "Sur-occupation manifeste (pièces)"),
    ("under_occupied", "Sous-occupation"),
)


def diagnosis_facts(diagnosis: Diagnosis) -> Markup:
    """Both occupancy indexes side by side, as they were computed that day, then the grid."""
    return facts(dict(_diagnosis(diagnosis)))


def _diagnosis(diagnosis: Diagnosis) -> Iterator[tuple[str, Any]]:
    day = short_date(diagnosis.signed_on) if diagnosis.signed_on else "—"
    yield "Signé le", f"{day}, par {diagnosis.signed_by}"
    for code, label in INDEXES:
        if code in diagnosis.occupancy:
            yield label, _index(diagnosis.occupancy[code])
    if diagnosis.grid is not None:
        yield from _grid(diagnosis.grid)


def _index(found: dict[str, Any]) -> Any:
    value = found["value"]
    if value is None:
        return Badge("information manquante", "warning")
    words = ("Oui" if value else "Non") if isinstance(value, bool) else _signed(value)
    doubt = [Badge("à valider", "neutral", "info")] if found["certainty"] == "E" else []
    return [
        Badge(
            words, "warning" if value is True or (not isinstance(value, bool) and value < 0) else "neutral"
        ),
        *doubt,
    ]


def _signed(rooms: int) -> str:
    """« +1 », « 0 », « −2 »."""
    return f"{rooms:+d}".replace("-", "−") if rooms else "0"


def _grid(grid: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    total = sum(float(item["monthly"]) for item in grid["resources"])
    yield "Ressources", f"{money(total)} par mois" if grid["resources"] else "Aucune ressource"
    yield "Dette de loyer", money(float(grid["arrears"]))
    yield "Freins constatés", ", ".join(OBSTACLES[kind].lower() for kind in grid["obstacles"]) or None
    yield "Souhaits du ménage", grid["wishes"] or None
    yield "Ce que dit le ménage", f"« {grid['own_words']} »" if grid["own_words"] else None
    yield "Accord du ménage", "Oui" if grid.get("agreed") else "Non recueilli"


def need_facts(need: NeedSheet, view: CaseView) -> Markup:
    return facts(dict(_need(need, view)))


def _need(need: NeedSheet, view: CaseView) -> Iterator[tuple[str, Any]]:
    span = (
        f"T{need.typology_min}"
        if need.typology_min == need.typology_max
        else f"T{need.typology_min} à T{need.typology_max}"
    )
    yield "Typologie", f"{span}{', sous-occupation acceptée' if need.under_occupation_accepted else ''}"
    yield "Loyer et charges au plus", money(need.max_cost)
    yield "Communes souhaitées", ", ".join(_commune(code) for code in need.communes) or "Toute la métropole"
    if SAFETY in view.sealed:
        yield "Communes exclues", TO_OPEN
    elif need.excluded_communes is not None:
        yield "Communes exclues", ", ".join(_commune(code) for code in need.excluded_communes) or "Aucune"
    if HEALTH in view.sealed:
        yield "Besoins fonctionnels", TO_OPEN
    elif need.features is not None:
        yield "Besoins fonctionnels", ", ".join(FEATURES[code] for code in need.features) or "Aucun"
    if need.support:
        yield "Accompagnement", need.support
    if need.revision_reason:
        yield "Motif de révision", need.revision_reason


def _commune(code: str) -> str:
    return territory.commune(code).name


def need_title(need: NeedSheet, in_force: int | None) -> str:
    """`in_force`: the sheet that offers are tested against; none once the household has changed."""
    if need.in_force_from is None:
        return f"Version {need.number}, à valider"
    day = short_date(need.in_force_from)
    if need.id == in_force:
        return f"Version {need.number}, en vigueur depuis le {day}"
    again = " : elle est à refaire" if in_force is None else ""
    return f"Version {need.number}, entrée en vigueur le {day}, qui ne vaut plus{again}"
