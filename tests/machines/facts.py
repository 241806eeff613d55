"""For each guard the fact that decides it: name, value that holds, value that does not. Written by hand."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from cases.machines import Machine
from cases.machines.facts import CaseFacts
from cases.machines.ici import IciFacts

DAY = date(2026, 5, 4)
# guard → (fact, value for which it holds, value for which it does not)
DECIDED_BY: dict[str, tuple[str, Any, Any]] = {
    "has_criterion": ("criteria", ("violence",), ()),
    "evidence_is_complete": ("evidence_missing", False, True),
    "grid_is_complete": ("grid_complete", True, False),
    "need_is_drafted": ("need_drafted", True, False),
    "need_is_validated": ("need_validated", True, False),
    "need_is_unknown": ("need_validated", False, True),
    "no_offer_open": ("open_offer", False, True),
    "has_accepted_offer": ("accepted_offer", True, False),
    "rank_is_waiting": ("rank_waiting", True, False),
    "condition_is_lifted": ("condition_open", False, True),
    "condition_is_open": ("condition_open", True, False),
    "lease_is_signed": ("lease_signed_on", DAY, None),
    "has_moved_in": ("moved_in_on", DAY, None),
    "has_not_moved_in": ("moved_in_on", None, DAY),
    "committee_decides": ("committee_decides", True, False),
    "committee_is_informed": ("committee_decides", False, True),
    "six_months_are_followed": ("six_month_follow_up_done", True, False),
    "early_reason_is_allowed": ("early_reason_allowed", True, False),
    "opinion_allows_search": ("opinion_awaited_to_search", False, True),
    "opinion_allows_offer": ("opinion_awaited_to_offer", False, True),
    "opinion_allows_committee": ("opinion_awaited_to_allocate", False, True),
    "is_on_time": ("on_time", True, False),
    "is_late": ("on_time", False, True),
    "next_session_is_planned": ("next_session", True, False),
    "carries_a_case": ("case_count", 1, 0),
    "list_is_frozen": ("list_frozen", True, False),
    "limit_has_passed": ("limit_passed", True, False),
    "no_item_is_open": ("open_items", 0, 2),
    "every_reason_is_given": ("missing_reasons", 0, 1),
    "every_excerpt_is_sent": ("missing_excerpts", 0, 1),
    "an_excerpt_is_missing": ("missing_excerpts", 1, 0),
    "session_is_reached": ("session_reached", True, False),
}


def holds(guard: str, facts: Any) -> bool:
    name, good, _ = DECIDED_BY[guard]
    return bool(getattr(facts, name) == good)


def situations(machine: Machine, state: str, event: str) -> Iterator[Any]:
    """Every combination of the facts that this arrow reads, the others all holding, then none."""
    kind: type[Any] = CaseFacts if machine.name in {"transfer", "rehousing"} else IciFacts
    guards = {name for arrow in machine.arrows.get((state, event), ()) for name in arrow.guards}
    read = {DECIDED_BY[name][0]: DECIDED_BY[name][1:] for name in guards}
    others = {name: pair for name, *pair in DECIDED_BY.values() if name in kind.__dataclass_fields__}
    for rank in (0, 1):
        rest = {name: pair[rank] for name, pair in others.items()}
        for values in product(*read.values()):
            yield kind(**(rest | dict(zip(read, values, strict=True))))
