"""The technical committee: agenda, opinions, legitimacy of a refusal, and where an opinion is compulsory."""

from datetime import date
from typing import Any

import pytest

from cases.command import Outcome
from db.tables.clock import Notice
from db.tables.offer import Offer
from db.tables.technical import TechnicalItem, TechnicalSession
from tests.builders import OFFER, a_rehousing, a_transfer, ask, do
from tests.records import case, every, the

pytestmark = pytest.mark.usefixtures("house")
MEMBERS = ["lmh", "mel", "ccas-tourcoing", "ddtm"]


def codes(outcome: Outcome) -> list[str]:
    return [reason.code for reason in outcome.reasons]


def a_committee(held_on: str = "2026-05-12", *, opened: bool = False, **where: Any) -> str:
    plan = {"held_on": held_on, "member_ids": MEMBERS} | where
    session = str(do("plan_technical", None, "gaelle", "2026-01-05", **plan).reference)
    if opened:
        do("open_technical", session, "gaelle", held_on, present_ids=["lmh", "mel"])
    return session


def submit(reference: str, session: str, asked: str = "need", **data: Any) -> int:
    who = "farid" if reference.startswith("R") else "amina"
    outcome = do("submit_to_technical", reference, who, "2026-05-04", session_id=session, asked=asked, **data)
    return int(outcome.created["technical_item"])


def test_one_point_at_a_time_then_minutes_that_nothing_changes() -> None:
    session = a_committee()
    first, second = a_transfer(at="diagnosed"), a_transfer(at="searching")
    need = submit(first, session)
    derogation = submit(second, session, "derogation", question="Un T4 pour deux personnes ?")
    early = ask("open_technical", session, "gaelle", "2026-05-11", present_ids=["lmh"])
    assert codes(early) == ["technical.to_come"]
    closed = ask("record_opinion", session, "gaelle", "2026-05-12", item_id=need, opinion="favourable")
    assert codes(closed) == ["technical.not_open"]

    do("open_technical", session, "gaelle", "2026-05-12", present_ids=["lmh", "mel"])
    do("record_opinion", session, "gaelle", "2026-05-12", item_id=need, opinion="favourable")
    given = the(TechnicalItem, id=need)
    assert (given["opinion"], given["given_by"], given["given_on"]) == (
        "favourable",
        "gaelle",
        date(2026, 5, 12),
    )
    assert given["need_sheet_id"] == case(first)["need_sheet_id"]
    assert (
        f"Le comité technique s’est prononcé sur {first}"
        in the(Notice, recipient_id="amina", case_id=first)["text"]
    )
    bare = ask("record_opinion", session, "gaelle", "2026-05-12", item_id=derogation, opinion="unfavourable")
    assert codes(bare) == ["field.reason"]
    assert codes(ask("close_technical", session, "gaelle", "2026-05-12")) == ["technical.left"]
    do(
        "record_opinion", session, "hugo", "2026-05-12",
        item_id=derogation, opinion="unfavourable", reason="Le T3 suffit.",
    )  # fmt: skip
    do("close_technical", session, "gaelle", "2026-05-13")
    row = the(TechnicalSession, id=session)
    assert (row["state"], row["minutes_on"], bool(row["journal_head"])) == ("closed", date(2026, 5, 13), True)
    after = ask(
        "record_opinion", session, "gaelle", "2026-05-14", item_id=need, opinion="adjourned", reason="Non."
    )
    assert codes(after) == ["technical.not_open", "technical.no_item"]


def test_what_is_adjourned_comes_back_on_the_next_agenda_of_the_same_perimeter() -> None:
    session, elsewhere = a_committee(opened=True), a_committee("2026-06-02", landlord_id="vilogia")
    reference = a_transfer(at="diagnosed")
    item = submit(reference, session)
    do(
        "record_opinion",
        session,
        "gaelle",
        "2026-05-12",
        item_id=item,
        opinion="adjourned",
        reason="Avis du CCAS.",
    )
    assert every(TechnicalItem, session_id=elsewhere) == []
    following = a_committee("2026-06-09")
    again = the(TechnicalItem, session_id=following)
    assert (again["returns"], again["asked"], again["opinion"]) == (1, "need", "waiting")
    do("cancel_technical", following, "gaelle", "2026-06-01", reason="Salle prise.")
    last = a_committee("2026-07-07")
    assert the(TechnicalItem, session_id=last)["returns"] == 2
    do("withdraw_from_technical", reference, "amina", "2026-06-10",
       item_id=the(TechnicalItem, session_id=last)["id"], reason="Solution trouvée.")  # fmt: skip
    assert the(TechnicalItem, session_id=last)["opinion"] == "withdrawn"


def test_a_refusal_is_judged_beside_the_frozen_test_and_only_once() -> None:
    reference = a_rehousing(at="offer_pending")
    do("refuse_offer", reference, "farid", "2026-04-03", reasons=["no_lift"], signed=True)
    offer = the(Offer, case_id=reference)
    session = a_committee(opened=True)
    none = ask("submit_to_technical", reference, "farid", "2026-05-04", session_id=session, asked="refusal")
    assert codes(none) == ["technical.no_refusal"]
    item = submit(reference, session, "refusal", offer_id=offer["id"])
    assert the(Offer, id=offer["id"])["legitimacy"] == "under_review"
    wrong = ask("record_opinion", session, "gaelle", "2026-05-12", item_id=item, opinion="favourable")
    assert codes(wrong) == ["technical.wrong_act"]
    do(
        "judge_refusal", session, "gaelle", "2026-05-12",
        item_id=item, verdict="legitimate", reason="Quatrième étage sans ascenseur.",
    )  # fmt: skip
    judged = the(Offer, id=offer["id"])
    assert (judged["legitimacy"], judged["legitimacy_by"], judged["legitimacy_on"]) == (
        "legitimate", "gaelle", date(2026, 5, 12),
    )  # fmt: skip
    frozen = ("countable", "judgement", "state", "refusal_reasons")
    assert {name: judged[name] for name in frozen} == {name: offer[name] for name in frozen}
    assert case(reference)["countable_refusals"] == (1 if offer["countable"] else 0)
    twice = ask(
        "submit_to_technical", reference, "farid", "2026-05-13",
        session_id=session, asked="refusal", offer_id=offer["id"],
    )  # fmt: skip
    assert codes(twice) == ["technical.judged"]


def test_an_officer_keeps_the_committee_of_their_own_stock_only() -> None:
    refused = ask("plan_technical", None, "farid", "2026-01-05", held_on="2026-05-12")
    assert codes(refused) == ["access.scope"]
    own = str(
        do("plan_technical", None, "farid", "2026-01-05", held_on="2026-05-12", landlord_id="lmh").reference
    )
    assert codes(ask("open_technical", own, "elise", "2026-05-12", present_ids=["lmh"])) == ["access.scope"]
    far = a_committee("2026-05-19", territory="Weppes")
    outside = ask(
        "submit_to_technical", a_transfer(at="diagnosed"), "amina", "2026-05-04", session_id=far, asked="need"
    )
    assert codes(outside) == ["technical.elsewhere"]


def test_nobody_but_a_named_reader_gives_the_opinion_on_a_protected_case() -> None:
    session = a_committee(opened=True)
    evidence = [{"kind": "complaint", "dated_on": "2026-01-02"}]
    reference = a_transfer(at="searching", criteria=["violence"], evidence=evidence)
    item = submit(reference, session)
    opinion = {"item_id": item, "opinion": "favourable"}
    assert codes(ask("record_opinion", session, "gaelle", "2026-05-12", **opinion)) == ["access.protected"]
    do("add_reader", reference, "amina", "2026-05-12", account_id="gaelle")
    do("record_opinion", session, "gaelle", "2026-05-12", **opinion)


def compulsory(key: str) -> None:
    do(
        "change_setting",
        None,
        "lea",
        "2026-01-05",
        key=key,
        valid_from="2026-01-05",
        value=True,
        source="Décision.",
    )


def test_a_setting_makes_the_opinion_compulsory_before_an_offer_and_a_new_sheet_asks_again() -> None:
    reference = a_transfer(at="searching")
    compulsory("technical_committee_before_offer")
    session = a_committee(opened=True)
    refused = ask("make_offer", reference, "amina", "2026-05-12", **OFFER)
    assert codes(refused) == ["case.opinion_to_offer"]
    assert refused.reasons[0].source == "Réglage technical_committee_before_offer (à valider)"
    do(
        "record_opinion",
        session,
        "gaelle",
        "2026-05-12",
        item_id=submit(reference, session),
        opinion="favourable",
    )
    do("make_offer", reference, "amina", "2026-05-12", **OFFER)
    do("annul_offer", reference, "amina", "2026-05-13", reason="Logement vendu.")
    do(
        "revise_need",
        reference,
        "amina",
        "2026-05-14",
        need={"typology_min": 4, "typology_max": 4},
        reason="Naissance.",
    )
    do("validate_need", reference, "amina", "2026-05-14") if case(reference)["state"] == "diagnosed" else None
    do("start_search", reference, "amina", "2026-05-14")
    assert "case.opinion_to_offer" in codes(ask("make_offer", reference, "amina", "2026-05-14", **OFFER))


def test_or_before_the_allocation_commission_or_the_search() -> None:
    reference, need = a_transfer(at="committee"), a_transfer(at="need_validated")
    compulsory("technical_committee_before_committee")
    assert codes(ask("allocate", reference, "amina", "2026-05-12")) == ["case.opinion_to_allocate"]
    do("start_search", need, "amina", "2026-05-12")
    other = a_transfer(at="need_validated")
    compulsory("technical_committee_required")
    assert codes(ask("start_search", other, "amina", "2026-05-12")) == ["case.opinion_to_search"]


def test_a_session_is_planned_once_ahead_for_one_perimeter() -> None:
    refused = ask(
        "plan_technical",
        None,
        "gaelle",
        "2026-01-05",
        held_on="2026-01-04",
        landlord_id="lmh",
        territory="Est",
    )
    assert codes(refused) == ["technical.past", "technical.perimeter"]
    session = a_committee()
    assert codes(ask("plan_technical", None, "hugo", "2026-01-05", held_on="2026-05-12")) == [
        "technical.twice"
    ]
    assert codes(ask("open_technical", session, "gaelle", "2026-05-12")) == ["technical.nobody"]
    do("open_technical", session, "gaelle", "2026-05-12", present_ids=["lmh"])
    cancelled = ask("cancel_technical", session, "gaelle", "2026-05-12", reason="Salle prise.")
    assert codes(cancelled) == ["technical.not_planned"]


def test_a_point_says_what_it_asks_and_waits_once() -> None:
    session, reference = a_committee(), a_transfer(at="diagnosis")
    asked = {"session_id": session}
    need = ask("submit_to_technical", reference, "amina", "2026-05-04", **asked, asked="need")
    assert codes(need) == ["case.no_need_sheet"]
    bare = ask("submit_to_technical", reference, "amina", "2026-05-04", **asked, asked="orientation")
    assert codes(bare) == ["field.question"]
    asked |= {"asked": "orientation", "question": "Vers quel parc ?"}
    do("submit_to_technical", reference, "amina", "2026-05-04", **asked)
    again = ask("submit_to_technical", reference, "amina", "2026-05-04", **asked)
    assert codes(again) == ["technical.already"]
    do("cancel_technical", session, "gaelle", "2026-05-05", reason="Salle prise.")
    over = ask("submit_to_technical", reference, "amina", "2026-05-06", **asked)
    assert codes(over) == ["technical.over"]
    do("close_early", reference, "amina", "2026-05-07", reason="withdrawn_by_household")
    assert every(TechnicalItem, session_id=a_committee("2026-06-09")) == []  # nothing comes back for it


def a_refusal(on: str, *, reasons: tuple[str, ...] = ("dwelling_state",)) -> tuple[str, str]:
    """A rehousing whose offer was refused that day, and the offer."""
    reference = a_rehousing(at="offer_pending")
    do("refuse_offer", reference, "farid", on, reasons=list(reasons), signed=True)
    return reference, str(the(Offer, case_id=reference)["id"])


def test_a_refusal_that_asks_for_the_committee_goes_on_the_next_agenda_by_itself() -> None:
    """Setting refusal_effects: the state of the dwelling asks for it, the location does not."""
    early, offer = a_refusal("2026-04-03")
    a_refusal("2026-04-03", reasons=("location",))
    assert every(TechnicalItem) == []  # nothing is planned yet
    session = a_committee("2026-05-12")
    (point,) = every(TechnicalItem, session_id=session)
    assert (point["case_id"], point["asked"], point["offer_id"]) == (early, "refusal", offer)
    far = a_committee("2026-06-16")
    assert every(TechnicalItem, session_id=far) == []  # once only
    late, _ = a_refusal("2026-04-03")
    assert [row["case_id"] for row in every(TechnicalItem, session_id=session)] == [early, late]
    again = ask(
        "submit_to_technical",
        early,
        "farid",
        "2026-05-04",
        session_id=session,
        asked="refusal",
        offer_id=offer,
    )
    assert codes(again) == ["technical.already"]
    do("annul_refusal", early, "denis", "2026-05-05", offer_id=offer, reason="Autre ménage.")
    assert the(TechnicalItem, id=point["id"])["opinion"] == "withdrawn"


def test_an_opinion_recorded_by_mistake_is_annulled_kept_and_asked_again() -> None:
    _, offer = a_refusal("2026-04-03")
    session = a_committee(opened=True)
    need = submit(a_transfer(at="diagnosed"), session)
    refusal = the(TechnicalItem, session_id=session, asked="refusal")["id"]
    none = ask("annul_opinion", session, "gaelle", "2026-05-12", item_id=need, reason="Rien.")
    assert codes(none) == ["technical.no_opinion"]
    do(
        "judge_refusal",
        session,
        "gaelle",
        "2026-05-12",
        item_id=refusal,
        verdict="legitimate",
        reason="Humide.",
    )
    do("annul_opinion", session, "gaelle", "2026-05-12", item_id=refusal, reason="Un autre dossier.")
    kept = the(TechnicalItem, id=refusal)
    assert (kept["opinion"], kept["annulled_from"], kept["annul_reason"], kept["reason"]) == (
        "annulled", "legitimate", "Un autre dossier.", "Humide.",
    )  # fmt: skip
    assert the(Offer, id=offer)["legitimacy"] == "under_review"
    again = the(TechnicalItem, id=kept["next_id"])
    assert (again["session_id"], again["opinion"], again["returns"]) == (session, "waiting", 0)
    do("judge_refusal", session, "gaelle", "2026-05-12",
       item_id=again["id"], verdict="not_legitimate", reason="Travaux faits.")  # fmt: skip
    assert the(Offer, id=offer)["legitimacy"] == "not_legitimate"

    do("record_opinion", session, "gaelle", "2026-05-12", item_id=need, opinion="favourable")
    assert "validez la fiche besoin" in every(Notice, recipient_id="amina")[-1]["text"]
    do("close_technical", session, "gaelle", "2026-05-13")
    do("annul_opinion", session, "gaelle", "2026-05-14", item_id=need, reason="Mauvaise ligne.")
    following = a_committee("2026-06-09")
    assert the(TechnicalItem, session_id=following)["returns"] == 1  # once minuted, the next session


def test_an_adjournment_examined_since_is_corrected_where_it_was_examined() -> None:
    session, following = a_committee(opened=True), a_committee("2026-06-09")
    item = submit(a_transfer(at="diagnosed"), session)
    late = {"opinion": "adjourned", "reason": "Avis du CCAS."}
    do("record_opinion", session, "gaelle", "2026-05-12", item_id=item, **late)
    carried = the(TechnicalItem, session_id=following)["id"]
    do("annul_opinion", session, "gaelle", "2026-05-12", item_id=item, reason="Il était présent.")
    assert the(TechnicalItem, id=carried)["opinion"] == "withdrawn"
    again = the(TechnicalItem, id=the(TechnicalItem, id=item)["next_id"])["id"]
    do("record_opinion", session, "gaelle", "2026-05-12", item_id=again, **late)
    last = the(TechnicalItem, id=the(TechnicalItem, id=again)["next_id"])["id"]
    do("open_technical", following, "gaelle", "2026-06-09", present_ids=["lmh"])
    do("record_opinion", following, "gaelle", "2026-06-09", item_id=last, opinion="favourable")
    since = ask("annul_opinion", session, "gaelle", "2026-06-10", item_id=again, reason="Trop tard.")
    assert codes(since) == ["technical.examined_since"]
