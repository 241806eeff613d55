"""Sessions and escalations of the ICI in any state, reached by real commands at literal dates."""

from collections.abc import Callable

from tests.builders import a_hop, a_transfer, do, hops_until
from tests.databases import built_once

FREEZE, HELD = (
    "2026-07-16",
    "2026-09-15",
)  # the limit of a session of 15 September is 15 July, its day included
_SESSION = (
    a_hop("call_open", "open_call", "2026-06-15"),
    a_hop("call_closed", "close_call", FREEZE),
    a_hop("file_sent", "send_file", "2026-09-01"),
    a_hop("held", "hold_session", HELD),
    a_hop("minutes_validated", "validate_minutes", "2026-09-22"),
    a_hop("closed", "close_session", "2026-09-30"),
)


@built_once
def a_session(at: str = "planned", *, ici: str = "A", held_on: str = HELD) -> str:
    """A session of an ICI; dates of its path fit the one of 15 September 2026."""
    session = str(do("plan_session", None, "gaelle", "2026-01-05", ici=ici, held_on=held_on).reference)
    if at == "cancelled":
        do("cancel_session", session, "gaelle", "2026-02-02", reason="Doublon.")
    elif at != "planned":
        move_session(session, at)
    return session


def move_session(session: str, to: str, *, after: str | None = None) -> None:
    """Along its path up to `to`, from the hop that follows the state `after`."""
    done = len(hops_until(_SESSION, after)) if after else 0
    for hop in hops_until(_SESSION, to)[done:]:
        do(hop.kind, session, "gaelle", hop.on, **hop.data)


@built_once
def an_escalation(at: str = "draft", *, case: str | None = None, next_session: bool = True) -> str:
    """One case raised to the session of 15 September 2026 (and 16 March 2027 after it), in this state."""
    session = a_session("call_open")
    if next_session:
        a_session(held_on="2027-03-16")
    raised = case or a_transfer(at="searching")
    do("record_attempt", raised, "amina", "2026-02-02", body_id="vilogia")
    item = str(
        do(
            "draft_escalation", None, "amina", "2026-06-20", case_ids=[raised], theme="arrears", title="T4"
        ).reference
    )
    _ESCALATIONS[at](item, session)
    return item


def _file(item: str, session: str) -> None:
    do("submit_escalation", item, "amina", "2026-07-10", session_id=session)


def _file_late(item: str, session: str) -> None:
    do("submit_escalation", item, "amina", "2026-07-20", session_id=session)


def _admit(item: str, session: str) -> None:
    _file_late(item, session)
    do("admit_by_exception", item, "hugo", "2026-07-21", motive="violence", reason="Danger immédiat.")


def _objectify(item: str, session: str) -> None:
    _file(item, session)
    move_session(session, "call_closed", after="call_open")
    do("objectify", item, "hugo", "2026-08-17", objectification="Constat.", proposal="Proposition.")


def _put(item: str, session: str) -> None:
    _objectify(item, session)
    do("put_on_agenda", item, "hugo", "2026-08-18")


def _decide(item: str, session: str) -> None:
    _put(item, session)
    move_session(session, "held", after="call_closed")
    duties = [{"body_id": "vilogia"}, {"body_id": "lmh"}]
    do("decide", item, "gaelle", HELD, kind="body_must_offer", text="Proposer un T4.", duties=duties)


def _execute_one(item: str, session: str) -> None:
    _decide(item, session)
    do("record_execution", item, "elise", "2026-10-01", obligation_id=1)


def _execute_all(item: str, session: str) -> None:
    _execute_one(item, session)
    do("record_execution", item, "denis", "2026-10-02", obligation_id=2)


def _fail(item: str, session: str) -> None:
    _decide(item, session)
    do("mark_not_executed", item, "gaelle", "2027-03-16")


def _withdraw(item: str, session: str) -> None:
    _file(item, session)
    do("withdraw_escalation", item, "amina", "2026-07-12", reason="Solution trouvée.")


_ESCALATIONS: dict[str, Callable[[str, str], None]] = {
    "draft": lambda item, session: None,
    "on_time": _file,
    "late": _file_late,
    "carried_over": _file_late,
    "admitted_by_exception": _admit,
    "objectified": _objectify,
    "on_agenda": _put,
    "decided": _decide,
    "partly_executed": _execute_one,
    "executed": _execute_all,
    "not_executed": _fail,
    "withdrawn": _withdraw,
}
