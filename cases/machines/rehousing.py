"""The path of a household of a building to empty (relogement NPRU): metropolitan rehousing charter."""

from statemachine import State, StateMachine

from cases.machines.base import compile_machine, stays
from cases.machines.facts import (
    committee_decides,
    committee_is_informed,
    condition_is_lifted,
    condition_is_open,
    early_reason_is_allowed,
    grid_is_complete,
    has_accepted_offer,
    has_moved_in,
    has_not_moved_in,
    lease_is_signed,
    need_is_drafted,
    need_is_unknown,
    need_is_validated,
    no_offer_open,
    opinion_allows_committee,
    opinion_allows_offer,
    opinion_allows_search,
    rank_is_waiting,
    six_months_are_followed,
)

EARLY_REASONS = (
    "left_by_themselves",
    "death_no_successor",
    "withdrawn_from_operation",
    "maintained_in_place",
    "withdrawn_by_household",
    "oriented_elsewhere",
    "duplicate_merged",
    "no_answer",
    "eviction",
    "moved_out_of_mel",
)


class Rehousing(StateMachine):
    identified = State("Identifié", initial=True)
    informed = State("Informé")
    diagnosis = State("Enquête sociale en cours")
    diagnosed = State("Enquête signée")
    need_validated = State("Besoin validé")
    searching = State("Recherche")
    offer_pending = State("Proposition en attente")
    accepted = State("Proposition acceptée")
    allocated = State("Logement attribué")
    lease_signed = State("Bail signé")
    temporarily_housed = State("Relogé provisoirement")
    moved_in = State("Relogé")
    follow_up = State("Suivi")
    closed = State("Clos")

    inform_household = identified.to(informed)
    start_diagnosis = informed.to(diagnosis)
    sign_diagnosis = diagnosis.to(diagnosed, cond=grid_is_complete)
    validate_need = diagnosed.to(need_validated, cond=need_is_drafted)
    start_search = need_validated.to(searching, cond=[need_is_validated, opinion_allows_search])
    make_offer = searching.to(offer_pending, cond=[need_is_validated, opinion_allows_offer, no_offer_open])
    accept_offer = offer_pending.to(accepted)
    inform_committee = accepted.to(
        allocated, cond=[has_accepted_offer, opinion_allows_committee, committee_is_informed]
    )
    allocate = accepted.to(allocated, cond=[has_accepted_offer, opinion_allows_committee, committee_decides])
    sign_lease = allocated.to(lease_signed, cond=[has_accepted_offer, condition_is_lifted])
    revise_need = searching.to(need_validated)
    record_attempt = stays(searching)
    send_need = stays(searching)
    refuse_offer = offer_pending.to(searching)
    expire_offer = offer_pending.to(searching)
    annul_offer = offer_pending.to(searching) | accepted.to(searching) | allocated.to(searching)
    not_allocate = accepted.to(searching, cond=committee_decides)
    rank_candidate = stays(accepted, committee_decides)
    award_next_rank = accepted.to(allocated, cond=[has_accepted_offer, committee_decides, rank_is_waiting])
    fail_condition = allocated.to(searching, cond=condition_is_open)
    move_in = lease_signed.to(moved_in, cond=lease_is_signed)
    move_temporarily = lease_signed.to(temporarily_housed) | searching.to(temporarily_housed)
    return_home = temporarily_housed.to(moved_in)
    resume_search = temporarily_housed.to(searching, cond=need_is_validated) | temporarily_housed.to(
        diagnosis, cond=need_is_unknown
    )
    renounce_return = temporarily_housed.to(moved_in)
    change_return_date = stays(temporarily_housed)
    start_follow_up = moved_in.to(follow_up, cond=has_moved_in)
    close_case = follow_up.to(closed, cond=six_months_are_followed)
    record_follow_up = stays(follow_up)
    record_satisfaction = stays(follow_up)
    refer_again = stays(follow_up)
    change_holder = (
        stays(identified)
        | stays(informed)
        | stays(diagnosis)
        | diagnosed.to(diagnosis)
        | need_validated.to(diagnosis)
        | searching.to(diagnosis)
        | offer_pending.to(diagnosis)
        | accepted.to(diagnosis)
        | allocated.to(diagnosis)
        | stays(lease_signed)
        | stays(temporarily_housed)
        | stays(moved_in)
        | stays(follow_up)
    )
    split_household = (  # whoever stays is another household: asked again, until a lease is signed
        stays(identified)
        | stays(informed)
        | stays(diagnosis)
        | diagnosed.to(diagnosis)
        | need_validated.to(diagnosis)
        | searching.to(diagnosis)
        | offer_pending.to(diagnosis)
        | accepted.to(diagnosis)
        | allocated.to(diagnosis)
        | stays(lease_signed)
        | stays(temporarily_housed)
        | stays(moved_in)
        | stays(follow_up)
    )
    close_early = closed.from_(
        identified,
        informed,
        diagnosis,
        diagnosed,
        need_validated,
        searching,
        offer_pending,
        accepted,
        allocated,
        lease_signed,
        temporarily_housed,
        moved_in,
        follow_up,
        cond=early_reason_is_allowed,
    )
    reopen = (
        closed.to(follow_up, cond=has_moved_in)
        | closed.to(searching, cond=[has_not_moved_in, need_is_validated])
        | closed.to(informed, cond=[has_not_moved_in, need_is_unknown])
    )


ASIDE = (
    "rank_candidate",
    "fail_condition",
    "revise_need",
    "annul_offer",
    "move_temporarily",
    "change_holder",
    "split_household",
    "close_early",
    "reopen",
)
REHOUSING = compile_machine("rehousing", "Relogement NPRU", Rehousing, aside=ASIDE)
STAGES = (
    "identified",
    "informed",
    "diagnosis",
    "need_validated",
    "searching",
    "offer_pending",
    "accepted",
    "allocated",
    "lease_signed",
    "moved_in",
    "follow_up",
    "closed",
)
