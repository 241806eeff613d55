"""Random lives through the door: whatever people do, in whatever order, no state stands without its facts."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection
from sqlmodel import SQLModel

from cases.machines import MACHINES
from cases.registry import COMMANDS
from db import rows
from db.engine import reading
from db.rows import Row
from db.tables.beside import Approval, Document, Opinion, Suspension
from db.tables.case import Attempt, Blockage, CaseFile, Handover, Note, Person
from db.tables.clock import Deadline
from db.tables.follow_up import Signal
from db.tables.ici import Escalation, IciCourse
from db.tables.journal import JournalEntry
from db.tables.offer import Offer
from db.tables.rehousing import PlannedAct, RehousingCost
from db.tables.support import Obstacle, SupportMeasure
from tests.builders import FOLLOW_UP, NEED, OFFER, a_rehousing, a_transfer, an_operation, ask
from tests.cases.examples import EXAMPLES, SURVEY_RIME
from tests.ici_builders import a_session
from tests.records import case, chain_length, every, hearers

FEW = 12  # in the suite; `make lives` asks for thousands (profile of tests/fixtures.py)
LIVES = settings(
    max_examples=settings().max_examples if settings.get_current_profile_name() == "long" else FEW,
    stateful_step_count=8,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LIKELY = 0.75
SUCCEEDS = {"present_since": "2019-03-01", "derogation": "Sera relogé plus petit."}
SINCE = {"present_since": "2020-02-29", "proof": "Bail"}
HOUSED = {"moved_in", "follow_up"}
AFTER_NEED = {
    "need_validated",
    "searching",
    "offer_pending",
    "committee",
    "accepted",
    "allocated",
    "lease_signed",
}
# Columns that must be filled in these states; and, where said, in no other open one.
FACTS = {
    "open_offer_id": {"offer_pending"},
    "offer_answer_due_on": {"offer_pending"},
    "accepted_offer_id": {"committee", "accepted", "allocated", "lease_signed"},
    "lease_signed_on": {"lease_signed"},
    "moved_in_on": HOUSED,
    "need_sheet_id": AFTER_NEED | {"diagnosed"},
    "need_validated_on": AFTER_NEED,
    "diagnosis_signed_on": AFTER_NEED | {"diagnosed"},
    "return_planned_on": {"temporarily_housed"},
    "closed_on": {"closed", "not_admissible"},
    "closure_reason": {"closed", "not_admissible"},
}
ONLY_THERE = {"open_offer_id", "offer_answer_due_on", "closed_on", "closure_reason", "return_planned_on"}
BEFORE_AN_OFFER = {
    "searching",
    "need_validated",
    "diagnosed",
    "diagnosis",
    "informed",
    "admitted",
    "offer_pending",
}
# Lives of their own, in the tests of technical committees, grouped solutions and merges.
ELSEWHERE = {
    *("submit_to_technical", "withdraw_from_technical", "answer_grouped_solution"),
    *("merge_cases", "undo_merge"),
}
ABOUT_CASES = {name for name, handler in COMMANDS.items() if handler.about == "case"} - ELSEWHERE
BESIDE = sorted(name for name in ABOUT_CASES if not COMMANDS[name].moves)
# Who may do what the lead of the landlord may not, or not alone.
OTHERS = {
    **dict.fromkeys(("accept_handover", "refuse_handover"), "chloe"),
    **dict.fromkeys(("approve_command", "refuse_approval"), "farid"),
    "answer_opinion": "elise",
}
# The field that names a row of the case: the last one is meant.
ROWS: dict[str, type[SQLModel]] = {
    "note_id": Note, "opinion_id": Opinion, "approval_id": Approval, "document_id": Document,
    "obstacle_id": Obstacle, "measure_id": SupportMeasure, "signal_id": Signal, "act_id": PlannedAct,
    "cost_id": RehousingCost, "blockage_id": Blockage, "attempt_id": Attempt,
}  # fmt: skip
ABOUT_PEOPLE = {"change_holder", "record_departure", "split_household"}
ABOUT_LAST = {"answer_attempt", "close_blockage"}
STEPS_BACK = ("annul_offer", "change_holder", "close_early", "reject", "revise_need", "split_household")
AHEAD = {"until", "due_on", "visit_on"}


class Lives(RuleBasedStateMachine):
    """One case, the people around it, and a clock that only moves forward."""

    def __init__(self) -> None:
        super().__init__()
        self.day = date(2026, 12, 1)
        self.reference = ""
        self.counted_before: set[str] = set()
        self.look: Connection | None = None

    @initialize(kind=st.sampled_from(["rehousing", "transfer"]), early=st.sampled_from([False, False, True]))
    def enters(self, kind: str, early: bool) -> None:
        if kind == "transfer":
            self.reference = a_transfer(at="referred" if early else "searching")
        else:
            self.reference = a_rehousing(at="identified" if early else "searching", building=BUILDING[0])

    # What people do --------------------------------------------------------------------------------

    @rule(seed=st.integers(0, 2**32))
    def lives_a_while(self, seed: int) -> None:
        """Ten acts drawn from a seed: Hypothesis alone would prefer the shortest and simplest life."""
        dice = Random(seed + self.day.toordinal())  # drawn again the same by its seed
        acts = [self.follows_an_arrow, self.offers_and_is_refused, self.does_something_beside]
        acts += [self.refuses_again_and_again, self.leaves_the_path, self.is_raised, self.leaves_the_ici]
        for _ in range(10):
            self.day += timedelta(days=dice.randrange(12))
            dice.choices(acts, weights=(10, 3, 4, 2, 1, 1, 1))[0](dice)
            self.keeps_its_promises()

    def follows_an_arrow(self, dice: Random) -> None:
        row = case(self.reference)
        arrows = [event for state, event in MACHINES[row["kind"]].arrows if state == row["state"]]
        usual = [event for event in arrows if event not in STEPS_BACK]
        self.try_to(dice.choice(usual or arrows), dice.random() < LIKELY)

    def offers_and_is_refused(self, dice: Random) -> None:
        self.try_to("make_offer", dice.random() < LIKELY)
        self.day += timedelta(days=12)
        self.try_to(dice.choice(["refuse_offer", "refuse_offer", "expire_offer", "annul_offer"]), True)

    def refuses_again_and_again(self, dice: Random) -> None:
        for event in ("refuse_offer", "refuse_offer", "expire_offer", "refuse_offer"):
            self.try_to("make_offer", True)
            self.day += timedelta(days=12)
            self.try_to(event, True)
        self.try_to("validate_third_refusal", dice.random() < LIKELY)

    def leaves_the_path(self, dice: Random) -> None:
        self.try_to(dice.choice(("reopen", *STEPS_BACK)), True)
        self.try_to("reopen", True)

    def does_something_beside(self, dice: Random) -> None:
        for event in dice.sample(BESIDE, 6):
            self.try_to(event, dice.random() < LIKELY)

    def is_raised(self, dice: Random) -> None:
        typed = {"case_ids": [self.reference], "theme": "arrears", "title": "Blocage", "exception": "Urgence"}
        item = ask("draft_escalation", None, "gaelle", self.day.isoformat(), **typed).reference
        if item:
            ask("submit_escalation", item, "gaelle", self.day.isoformat(), session_id=dice.choice(SESSION))

    def leaves_the_ici(self, dice: Random) -> None:
        for course in self.rows(IciCourse, ended_on=None):
            ask(
                "withdraw_escalation",
                course["escalation_id"],
                "gaelle",
                self.day.isoformat(),
                reason="Solution.",
            )

    def try_to(self, event: str, yes: bool) -> None:
        who = self.who(event)
        held = {row["id"] for row in self.rows(Offer)} if event == "change_holder" else set()
        outcome = ask(event, self.reference, who, self.day.isoformat(), **self.typed(event, yes))
        assert outcome.status in {"accepted", "refused"}
        if event == "change_holder" and outcome.done:
            self.counted_before |= held

    def who(self, event: str) -> str:
        """Else the lead of the present landlord: near every case of these lives."""
        return OTHERS.get(event, "denis")

    def typed(self, event: str, yes: bool) -> dict[str, Any]:
        today, row = self.day.isoformat(), case(self.reference)
        people, refused, last, act, cost = self.named(event, row)
        suspended = {"decision": "allocation_suspensive", "condition": "Avis", "condition_due_on": today}
        known: dict[str, dict[str, Any]] = {
            "request_information": {"wanted": "Le bail."},
            "reject": {"reason": "Hors parc."},
            "inform_household": {"letter_sent_on": today},
            "sign_diagnosis": {"grid": {"held_on": today, "no_resources": yes}, "need": NEED},
            "revise_need": {"need": NEED, "reason": "Naissance."},
            "record_attempt": {"body_id": "vilogia"},
            "send_need": {"body_ids": ["vilogia" if yes else "lmh"]},
            "answer_attempt": {"attempt_id": last, "answer": "none", "reason": "no_typology"},
            "make_offer": OFFER | {"received_on": today, "visit_offered": yes},
            "record_receipt": {"received_on": today, "proof": "LRAR"},
            "refuse_offer": {"reasons": ["location" if yes else "health_event"], "signed": True},
            "annul_offer": {"reason": "Erreur."},
            "validate_third_refusal": {"confirmed": yes, "reason": "Vérifié."},
            "inform_committee": {"informed_on": today},
            "not_allocate": {"reasons": ["better_candidate"]},
            "rank_candidate": {"rank": 2},
            "award_next_rank": {"refused_on": today},
            "allocate": {} if yes else suspended,
            "fail_condition": {"reason": "Pièce absente."},
            "lift_condition": {"received_on": today},
            "plan_visit": {"visit_on": today},
            "record_visit": {"outcome": "visited"},
            "notify_right_to_stay": {"received_on": today, "proof": "LRAR"},
            "annul_refusal": {"offer_id": refused, "reason": "Erreur."},
            "sign_lease": {"signed_on": today},
            "move_in": {"moved_on": today},
            "move_temporarily": {"moved_on": today, "dwelling": "T3", "return_on": "2099-01-01"},
            "change_return_date": {"return_on": "2098-01-01", "reason": "Retard."},
            "return_home": {"returned_on": today},
            "renounce_return": {"written_on": today},
            "record_follow_up": (FOLLOW_UP if yes else {"milestone": 6, "reached": False, "channel": "phone"})
            | {"held_on": today},
            "record_satisfaction": SURVEY_RIME | {"answered_on": today},
            "refer_again": {"criteria": ["economic"]},
            "record_derogation": {"promise": "means", "reason": "Accord.", "decided_on": today},
            "close_early": {"reason": "withdrawn_by_household"},
            "reopen": {"reason": "Revient."},
            "open_blockage": {"theme": "arrears" if yes else "sector_closed"},
            "close_blockage": {"blockage_id": last, "outcome": "Levé."},
            "assign_case": {"account_id": "farid" if yes else "amina"},
            "hand_over": {"to_id": "chloe"},
            "refuse_handover": {"reason": "Trop."},
            "add_person": {"first_name": "Zoé", "last_name": "A.", "born_on": "2026-11-01"},
            "change_holder": {"died_on": today, "successor_id": people[-1], **(SUCCEEDS if yes else {})},
            "record_departure": {"person_id": people[-1], "left_on": today},
            "split_household": {"leaving_ids": people[-1:], "new_holder_id": people[-1], **SINCE},
            "protect_case": {"readers": ["chloe"]} if yes else {},
            "add_note": {"text": "Un appel."},
            "plan_last_act": {"what": "Visite", "who_id": "farid", "due_on": "2099-01-01"},
            "finish_last_act": {"act_id": act, "done_on": today},
            "record_cost": {"kind": "mover", "amount": "650", "paid_by": "landlord", "spent_on": today},
            "annul_cost": {"cost_id": cost, "reason": "Saisie en double."},
            "suspend_case": {"reason": "household_asks", "until": f"{self.day + timedelta(days=40)}"},
            "extend_suspension": {"until": f"{self.day + timedelta(days=60)}", "reason": "Absent."},
            "ask_opinion": {"body_id": "vilogia", "question": "Un T4 se libère-t-il ?"},
            "attach_document": {"type": "letter", "name": "courrier.pdf", "content": "JVBERi0xLjQ="},
        }  # fmt: skip
        return known[event] if event in known else self.example(event, today)

    def named(self, event: str, row: Row) -> tuple[list[int], str, int, int, int]:
        """What an act names of what is there, read for the acts that do: people, an offer refused, the last
        attempt or blockage, an act and a cost."""
        people = self.seen(Person, household_id=row["household_id"]) if event in ABOUT_PEOPLE else []
        offers = self.rows(Offer) if event == "annul_refusal" else []
        last = [*self.rows(Blockage), *self.rows(Attempt)] if event in ABOUT_LAST else []
        acts = self.rows(PlannedAct, answer="waiting") if event == "finish_last_act" else []
        costs = self.rows(RehousingCost, annulled_reason="") if event == "annul_cost" else []
        return (
            [person["id"] for person in people] or [0],
            next((o["id"] for o in offers if o["state"] in {"refused", "expired"}), ""),
            last[-1]["id"] if last else 0,
            acts[-1]["id"] if acts else 0,
            costs[-1]["id"] if costs else 0,
        )

    def example(self, event: str, today: str) -> dict[str, Any]:
        """What the other tests type for it, on this day and about the last row of its kind."""
        later = f"{self.day + timedelta(days=40)}"
        data = dict(EXAMPLES[event](self.reference))
        for name in data:
            if name in ROWS:
                data[name] = ([row["id"] for row in self.rows(ROWS[name])] or [0])[-1]
            elif name in AHEAD:
                data[name] = later
            elif name.endswith("_on"):
                data[name] = today
        return data

    # What must hold --------------------------------------------------------------------------------

    def rows(self, model: Any, **by: Any) -> list[Row]:
        return self.seen(model, case_id=self.reference, **by)

    def seen(self, model: Any, **by: Any) -> list[Row]:
        """In the look that is being taken at everything, or in one of its own."""
        return rows.find(self.look, model, **by) if self.look is not None else every(model, **by)

    @invariant()
    def keeps_its_promises(self) -> None:
        if not self.reference:
            return
        with reading() as self.look:
            row = rows.get(self.look, CaseFile, id=self.reference)
            assert row is not None
            self.no_state_stands_without_its_facts(row)
            self.what_is_counted_is_what_is_stored(row)
            self.a_closed_case_waits_for_nothing(row)
            self.the_right_to_stay_ends_by_a_person_only(row)
            assert None not in hearers(self.look, self.day).values(), "a deadline is heard by nobody"
        self.look = None

    def no_state_stands_without_its_facts(self, row: Row) -> None:
        for column, states in FACTS.items():
            if row["state"] in states:
                assert row[column] is not None, (row["state"], column)
            elif column in ONLY_THERE:
                assert row[column] is None, (row["state"], column)
        if row["state"] in BEFORE_AN_OFFER:
            assert row["accepted_offer_id"] is row["lease_signed_on"] is row["moved_in_on"] is None, row[
                "state"
            ]

    def what_is_counted_is_what_is_stored(self, row: Row) -> None:
        offers = self.rows(Offer)
        answered = [o for o in offers if o["state"] in {"refused", "expired"}]
        counted = [o for o in answered if o["countable"] and o["id"] not in self.counted_before]
        assert row["countable_refusals"] == len(counted)
        assert {o["id"] for o in counted} == {o["id"] for o in offers if o["counted"]}
        assert [o["id"] for o in offers if o["state"] == "pending"] == [
            key for key in [row["open_offer_id"]] if key is not None
        ]
        assert row["offers_made"] == len(offers)
        assert row["attempts"] == len(self.rows(Attempt))
        assert row["open_blockages"] == len(self.rows(Blockage, until=None))
        assert len(self.rows(Handover, answer="waiting")) <= 1
        assert [c["id"] for c in self.rows(IciCourse, ended_on=None)] == [
            key for key in [row["course_id"]] if key is not None
        ]

    def a_closed_case_waits_for_nothing(self, row: Row) -> None:
        if row["closed_on"] is None:
            return
        assert {d["kind"] for d in self.rows(Deadline, closed_at=None)} <= {"retention"}
        assert not self.rows(IciCourse, ended_on=None)
        assert not self.rows(Handover, answer="waiting")
        assert not self.rows(Opinion, answer="waiting")
        assert not self.rows(Suspension, ended_on=None)
        assert row["suspended_until"] is None

    def the_right_to_stay_ends_by_a_person_only(self, row: Row) -> None:
        if row["third_refusal_validated_on"] is not None or row["third_refusal_to_validate"]:
            assert row["countable_refusals"] >= 3
            assert row["third_offer_received_on"] is not None


BUILDING: list[str] = []
SESSION: list[str] = []


@pytest.mark.usefixtures("sqlite_house")
def test_random_lives_keep_every_promise() -> None:
    BUILDING[:] = [an_operation().building]
    SESSION[:] = [a_session("call_open", held_on="2026-09-15"), a_session(held_on="2031-09-15")]
    run_state_machine_as_test(Lives, settings=LIVES)
    assert chain_length() > 300
    assert_these_lives_are_rich()
    assert not {row["state"] for row in every(Escalation)} - set(MACHINES["escalation"].states)


def assert_these_lives_are_rich() -> None:
    """Else the promises were kept by nobody: most commands about a case were accepted at least once."""
    done = {row["type"] for row in every(JournalEntry)}
    assert len(ABOUT_CASES & done) >= 0.75 * len(ABOUT_CASES), sorted(ABOUT_CASES - done)
    assert max(row["countable_refusals"] for row in every(CaseFile)) >= 3
