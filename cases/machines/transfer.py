"""The path of a transfer (mutation bloquée ou complexe): CIET art. 7, CIA 2022."""

from statemachine import State, StateMachine

from cases.machines.base import compile_machine, stays
from cases.machines.facts import (
    committee_decides,
    committee_is_informed,
    condition_is_lifted,
    condition_is_open,
    early_reason_is_allowed,
    evidence_is_complete,
    grid_is_complete,
    has_accepted_offer,
    has_criterion,
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
    "withdrawn_by_household",
    "left_by_themselves",
    "death_no_successor",
    "oriented_elsewhere",
    "duplicate_merged",
    "no_answer",
    "eviction",
    "moved_out_of_mel",
)


class Transfer(StateMachine):
    referred = State("Signalé", initial=True)
    admissibility_check = State("Recevabilité à l’étude")
    incomplete = State("Incomplet")
    not_admissible = State("Non recevable")
    admitted = State("Recevable")
    diagnosis = State("Diagnostic en cours")
    diagnosed = State("Diagnostic signé")
    need_validated = State("Besoin validé")
    searching = State("Recherche")
    offer_pending = State("Proposition en attente")
    committee = State("Commission")
    allocated = State("Logement attribué")
    lease_signed = State("Bail signé")
    moved_in = State("Emménagé")
    follow_up = State("Suivi")
    closed = State("Clos")

    check_admissibility = referred.to(admissibility_check)
    admit = admissibility_check.to(admitted, cond=[has_criterion, evidence_is_complete])
    request_information = admissibility_check.to(incomplete)
    complete_information = incomplete.to(admissibility_check)
    reject = admissibility_check.to(not_admissible)
    start_diagnosis = admitted.to(diagnosis)
    sign_diagnosis = diagnosis.to(diagnosed, cond=grid_is_complete)
    validate_need = diagnosed.to(need_validated, cond=need_is_drafted)
    start_search = need_validated.to(searching, cond=[need_is_validated, opinion_allows_search])
    make_offer = searching.to(offer_pending, cond=[need_is_validated, opinion_allows_offer, no_offer_open])
    accept_offer = offer_pending.to(committee)
    allocate = committee.to(allocated, cond=[has_accepted_offer, opinion_allows_committee, committee_decides])
    inform_committee = committee.to(
        allocated, cond=[has_accepted_offer, opinion_allows_committee, committee_is_informed]
    )
    sign_lease = allocated.to(lease_signed, cond=[has_accepted_offer, condition_is_lifted])
    revise_need = searching.to(need_validated)
    record_attempt = stays(searching)
    send_need = stays(searching)
    refuse_offer = offer_pending.to(searching)
    expire_offer = offer_pending.to(searching)
    annul_offer = offer_pending.to(searching) | committee.to(searching) | allocated.to(searching)
    not_allocate = committee.to(searching, cond=committee_decides)
    rank_candidate = stays(committee, committee_decides)
    award_next_rank = committee.to(allocated, cond=[has_accepted_offer, committee_decides, rank_is_waiting])
    fail_condition = allocated.to(searching, cond=condition_is_open)
    move_in = lease_signed.to(moved_in, cond=lease_is_signed)
    start_follow_up = moved_in.to(follow_up, cond=has_moved_in)
    close_case = follow_up.to(closed, cond=six_months_are_followed)
    record_follow_up = stays(follow_up)
    record_satisfaction = stays(follow_up)
    refer_again = stays(follow_up)
    change_holder = (
        diagnosed.to(diagnosis)
        | need_validated.to(diagnosis)
        | searching.to(diagnosis)
        | offer_pending.to(diagnosis)
        | committee.to(diagnosis)
        | allocated.to(diagnosis)
        | stays(lease_signed)
        | stays(moved_in)
        | stays(follow_up)
    )
    split_household = (  # whoever stays is another household: asked again, until a lease is signed
        stays(referred)
        | stays(admissibility_check)
        | stays(incomplete)
        | stays(admitted)
        | stays(diagnosis)
        | diagnosed.to(diagnosis)
        | need_validated.to(diagnosis)
        | searching.to(diagnosis)
        | offer_pending.to(diagnosis)
        | committee.to(diagnosis)
        | allocated.to(diagnosis)
        | stays(lease_signed)
        | stays(moved_in)
        | stays(follow_up)
    )
    close_early = closed.from_(
        referred,
        admissibility_check,
        incomplete,
        admitted,
        diagnosis,
        diagnosed,
        need_validated,
        searching,
        offer_pending,
        committee,
        allocated,
        lease_signed,
        moved_in,
        follow_up,
        cond=early_reason_is_allowed,
    )
    reopen = (
        closed.to(follow_up, cond=has_moved_in)
        | closed.to(searching, cond=[has_not_moved_in, need_is_validated])
        | closed.to(referred, cond=[has_not_moved_in, need_is_unknown])
        | not_admissible.to(admissibility_check)
    )


ASIDE = (
    "rank_candidate",
    "fail_condition",
    "reject",
    "revise_need",
    "annul_offer",
    "change_holder",
    "split_household",
    "close_early",
    "reopen",
)
TRANSFER = compile_machine("transfer", "Mutation", Transfer, aside=ASIDE)
STAGES = (
    "referred",
    "admissibility_check",
    "admitted",
    "diagnosis",
    "need_validated",
    "searching",
    "offer_pending",
    "committee",
    "lease_signed",
    "moved_in",
    "follow_up",
    "closed",
)
