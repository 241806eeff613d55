"""What the search asks of the rules without changing anything: which dwellings answer a need, and which
needs a dwelling answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from cases import journal
from cases.rules.matching import Criterion, Match, MatchRules, Vacant, Wanted, match
from cases.step import settings_at
from cases.territory import Settings
from db import rows
from db.engine import reading
from db.queries.own_searches import OwnSearch, own_searches
from db.queries.search_needs import NeedAsked
from db.queries.vacancies import VacancyLine, candidates
from db.rows import Row
from db.scope import Scope
from db.tables.case import CaseFile
from db.tables.diagnosis import NeedSheet
from db.tables.operation import Dwelling

LOOKED_AT = 40  # vacancies compared for one need, the wished communes first
OWN_COMPARED = 200  # own households compared with the dwellings of a page, the most pressing first
OWN_SHOWN = 3
FIRST_READ = frozenset({"common", "social"})  # health and safety are opened with a reason, case by case
RESERVED = "Réservé : ouvrez « Santé et sécurité »."


@dataclass(frozen=True, slots=True)
class VacancyMatch:
    """A vacant dwelling and how it answers the need."""

    vacancy: VacancyLine
    match: Match


@dataclass(frozen=True, slots=True)
class SearchMatch:
    """A household followed by the landlord's own people, and how a dwelling answers its need."""

    case_id: str
    household: str
    match: Match


@dataclass(frozen=True, slots=True)
class NeedMatch:
    """A need addressed to the landlord and how a dwelling answers it."""

    need: NeedAsked
    match: Match


def vacancies_for(
    case_id: str, *, classes: frozenset[str], today: date, limit: int
) -> tuple[VacancyMatch, ...]:
    """For a case that its reader has opened: the nearest dwellings first.

    `classes`: the field classes read now; what another class tells is replaced by a word.
    """
    with reading() as connection:
        case = rows.get(connection, CaseFile, id=case_id)
        sheet = rows.get(connection, NeedSheet, id=case["need_sheet_id"]) if case else None
        if case is None or sheet is None:
            return ()
        home = rows.get(connection, Dwelling, id=case["dwelling_id"])
        rules = _rules(settings_at(connection, journal.read_head(connection).settings_version), today)
        found = candidates(
            connection,
            lowest=sheet["typology_min"] - rules.typology_below,
            highest=sheet["typology_max"] + rules.typology_above,
            wished=sheet["communes"],
            avoided=sheet["excluded_communes"],
            limit=LOOKED_AT,
        )
    wanted = _wanted(sheet, case, home)
    proposals = [
        VacancyMatch(line, _redacted(judged, classes))
        for line in found
        if (judged := match(wanted, _vacant(line), rules)) is not None
    ]
    return tuple(sorted(proposals, key=_nearest)[:limit])


def desk_matches(
    lines: Iterable[VacancyLine], needs: Iterable[NeedAsked], today: date
) -> tuple[dict[str, list[NeedMatch]], dict[int, list[VacancyMatch]]]:
    """Between a landlord's vacant dwellings and the needs addressed to it: what misses nothing.

    The needs of each dwelling, the nearest first, then the dwellings of each need, by its request.
    """
    with reading() as connection:
        rules = _rules(settings_at(connection, journal.read_head(connection).settings_version), today)
    by_vacancy: dict[str, list[NeedMatch]] = {}
    by_need: dict[int, list[VacancyMatch]] = {}
    asked = [(need, _asked(need)) for need in needs]
    for line in lines:
        vacant = _vacant(line)
        for need, sent in asked if line.state == "vacant" else ():
            judged = match(sent, vacant, rules)
            if judged is not None and not judged.count("missed"):
                by_vacancy.setdefault(line.id, []).append(NeedMatch(need, judged))
                by_need.setdefault(need.attempt_id, []).append(VacancyMatch(line, judged))
    for found in by_vacancy.values():
        found.sort(key=lambda one: (one.match.order, one.need.due_on or date.max))
    return by_vacancy, by_need


def own_matches(
    scope: Scope, lines: Iterable[VacancyLine], *, today: date
) -> dict[str, tuple[SearchMatch, ...]]:
    """By vacant dwelling, the households that its landlord's own people follow and that it suits.

    Only what misses nothing; functional needs are judged, and said on the page of the case alone.
    """
    vacant = [line for line in lines if line.state == "vacant"]
    if not vacant:
        return {}
    with reading() as connection:
        rules = _rules(settings_at(connection, journal.read_head(connection).settings_version), today)
        searches = own_searches(
            connection,
            scope,
            {line.typology for line in vacant},
            below=rules.typology_below,
            above=rules.typology_above,
            limit=OWN_COMPARED,
        )
    wanted = [(search, _wanted(search.sheet, {"kind": search.kind}, search.home)) for search in searches]
    return {line.id: _suited(line, wanted, rules) for line in vacant}


def _suited(
    line: VacancyLine, wanted: Iterable[tuple[OwnSearch, Wanted]], rules: MatchRules
) -> tuple[SearchMatch, ...]:
    found = [
        SearchMatch(search.case_id, search.household, _redacted(judged, FIRST_READ))
        for search, need in wanted
        if (judged := match(need, _vacant(line), rules)) is not None and not judged.count("missed")
    ]
    return tuple(sorted(found, key=lambda one: one.match.order)[:OWN_SHOWN])


def _nearest(one: VacancyMatch) -> tuple[object, ...]:
    return (*one.match.order, one.vacancy.id)


def _rules(settings: Settings, today: date) -> MatchRules:
    return MatchRules(
        typology_below=settings.int_on("typology_below", today),
        typology_above=settings.int_on("typology_tolerance", today),
        communes_with_cantons=frozenset(settings.strs_on("cantoned_communes", today)),
    )


def _wanted(sheet: Row, case: Row, home: Row | None) -> Wanted:
    """The legal area of art. 13 bis applies to who must leave for a demolition."""
    bound = case["kind"] == "rehousing" and home is not None
    return Wanted(
        typology_min=sheet["typology_min"],
        typology_max=sheet["typology_max"],
        surface_min=sheet["surface_min"],
        max_cost=sheet["max_cost"],
        communes=frozenset(sheet["communes"]),
        excluded_communes=frozenset(sheet["excluded_communes"]),
        features=frozenset(sheet["features"]),
        under_occupation_accepted=sheet["under_occupation_accepted"],
        home_commune=home["commune"] if bound and home else None,
        home_canton=home["canton"] if bound and home else None,
    )


def _asked(need: NeedAsked) -> Wanted:
    """What the landlord was sent, and nothing else."""
    return Wanted(
        typology_min=need.typology_min,
        typology_max=need.typology_max,
        surface_min=need.surface_min,
        max_cost=need.max_cost,
        communes=need.commune_codes,
        features=frozenset(need.features),
    )


def _vacant(line: VacancyLine) -> Vacant:
    return Vacant(
        typology=line.typology,
        commune=line.commune,
        commune_name=line.commune_name,
        surface_m2=line.surface_m2,
        canton=line.canton,
        floor=line.floor,
        lift=line.lift,
        features=frozenset(line.features),
        rent=line.rent,
        charges=line.charges,
        reserver=line.reserver,
    )


def _redacted(judged: Match, classes: frozenset[str]) -> Match:
    return replace(judged, criteria=tuple(_told(one, classes) for one in judged.criteria))


def _told(one: Criterion, classes: frozenset[str]) -> Criterion:
    if one.field_class in classes or one.field_class == "common":
        return one
    return replace(one, verdict="unknown", detail=RESERVED)
