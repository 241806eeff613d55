"""Follow-up and promises through the door: what each conclusion leads to, and what stays frozen."""

from datetime import date
from typing import Any

import pytest

from cases.commands import Outcome
from db.tables.case import CaseFile, NamedReader
from db.tables.clock import Deadline
from db.tables.follow_up import Derogation, FollowUp, Promise, Satisfaction, Signal
from db.tables.operation import Dwelling
from db.tables.support import SupportMeasure
from tests.builders import DWELLING, FOLLOW_UP, OFFER, a_rehousing, a_transfer, an_operation, ask, do
from tests.cases.examples import EXAMPLES, SURVEY_RIME
from tests.records import case, every, the

pytestmark = pytest.mark.usefixtures("house")
M6 = "2026-11-04"


def followed(case_id: str, on: str = M6, who: str = "amina", **typed: Any) -> Outcome:
    return ask("record_follow_up", case_id, who, on, **(FOLLOW_UP | {"held_on": on} | typed))


def codes(outcome: Outcome) -> set[str]:
    return {reason.code for reason in outcome.reasons}


def waiting(case_id: str, kind: str) -> list[date]:
    return [row["due_on"] for row in every(Deadline, case_id=case_id, kind=kind, closed_at=None)]


def test_what_a_contact_must_say_and_every_reason_at_once() -> None:
    moved = a_transfer("follow_up")
    short = followed(moved, satisfaction=None, outcome=None, arrears=300, relays_in_place=True,
                     relays_missing=["school"])  # fmt: skip
    assert codes(short) == {"follow_up.incomplete", "follow_up.arrears", "follow_up.relays"}
    assert "« Satisfaction (1 à 4) », « Conclusion »" in short.message
    vain = followed(moved, reached=False)
    assert codes(vain) == {"follow_up.channel", "follow_up.no_contact"}
    assert codes(followed(moved, outcome="unreachable")) == {"follow_up.reached"}
    whole = followed(
        moved, rent_paid=False, arrears=420, defects="Infiltration", defects_closed=False,
        adaptation="awaited", relays_in_place=False, relays_missing=["school", "health"],
        wants_to_move=True, support_need="Budget", channel="visit", detail="Vu à domicile.",
    )  # fmt: skip
    assert whole.done, whole.message
    kept = the(FollowUp, case_id=moved)
    assert (kept["relays_missing"], kept["author_id"], kept["channel"]) == (
        ["school", "health"],
        "amina",
        "visit",
    )


def test_two_tries_on_two_days_make_the_household_unreachable() -> None:
    moved = a_transfer("follow_up")
    empty = {"milestone": 6, "reached": False, "channel": "phone"}
    do("record_follow_up", moved, "amina", "2026-10-20", held_on="2026-10-20", **empty)
    again = ask("record_follow_up", moved, "amina", "2026-10-21", held_on="2026-10-20", **empty)
    assert codes(again) == {"follow_up.same_day"}
    assert case(moved)["follow_up_done"] == 0
    do("record_follow_up", moved, "amina", "2026-11-02", held_on="2026-11-02", **empty)
    assert [row["outcome"] for row in every(FollowUp, case_id=moved)] == ["", "unreachable"]
    assert case(moved)["follow_up_done"] == 6
    assert not waiting(moved, "follow_up_m6")
    assert waiting(moved, "follow_up_m12") == [date(2027, 5, 4)]


def test_an_extension_has_its_end_and_stops_with_the_next_conclusion() -> None:
    moved = a_transfer("follow_up")
    assert codes(followed(moved, outcome="support_extended")) == {"follow_up.extension"}
    late = followed(moved, outcome="support_extended", extended_until="2027-05-05")
    assert "au plus tard le 04/05/2027" in late.message
    assert followed(moved, outcome="support_extended", extended_until="2027-05-04").done
    assert waiting(moved, "follow_up_extension") == [date(2027, 5, 4)]
    assert followed(moved, "2027-05-03", milestone=12).done
    assert case(moved)["support_until"] is None
    assert not waiting(moved, "follow_up_extension")


def test_an_extension_lengthens_the_measure_that_runs() -> None:
    moved = a_transfer("follow_up")
    measure = EXAMPLES["start_support"](moved) | {"consented_on": "2026-06-01", "started_on": "2026-06-01"}
    do("start_support", moved, "amina", "2026-06-01", **measure)
    before = the(SupportMeasure)["until"]
    assert followed(moved, outcome="support_extended", extended_until="2027-03-31").done
    kept = the(SupportMeasure)
    assert (kept["until"], kept["extended_from"]) == (date(2027, 3, 31), before)
    assert waiting(moved, "support_end") == [date(2027, 3, 31)]
    assert case(moved)["support_until"] is None


def test_a_new_difficulty_is_told_to_a_body_and_its_reception_is_checked() -> None:
    moved = a_transfer("follow_up")
    assert codes(followed(moved, outcome="new_difficulty")) == {"follow_up.signal"}
    refused = followed(moved, outcome="new_difficulty", signal_to="fsl")
    assert "accord du ménage" in refused.message
    told = followed(
        moved, outcome="new_difficulty", signal_to="fsl", signal_consent=True, signal_reason="Impayé"
    )
    assert told.done, told.message
    first = told.created["signal"]
    assert waiting(moved, "signal_receipt") == [date(2026, 11, 19)]
    do(
        "confirm_signal",
        moved,
        "amina",
        "2026-11-20",
        signal_id=first,
        answer="lost",
        checked_on="2026-11-19",
    )
    assert waiting(moved, "signal_receipt") == [date(2026, 12, 4)]
    second = the(Signal, answer="waiting")
    assert (second["told"], second["sent_on"]) == ("fsl", date(2026, 11, 19))
    do("confirm_signal", moved, "amina", "2026-12-01", signal_id=second["id"], answer="received",
       checked_on="2026-12-01")  # fmt: skip
    assert not waiting(moved, "signal_receipt")
    again = ask("confirm_signal", moved, "amina", "2026-12-02", signal_id=first, answer="received",
                checked_on="2026-12-02")  # fmt: skip
    assert codes(again) == {"signal.not_waiting"}


def test_the_ccapex_is_told_without_the_agreement_of_the_household() -> None:
    moved = a_transfer("follow_up")
    assert followed(moved, outcome="new_difficulty", signal_to="ccapex").done
    do("close_case", moved, "amina", "2026-11-05")
    assert the(Signal)["answer"] == "ended"
    assert not waiting(moved, "signal_receipt")


def test_a_household_that_left_is_no_longer_followed() -> None:
    moved = a_transfer("follow_up")
    gone = ask("record_follow_up", moved, "amina", M6, milestone=6, held_on=M6, reached=False,
               channel="partner", outcome="left")  # fmt: skip
    assert gone.done, gone.message
    assert not [row for row in every(Deadline, case_id=moved, closed_at=None) if "follow" in row["kind"]]
    assert ask("close_case", moved, "amina", "2026-11-05").done


def test_who_wishes_to_move_again_has_a_new_case_from_the_dwelling_obtained() -> None:
    moved = a_rehousing("follow_up")
    do("protect_case", moved, "farid", "2026-11-01", readers=["denis"])
    made = do("refer_again", moved, "farid", "2026-11-05", criteria=["economic"], rooms=4)
    again, former = case(made.created["case"]), case(moved)
    assert (again["kind"], again["state"], again["parent_id"]) == ("transfer", "referred", moved)
    assert again["household_id"] == former["household_id"]
    assert (again["landlord_id"], again["protected"], again["owner_id"]) == ("vilogia", True, "farid")
    home = the(Dwelling, id=again["dwelling_id"])
    assert (home["address"], home["rooms"], str(home["surface_m2"])) == (OFFER["address"], 4, "70.00")
    named = {row["account_id"] for row in every(NamedReader, case_id=again["id"])}
    assert {"farid", "denis"} <= named
    assert waiting(again["id"], "admissibility_answer") == [date(2026, 12, 17)]
    twice = ask("refer_again", moved, "farid", "2026-11-06", criteria=["economic"])
    assert codes(twice) == {"refer.standing"}
    assert again["id"] in twice.message


def test_the_questionnaire_is_filled_once_at_each_milestone() -> None:
    moved = a_transfer("follow_up")
    early = ask(
        "record_satisfaction", moved, "amina", "2026-10-19", **(SURVEY_RIME | {"answered_on": "2026-10-19"})
    )
    assert "à partir du 20/10/2026" in early.message
    do("record_satisfaction", moved, "amina", "2026-12-01", **SURVEY_RIME)
    twice = ask("record_satisfaction", moved, "amina", "2026-12-01", **SURVEY_RIME)
    assert codes(twice) == {"satisfaction.twice"}
    assert the(Satisfaction)["dwelling"] == 4


# The charter ----------------------------------------------------------------------------------------


def frozen(case_id: str) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in every(Promise, case_id=case_id)}


def test_the_promises_are_judged_when_the_household_moves_in() -> None:
    case_id = a_rehousing("lease_signed")
    assert not frozen(case_id)
    do("move_in", case_id, "farid", "2026-05-04", moved_on="2026-05-04", in_qpv=False, fragility=2)
    found = frozen(case_id)
    assert {code: row["verdict"] for code, row in found.items()} == {
        "residential_choice": "kept",
        "means": "unverifiable",
        "balance": "kept",
    }
    assert found["means"]["certainty"] == "unverified"
    assert found["means"]["inputs"]["cost_after"] == "430.00"
    assert found["means"]["inputs"]["effort_after"] == "35,8 %"
    assert found["balance"]["inputs"]["fragility"] == 2
    assert {row["judged_on"] for row in found.values()} == {date(2026, 5, 4)}


def test_a_transfer_makes_no_promise_of_the_charter() -> None:
    moved = a_transfer("follow_up")
    assert not frozen(moved)
    typed = {"promise": "means", "reason": "Accord.", "decided_on": M6}
    assert codes(ask("record_derogation", moved, "hugo", M6, **typed)) == {"promise.rehousing_only"}


def test_neither_a_setting_nor_a_derogation_changes_what_is_frozen() -> None:
    first = a_rehousing("moved_in")
    before = frozen(first)
    do("change_setting", None, "lea", "2026-11-24", key="max_effort_rate", valid_from="2020-01-01", value=10,
       source="Charte, page 14.", text_read=True)  # fmt: skip
    do("record_derogation", first, "hugo", "2026-11-24", promise="means", reason="Surface doublée.",
       decided_on="2026-11-20")  # fmt: skip
    assert frozen(first) == before
    noted = the(Derogation)
    assert (noted["author_id"], noted["code"]) == ("hugo", "means")
    later = frozen(a_rehousing("moved_in"))["means"]
    assert (later["verdict"], later["certainty"], later["inputs"]["limit"]) == ("broken", "B", "10 %")


CLAUSE = {"valid_from": "2020-01-01", "source": "Charte, page 14.", "text_read": True}
HOME = DWELLING | {"rent": "400", "charges": "60", "housing_aid": "200", "heating_included": True}


def verdicts(case_id: str) -> dict[str, str]:
    return {code: row["verdict"] for code, row in frozen(case_id).items()}


def test_what_is_recorded_of_the_money_and_the_quarter_lets_each_promise_be_verified() -> None:
    """Heating in one bill alone stops the comparison; the quarter left is known by its building."""
    do("change_setting", None, "lea", "2026-01-05", key="net_cost_equivalent_surface", value=False, **CLAUSE)
    site = an_operation()
    do("update_building", site.building, "denis", "2026-01-06", name="Barre 3", address="A", in_qpv=True)
    for heating, verdict in ((True, "broken"), (False, "unverifiable")):
        case_id = a_rehousing("searching", building=site.building, dwelling=HOME)
        said = OFFER | {"heating_included": heating, "in_qpv": False, "fragility": 2, "rent_cut": "20"}
        do("make_offer", case_id, "farid", "2026-04-01", **said)
        for kind, data in (
            ("accept_offer", {}),
            ("inform_committee", {"informed_on": "2026-04-16"}),
            ("sign_lease", {"signed_on": "2026-04-16"}),
            ("move_in", {"moved_on": "2026-05-04"}),
        ):
            do(kind, case_id, "farid", "2026-05-04", **data)
        assert verdicts(case_id) == {"residential_choice": "kept", "means": verdict, "balance": "kept"}
        told = frozen(case_id)
        assert told["balance"]["inputs"] | {"objective": None} == {
            "in_qpv": False, "from_qpv": True, "fragility": 2, "objective": None,
        }  # fmt: skip
        costs = told["means"]["inputs"]
        assert (costs["cost_before"], costs["cost_after"]) == ("260.00", "410.00")
        assert costs["same_charges"] is heating


def test_who_returns_home_or_stays_away_for_good_is_compared_with_where_they_live() -> None:
    do("change_setting", None, "lea", "2026-01-05", key="net_cost_equivalent_surface", value=True, **CLAUSE)
    back = a_rehousing("temporarily_housed", dwelling=HOME | {"in_qpv": True})
    after = {"rent": "405", "charges": "60", "housing_aid": "205"}
    do("return_home", back, "farid", "2026-09-30", returned_on="2026-09-30", **after)
    assert verdicts(back) == {"residential_choice": "kept", "means": "kept", "balance": "broken"}
    unsaid = a_rehousing("temporarily_housed", dwelling=HOME)
    do("return_home", unsaid, "farid", "2026-09-30", returned_on="2026-09-30")
    assert verdicts(unsaid)["means"] == verdicts(unsaid)["balance"] == "unverifiable"
    away = a_rehousing("searching", dwelling=HOME)
    moved = {"moved_on": "2026-03-02", "return_on": "2026-09-30", "dwelling": "T3, 5 rue du Pont"}
    place = {"commune": "Roubaix", "rent": "500", "charges": "60", "housing_aid": "200", "in_qpv": False}
    do("move_temporarily", away, "farid", "2026-03-02", **moved, **place)
    do("renounce_return", away, "farid", "2026-09-01", written_on="2026-09-01", document="Courrier signé")
    assert verdicts(away) == {"residential_choice": "broken", "means": "unverifiable", "balance": "kept"}


def test_only_who_leads_or_pilots_notes_a_derogation() -> None:
    moved = a_rehousing("moved_in")
    typed = {"promise": "balance", "reason": "Souhait du ménage.", "decided_on": M6}
    for who in ("amina", "farid", "jules"):
        assert ask("record_derogation", moved, who, M6, **typed).status == "refused"
    for who in ("denis", "gaelle", "hugo"):
        do("record_derogation", moved, who, M6, **typed)
    assert len(every(CaseFile)) == 1
