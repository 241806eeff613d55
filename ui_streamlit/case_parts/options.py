"""What the forms of a case offer to choose from, and what they start with: read from the case itself."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.access import scope_of
from cases.commands.follow_up import EARLY
from cases.labels import BLOCKAGES, CLOSURES, LITERALS, SIGNALS
from cases.rules.dates import add_months
from cases.twins import resemblances
from db.queries import people
from db.queries.case_file import CaseView
from db.queries.case_records import OfferView
from ui_streamlit.case_parts import beside_options, rehousing_options, support_options
from ui_streamlit.case_parts.follow_up import next_milestone
from ui_streamlit.case_parts.missing import missing_today
from ui_streamlit.case_parts.search import silence_default
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.dates import short_date

Options = Mapping[str, Mapping[str, str]]
OF_AGE_MONTHS = 18 * 12
TO_EXECUTE, TO_EXPLAIN = frozenset({"awaited", "partly"}), frozenset({"not_executed"})


def options_for(kind: str, view: CaseView) -> Options:
    """Code → label by field; organisations and accounts are listed by the form itself."""
    found = _OPTIONS.get(kind)
    return found(view) if found is not None else {}


def defaults_for(kind: str, view: CaseView) -> dict[str, Any]:
    found = _DEFAULTS.get(kind)
    return found(view) if found is not None else {}


def _members(view: CaseView) -> Mapping[str, str]:
    return {
        str(person.id): f"{person.first_name or ''} {person.last_name or ''}".strip()
        or LITERALS.get(person.link, person.link)
        for person in view.persons
        if person.here
    }


def _adults(view: CaseView) -> Mapping[str, str]:
    """Who may sign a lease; somebody whose birth date the reader may not see is left in the list."""
    minors = {
        str(person.id)
        for person in view.persons
        if person.born_on is not None and add_months(person.born_on, OF_AGE_MONTHS) > today()
    }
    return {code: name for code, name in _members(view).items() if code not in minors}


def _successors(view: CaseView) -> Mapping[str, str]:
    """Every adult in the dwelling but who holds the lease now."""
    holders = {str(person.id) for person in view.persons if person.link == "holder"}
    return {code: name for code, name in _adults(view).items() if code not in holders}


def _others(view: CaseView) -> Options:
    """Who may take the case over: not who follows it already."""
    return {"to_id": {code: name for code, name in people.holders().items() if code != view.head.owner_id}}


def _attempts(view: CaseView) -> Options:
    waiting = [item for item in view.attempts if item.answer == "waiting"]
    return {
        "attempt_id": {
            str(item.id): f"{item.landlord}, interrogé le {short_date(item.asked_on)}" for item in waiting
        }
    }


def _not_asked(view: CaseView) -> Options:
    """The landlords but those who have this sheet and have not answered it yet."""
    waiting = {item.landlord for item in view.attempts if item.answer == "waiting"}
    landlords = people.bodies(["landlord"])
    return {"body_ids": {code: name for code, name in landlords.items() if name not in waiting}}


def _blockages(view: CaseView) -> Options:
    opened = [item for item in view.blockages if item.until is None]
    return {
        "blockage_id": {
            str(item.id): f"{BLOCKAGES.get(item.theme or '', 'Motif réservé')}, "
            f"depuis le {short_date(item.since)}"
            for item in opened
        }
    }


def _obligations(view: CaseView, states: frozenset[str]) -> Options:
    found = [
        item for course in view.courses for decision in course.decisions for item in decision.obligations
    ]
    return {
        "obligation_id": {
            str(item.id): f"{item.body}, avant le {short_date(item.due_on)}"
            for item in found
            if item.state in states and not item.reason
        }
    }


def _signals(view: CaseView) -> Options:
    waiting = [item for item in view.after.signals if item.answer == "waiting"]
    return {
        "signal_id": {
            str(item.id): f"{SIGNALS.get(item.told or '', 'Signalement')}, envoyé le "
            f"{short_date(item.sent_on)}"
            for item in waiting
        }
    }


def _refusals(view: CaseView) -> Options:
    refused = [offer for offer in view.offers if offer.state in {"refused", "expired"}]
    return {
        "offer_id": {
            offer.id: f"Proposition {offer.number}, T{offer.typology} à {offer.commune}, "
            f"réponse du {short_date(offer.answered_on or offer.answer_due_on)}"
            for offer in refused
        }
    }


_OPTIONS: Mapping[str, Callable[[CaseView], Options]] = {
    **beside_options.OPTIONS,
    **support_options.OPTIONS,
    **rehousing_options.OPTIONS,
    "answer_attempt": _attempts,
    "annul_refusal": _refusals,
    "confirm_signal": _signals,
    "close_blockage": _blockages,
    "record_execution": lambda view: _obligations(view, TO_EXECUTE),
    "give_reason": lambda view: _obligations(view, TO_EXPLAIN),
    "close_early": lambda view: {
        "reason": {code: CLOSURES[code] for code in EARLY[view.head.kind] if code != "duplicate_merged"}
    },
    "change_holder": lambda view: {"successor_id": _successors(view)},
    "hand_over": _others,
    "send_need": _not_asked,
    "record_departure": lambda view: {"person_id": _members(view)},
    "split_household": lambda view: {"leaving_ids": _members(view), "new_holder_id": _adults(view)},
    "protect_case": lambda _: {"readers": people.readers()},
    "add_reader": lambda _: {"account_id": people.readers()},
    "remove_reader": lambda view: {"account_id": view.readers},
    "draft_escalation": lambda _: {"session_id": people.open_sessions()},
    "submit_escalation": lambda _: {"session_id": people.open_sessions()},
}


def _need(view: CaseView) -> dict[str, Any]:
    """The sheet in force, to be changed."""
    current = next((sheet for sheet in view.needs if sheet.id == view.head.need_sheet_id), None)
    if current is None:
        return {}
    return {
        "need": {
            "typology_min": current.typology_min,
            "typology_max": current.typology_max,
            "surface_min": current.surface_min,
            "max_cost": current.max_cost,
            "communes": current.communes,
            "excluded_communes": current.excluded_communes,
            "features": current.features,
            "support": current.support,
            "under_occupation_accepted": current.under_occupation_accepted,
        }
    }


def _milestone(view: CaseView) -> dict[str, Any]:
    months = next_milestone(view, today())
    return {} if months is None else {"milestone": months}


def _only(field: str, options: Mapping[str, str]) -> dict[str, Any]:
    """A list of one is chosen already."""
    return {field: next(iter(options))} if len(options) == 1 else {}


def _twin(view: CaseView) -> dict[str, Any]:
    """The case that looks most like this one, when the reader opens it."""
    found = resemblances(scope_of(current_actor()), view.head.id, today=today()).twins
    best = next((twin.id for twin in found if twin.readable), None)
    return {"duplicate_id": best} if best is not None else {}


def _wanted(view: CaseView) -> dict[str, Any]:
    """What the stated situations still ask for, to be sent as it is or changed."""
    return {
        "wanted": "\n".join(
            reason.sentence for reason in missing_today(view.head.id, view.head.criteria, today())
        )
    }


def _accepted(view: CaseView) -> OfferView | None:
    return next((offer for offer in view.offers if offer.state == "accepted"), None)


def _moving_in(view: CaseView) -> dict[str, Any]:
    """The quarter, as the offer said it."""
    offer = _accepted(view)
    return {} if offer is None else {"in_qpv": offer.in_qpv, "fragility": offer.fragility}


_DEFAULTS: Mapping[str, Callable[[CaseView], dict[str, Any]]] = {
    "annul_refusal": lambda view: _only("offer_id", _refusals(view)["offer_id"]),
    "change_holder": lambda view: _only("successor_id", _successors(view)),
    **beside_options.DEFAULTS,
    **support_options.DEFAULTS,
    "merge_cases": _twin,
    "move_in": _moving_in,
    "request_information": _wanted,
    "revise_need": _need,
    "record_follow_up": _milestone,
    "confirm_signal": lambda view: _only("signal_id", _signals(view)["signal_id"]),
    "open_blockage": silence_default,
    "answer_attempt": lambda view: _only("attempt_id", _attempts(view)["attempt_id"]),
    "close_blockage": lambda view: _only("blockage_id", _blockages(view)["blockage_id"]),
    "record_execution": lambda view: _only("obligation_id", _obligations(view, TO_EXECUTE)["obligation_id"]),
    "give_reason": lambda view: _only("obligation_id", _obligations(view, TO_EXPLAIN)["obligation_id"]),
    "draft_escalation": lambda view: {"case_ids": [view.head.id]},
    "leave_escalation": lambda view: {"case_id": view.head.id},
}
HIDDEN: Mapping[str, tuple[str, ...]] = {
    **beside_options.HIDDEN,
    "change_holder": ("occurred_on",),  # the death has its own day, the change is of today
    "confirm_signal": ("occurred_on",),
    "answer_attempt": ("vacancy_id",),  # described: the landlord alone chooses among its own
    "make_offer": ("vacancy_id",),  # from a vacant dwelling: by its card
    "draft_escalation": ("case_ids", "scale"),
    "leave_escalation": ("case_id",),
}
