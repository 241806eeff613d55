"""The charter's three promises to a rehoused household: residential choice, means, territorial balance.

Each answers kept, broken or unverifiable, in a French sentence, with the facts used. Nothing is guessed: a
clause that nobody has read, or a fact that is not known, makes a promise unverifiable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cases.rules.comparison import Comparison, Dwelt, Trend, compare
from cases.rules.finding import plain

Word = Literal["kept", "broken", "unverifiable"]
CHARTER = "Charte métropolitaine de relogement (annexe de la CIET)"
UNREAD = "unverified"
RECENT_WORDS = {Trend.DOWN: "en baisse", Trend.STABLE: "stable", Trend.UP: "en hausse"}
PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Judged:
    """`inputs`: the facts used by their names, as JSON holds them; None for what is not known."""

    code: str
    verdict: Word
    sentence: str
    inputs: Mapping[str, object]
    source: str
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Names of communes. `asked` is ranked; typologies are numbers of rooms, from least to most."""

    asked: Sequence[str] = ()
    offered: Sequence[str] = ()
    obtained: str | None = None
    typology_asked: tuple[int, int] | None = None
    typology: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansRules:
    """Settings max_effort_rate (%), net_cost_equivalent_surface, net_cost_stable_percent; `*_read` is
    False while nobody has read the clause that would make it a promise."""

    limit_percent: Decimal
    limit_read: bool
    limit_certainty: str
    equal_surface: bool
    cost_read: bool
    cost_certainty: str
    stable_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`fragility` is the IPS class of the new quarter, 1 to 4; `objective` in words, None when there is
    none."""

    in_qpv: bool | None = None
    from_qpv: bool | None = None
    fragility: int | None = None
    objective: str | None = None


def residential_choice(wishes: Wishes) -> Judged:
    """Kept when the new commune is one that the household asked for; the rank of the wish is said."""
    asked, obtained = list(wishes.asked), wishes.obtained
    rank = asked.index(obtained) + 1 if obtained in asked else None
    inputs: dict[str, object] = {
        "asked": asked or None,
        "offered": list(dict.fromkeys(wishes.offered)) or None,
        "obtained": obtained,
        "rank": rank,
        "first_wish": rank == 1 if asked and obtained else None,
        "typology_asked": plain(wishes.typology_asked),
        "typology": wishes.typology,
    }
    source = f"{CHARTER}, choix résidentiels du ménage"
    if obtained is None:
        return Judged(
            "residential_choice",
            "unverifiable",
            "Aucune proposition acceptée : le choix du ménage ne peut pas être comparé au logement.",
            inputs, source, "A",
        )  # fmt: skip
    if not asked:
        return Judged(
            "residential_choice",
            "unverifiable",
            "Le ménage n’a demandé aucune commune : aucun souhait à comparer au logement obtenu.",
            inputs, source, "A",
        )  # fmt: skip
    if rank is None:
        said = f"{obtained} n’est pas une commune que le ménage demandait."
        return Judged("residential_choice", "broken", said, inputs, source, "A")
    said = f"{obtained} est la première commune demandée." if rank == 1 else (
        f"{obtained} est la commune demandée en {rank}e position."
    )  # fmt: skip
    return Judged("residential_choice", "kept", said, inputs, source, "A")


@dataclass(frozen=True, slots=True)
class _Test:
    """One clause on means: None while it cannot be judged, with the reason in French."""

    holds: bool | None
    said: str
    certainty: str


def means(
    before: Dwelt,
    after: Dwelt,
    monthly_resources: Decimal | None,
    rules: MeansRules,
    *,
    same_charges: bool | None = None,
    stated_effort: Decimal | None = None,
) -> Judged:
    """Net cost and effort rate before and after, with the gain of surface (domain 1.5).

    `stated_effort` is the rate written in the offer (ratio), used when it cannot be computed. Only a clause
    that was read is judged; `same_charges` False (heating in one bill and not in the other) stops it.
    """
    found = compare(before, after, monthly_resources, stable_percent=rules.stable_percent)
    rate = found.effort_after.value if found.effort_after.value is not None else stated_effort
    inputs = _means_inputs(before, after, found, rate, same_charges)
    source = f"{CHARTER}, capacités financières du ménage"
    tests = [test for test in (_effort(rate, rules), _cost(found, rules, same_charges)) if test is not None]
    trend = f"Reste à charge {RECENT_WORDS[found.trend.value]}." if found.trend.value else ""
    if not tests:
        said = f"La clause de la charte n’a pas été lue : aucun seuil connu. {trend}".strip()
        return Judged("means", "unverifiable", said, inputs, source, UNREAD)
    inputs |= {"limit": f"{rules.limit_percent.normalize():f} %" if rules.limit_read else None}
    certainty = max(test.certainty for test in tests)
    said = " ".join([*(test.said for test in tests), trend]).strip()
    if any(test.holds is False for test in tests):
        return Judged("means", "broken", said, inputs, source, certainty)
    if any(test.holds is None for test in tests):
        return Judged("means", "unverifiable", said, inputs, source, certainty)
    return Judged("means", "kept", said, inputs, source, certainty)


def _means_inputs(
    before: Dwelt, after: Dwelt, found: Comparison, rate: Decimal | None, same_charges: bool | None
) -> dict[str, object]:
    known = before.surface_m2 is not None and after.surface_m2 is not None
    gain = after.surface_m2 - before.surface_m2 if known else None  # type: ignore[operator]  # both known
    was, rise = found.net_before.value, found.change_equal_surface.value
    return {
        "cost_before": plain(was),
        "cost_after": plain(found.net_after.value),
        "cost_change": plain(found.change.value),
        "surface_before": plain(before.surface_m2),
        "surface_after": plain(after.surface_m2),
        "surface_gain": plain(gain),
        "cost_at_equal_surface": plain(was + rise) if was is not None and rise is not None else None,
        "same_charges": same_charges,
        "effort_before": _percent(found.effort_before.value),
        "effort_after": _percent(rate),
    }


def _percent(ratio: Decimal | None) -> str | None:
    """0.285 → « 28,5 % »."""
    return None if ratio is None else f"{ratio * PERCENT:.1f} %".replace(".", ",")


def _effort(rate: Decimal | None, rules: MeansRules) -> _Test | None:
    if not rules.limit_read:
        return None
    limit = f"{rules.limit_percent.normalize():f} %"
    if rate is None:
        return _Test(None, "Le taux d’effort après le relogement n’est pas connu.", rules.limit_certainty)
    holds = rate * PERCENT <= rules.limit_percent
    word = "ne dépasse pas" if holds else "dépasse"
    said = f"Le taux d’effort ({_percent(rate)}) {word} {limit}."
    return _Test(holds, said, rules.limit_certainty)


def _cost(found: Comparison, rules: MeansRules, same_charges: bool | None) -> _Test | None:
    """The net cost must not rise; for an equal surface where the clause says so."""
    if not rules.cost_read:
        return None
    certainty = rules.cost_certainty
    if same_charges is False:
        return _Test(None, "Les charges ne se comparent pas : le chauffage n’y est que d’un côté.", certainty)
    rise = found.change_equal_surface.value if rules.equal_surface else found.change.value
    was = found.net_before.value
    if rise is None or was is None:
        return _Test(None, "Le reste à charge avant ou après n’est pas connu.", certainty)
    holds = rise <= abs(was) * rules.stable_percent / PERCENT
    scope = " à surface égale" if rules.equal_surface else ""
    said = f"Le reste à charge{scope} {'n’augmente pas' if holds else 'augmente'}."
    return _Test(holds, said, certainty)


def balance(place: Place) -> Judged:
    """Our reading, to be confirmed: a rehousing outside the QPV serves the balance (25 % rule)."""
    inputs: dict[str, object] = {
        "in_qpv": place.in_qpv,
        "from_qpv": place.from_qpv,
        "fragility": place.fragility,
        "objective": place.objective,
    }
    source = f"{CHARTER}, équilibre territorial ; 25 % d’attributions hors QPV (lecture de l’outil)"
    if place.in_qpv is None:
        said = "On ne sait pas si le nouveau logement est en quartier prioritaire (QPV)."
        return Judged("balance", "unverifiable", said, inputs, source, "E")
    if place.in_qpv:
        said = "Relogement en QPV : il ne compte pas pour les 25 % d’attributions hors QPV."
        return Judged("balance", "broken", said, inputs, source, "E")
    said = "Relogement hors QPV : il compte pour les 25 % d’attributions hors QPV."
    return Judged("balance", "kept", said, inputs, source, "E")
