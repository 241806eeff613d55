"""Does a refused offer count toward the three? Computed, never ticked, and frozen on the day of the refusal.

Sources: art. 13 bis of the law of 1 September 1948, CCH L.442-6 II, L.353-15 III, L.481-3; the
checklist closes section 1.4 of the domain file. Store `CountableResult.as_json()`; never recompute it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.rules.finding import Certainty, plain
from cases.rules.offer_checks import CHECKS, FEATURES, Check, FieldClass
from cases.rules.offer_facts import LegalGround, NeedFacts, OfferFacts, OfferRules, Situation

__all__ = [
    "CHECKS",
    "FEATURES",
    "CountableResult",
    "LegalGround",
    "NeedFacts",
    "OfferFacts",
    "OfferRules",
    "OfferTest",
    "test_offer",
]


@dataclass(frozen=True, slots=True)
class OfferTest:
    """One test as judged. `label` and `detail` are French; `field_class` says who may read `detail`."""

    code: str
    label: str
    passed: bool
    detail: str
    source: str
    certainty: Certainty
    field_class: FieldClass

    def as_json(self) -> dict[str, str | bool]:
        """Plain dict of str and bool."""
        return {
            "code": self.code,
            "label": self.label,
            "passed": self.passed,
            "detail": self.detail,
            "source": self.source,
            "certainty": self.certainty,
            "field_class": self.field_class,
        }


@dataclass(frozen=True, slots=True)
class CountableResult:
    """Every test of the checklist, in its order, with the rules used and the day of the judgement."""

    countable: bool
    tests: tuple[OfferTest, ...]
    judged_on: date
    rules: OfferRules

    @property
    def failed(self) -> tuple[OfferTest, ...]:
        """The tests that keep the offer from counting; empty when it counts."""
        return tuple(test for test in self.tests if not test.passed)

    def as_json(self) -> dict[str, Any]:
        """Plain dict, list, str, int and bool, to be frozen with the refusal."""
        return {
            "countable": self.countable,
            "judged_on": self.judged_on.isoformat(),
            "tests": [test.as_json() for test in self.tests],
            "rules": plain(self.rules),
        }


def test_offer(
    offer: OfferFacts, need: NeedFacts, ground: LegalGround, rules: OfferRules, today: date
) -> CountableResult:
    """Judge an offer that was refused or left without an answer, on `today` (the day it is frozen).

    Countable when every test holds; a missing fact fails the test that needs it.
    """
    situation = Situation(offer, need, ground, rules, today)
    tests = tuple(_run(check, situation) for check in CHECKS)
    return CountableResult(all(test.passed for test in tests), tests, today, rules)


def _run(check: Check, situation: Situation) -> OfferTest:
    passed, detail = check.judge(situation)
    return OfferTest(
        check.code,
        check.label,
        passed,
        detail,
        check.source,
        situation.rules.certainty.get(check.code, check.certainty),
        check.field_class,
    )
