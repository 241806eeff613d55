"""What was signed: the diagnosis in force and the former ones, the need sheets, what each offer changes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases import territory
from cases.commands.grid import Grid
from cases.labels import FEATURES
from cases.labels.diagnosis import LEVELS
from cases.rules.comparison import Comparison, Trend
from db.queries.case_people import NeedSheet
from db.queries.diagnosis import DiagnosisFile, OfferBill, Version
from ui_streamlit.diagnosis_parts.blocks import AUTONOMY, BLOCKS, Block, fields_in
from ui_streamlit.diagnosis_parts.drafts import members
from ui_streamlit.diagnosis_parts.results import euros, number, percent, results_card, split_lines
from ui_streamlit.form_fields import Field, fields_of
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.messages import message

RESERVED = "Le contenu du diagnostic est réservé au suivi social : vous en voyez la date et l’occupation."
TRENDS = {
    Trend.DOWN: ("en baisse", "success"),
    Trend.STABLE: ("stable", "neutral"),
    Trend.UP: ("en hausse", "warning"),
}
BLOCK_TITLE = Markup('<p class="rl-result-title">{}</p>')
HIDDEN_BLOCK = "à ouvrir avec un motif, dans le dossier"


def signed_versions(view: DiagnosisFile) -> None:
    """The one in force is open, the former ones are folded."""
    for version in view.versions:
        with st.expander(_version_title(version, view), expanded=version.id == view.diagnosis_id):
            _version(version, view)


def _version_title(version: Version, view: DiagnosisFile) -> str:
    force = ", en vigueur" if version.id == view.diagnosis_id else ""
    day = f", signée le {short_date(version.signed_on)}" if version.signed_on else ""
    return f"Version {version.number}{day} par {version.signed_by}{force}"


def _version(version: Version, view: DiagnosisFile) -> None:
    if version.reason:
        st.html(small_print(f"Ce qui a changé : {version.reason}"))
    if version.grid is None:
        st.html(message("info", RESERVED))
        st.html(results_card({"occupancy": version.occupancy}))
        return
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        st.html(Markup().join(_block(block, version.grid, view) for block in BLOCKS))
    with right:
        st.html(
            results_card({"occupancy": version.occupancy, "means": version.means})
            + split_lines(version.split or {}, members(view))
        )


def _block(block: Block, grid: Mapping[str, Any], view: DiagnosisFile) -> Markup:
    if block.restricted in view.sealed:
        return BLOCK_TITLE.format(block.title) + facts({"Contenu": Badge(HIDDEN_BLOCK, "neutral", "lock")})
    if block.fields == AUTONOMY:
        return BLOCK_TITLE.format(block.title) + autonomy_profile(grid)
    shown = dict(_lines(fields_in(block), grid, members(view)))
    return BLOCK_TITLE.format(block.title) + facts(shown) if shown else Markup()


def _lines(
    fields: Sequence[Field], values: Mapping[str, Any], people: Mapping[str, str]
) -> Iterator[tuple[str, Any]]:
    """What was answered, by its title; a section gives its own lines."""
    for field in fields:
        value = values.get(field.name)
        if value in (None, "", []) or (value is False and field.shape == "tick"):
            continue
        if field.shape == "section":
            yield from _lines(field.children, value, people)
        elif field.shape == "rows":
            yield field.label, [_row(field, row, people) for row in value]
        else:
            yield field.label, _said(field, value, people)


def _row(field: Field, row: Mapping[str, Any], people: Mapping[str, str]) -> str:
    words = [
        _part(child, row[child.name], people)
        for child in field.children
        if row.get(child.name) not in (None, "", False)
    ]
    return " ".join(words)


def _part(field: Field, value: Any, people: Mapping[str, str]) -> str:
    """One answer of a row: a tick by its title, a date with it."""
    title = field.label[:1].lower() + field.label[1:]
    if field.shape == "tick":
        return f"({title})"
    said = _said(field, value, people)
    return f"({title} {said})" if field.shape == "date" else said


def _said(field: Field, value: Any, people: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, list):
        return ", ".join(field.choices.get(str(code), str(code)) for code in value)
    if field.ref is not None and field.ref.about == "person":
        return people.get(str(value), "Personne partie")
    return _WORDS[field.shape](field, value) if field.shape in _WORDS else str(value)


_WORDS: Mapping[str, Callable[[Field, Any], str]] = {
    "date": lambda _, value: short_date(date.fromisoformat(value)),
    "choice": lambda field, value: (
        f"T{value}" if field.label.endswith("(T)") else field.choices.get(str(value), str(value))
    ),
    "decimal": lambda field, value: euros(value) if "€" in field.label else number(value),
}


def autonomy_profile(grid: Mapping[str, Any]) -> Markup:
    """Axis by axis, without a total (domain 4.3)."""
    labels = {field.name: field.label for field in fields_of(Grid)}
    return facts({labels[axis]: _level(grid.get(axis)) for axis in AUTONOMY})


def _level(value: Any) -> Badge | None:
    if value is None:
        return None
    return Badge(LEVELS[str(value)], "success" if value == 3 else "neutral" if value == 2 else "warning")


# The need sheet ---------------------------------------------------------------------------------


def need_versions(view: DiagnosisFile) -> Markup:
    """Every version: since when, what changed and why, and the offers tested against it."""
    rows = [
        {
            "version": f"Version {sheet.number}",
            "since": sheet.in_force_from or Badge("à valider", "warning"),
            "changed": _changes(sheet, former),
            "why": sheet.revision_reason or None,
            "offers": ", ".join(
                f"n°\u00a0{offer.number} ({short_date(offer.offered_on)})"
                for offer in view.offers
                if offer.need_sheet_id == sheet.id
            )
            or None,
        }
        for sheet, former in zip(view.needs, [*view.needs[1:], None], strict=True)
    ]
    columns = [
        Column("version", "Fiche besoin"),
        Column("since", "En vigueur depuis"),
        Column("changed", "Ce qui change", second="why"),
        Column("offers", "Propositions examinées"),
    ]
    return case_table(rows, columns, caption="Versions de la fiche besoin")


def _changes(sheet: NeedSheet, former: NeedSheet | None) -> str:
    now, before = dict(_need_words(sheet)), dict(_need_words(former)) if former else {}
    if former is None:
        return " ; ".join(f"{name} : {words}" for name, words in now.items())
    changed = [f"{name} : {before[name]} → {words}" for name, words in now.items() if before[name] != words]
    return " ; ".join(changed) or "Rien de visible pour vous"


def _need_words(sheet: NeedSheet) -> Iterator[tuple[str, str]]:
    low, high = sheet.typology_min, sheet.typology_max
    yield "typologie", f"T{low}" if low == high else f"T{low} à T{high}"
    yield "surface", f"{sheet.surface_min} m² au moins" if sheet.surface_min else "libre"
    yield "loyer et charges", euros(sheet.max_cost, " au plus") if sheet.max_cost is not None else "libres"
    yield "communes", _places(sheet.communes) or "toute la métropole"
    if sheet.excluded_communes is not None:
        yield "communes exclues", _places(sheet.excluded_communes) or "aucune"
    if sheet.features is not None:
        yield "besoins", ", ".join(FEATURES[code].lower() for code in sheet.features) or "aucun"
    yield "sous-occupation", "acceptée" if sheet.under_occupation_accepted else "non acceptée"


def _places(codes: Sequence[str]) -> str:
    return ", ".join(territory.commune(code).name for code in codes)


# Before → after -------------------------------------------------------------------------------------


def offers_compared(compared: Sequence[tuple[OfferBill, Comparison]]) -> Markup:
    rows = [_compared(offer, found) for offer, found in compared]
    columns = [
        Column("offer", "Proposition", second="place"),
        Column("net", "Reste à charge", second="change"),
        Column("equal", "À surface égale"),
        Column("effort", "Taux d’effort"),
        Column("trend", "Évolution"),
    ]
    return section(
        "Ce que changerait chaque proposition",
        hint="Par mois, même périmètre ; la clause de la charte n’a pas été lue : à valider.",
    ) + case_table(rows, columns, caption="Reste à charge et taux d’effort, avant et après")


def _compared(offer: OfferBill, found: Comparison) -> dict[str, Any]:
    trend = found.trend.value
    return {
        "offer": f"N°\u00a0{offer.number}, T{offer.typology}",
        "place": f"{offer.commune}, {offer.landlord}",
        "net": f"{_or_unknown(found.net_before.value, euros)} → {_or_unknown(found.net_after.value, euros)}",
        "change": _signed(found.change.value),
        "equal": _signed(found.change_equal_surface.value),
        "effort": f"{_or_unknown(found.effort_before.value, percent)} → "
        f"{_or_unknown(found.effort_after.value, percent)}",
        "trend": Badge(*TRENDS[trend]) if trend is not None else Badge("information manquante", "warning"),
    }


def _or_unknown(value: Any, words: Any) -> str:
    return str(words(value)) if value is not None else "non connu"


def _signed(value: Any) -> str | None:
    return None if value is None else f"{'+' if value > 0 else ''}{euros(value)}"
