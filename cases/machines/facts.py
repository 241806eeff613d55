"""What the guards may read, as plain values, and the guards that both paths share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.machines.base import guard

SIX_MONTHS = 6  # the follow-up that the mission names; its calendar is a setting


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Facts of one case at the moment of an event. `settings` are those in force that day."""

    criteria: tuple[str, ...] = ()
    evidence_missing: bool = False
    grid_complete: bool = True
    need_drafted: bool = False
    need_validated: bool = False
    open_offer: bool = False
    accepted_offer: bool = False
    rank_waiting: bool = False
    condition_open: bool = False
    lease_signed_on: date | None = None
    moved_in_on: date | None = None
    committee_decides: bool = True
    six_month_follow_up_done: bool = False
    early_reason_allowed: bool = True
    opinion_awaited_to_search: bool = False
    opinion_awaited_to_offer: bool = False
    opinion_awaited_to_allocate: bool = False

    @classmethod
    def of(cls, case: Mapping[str, Any], **extra: Any) -> "CaseFacts":
        """From the summary columns of the case; `extra` are the facts that only the command knows."""
        return cls(
            criteria=tuple(case["criteria"]),
            need_drafted=case["need_sheet_id"] is not None,
            need_validated=case["need_sheet_id"] is not None and case["need_validated_on"] is not None,
            open_offer=case["open_offer_id"] is not None,
            accepted_offer=case["accepted_offer_id"] is not None,
            rank_waiting=case["committee_rank"] is not None,
            condition_open=case["condition_due_on"] is not None,
            lease_signed_on=case["lease_signed_on"],
            moved_in_on=case["moved_in_on"],
            six_month_follow_up_done=case["follow_up_done"] >= SIX_MONTHS,
            **extra,
        )


@guard(
    "case.no_criterion",
    "Indiquez au moins une des sept situations avant d’admettre le dossier.",
    "CIA, 7 situations ; CIET art. 7",
)
def has_criterion(facts: CaseFacts) -> bool:
    return bool(facts.criteria)


@guard(
    "case.evidence_missing",
    "Le dossier de recevabilité n’est pas complet.",
    "Liste des justificatifs, F10007",
)
def evidence_is_complete(facts: CaseFacts) -> bool:
    return not facts.evidence_missing


@guard(
    "case.grid_incomplete",
    "Le diagnostic n’est pas complet : renseignez le ménage, les ressources et la conclusion.",
    "Grille partagée, plan de gestion",
)
def grid_is_complete(facts: CaseFacts) -> bool:
    return facts.grid_complete


@guard(
    "case.no_need_sheet", "Aucune fiche besoin n’est préparée : signez d’abord le diagnostic.", "CIET art. 7"
)
def need_is_drafted(facts: CaseFacts) -> bool:
    return facts.need_drafted


@guard(
    "case.need_not_validated",
    "La fiche besoin n’est pas validée : validez-la avant de chercher ou de proposer.",
    "Charte de relogement, parcours",
)
def need_is_validated(facts: CaseFacts) -> bool:
    return facts.need_validated


@guard(
    "case.offer_open",
    "Une proposition attend déjà sa réponse : enregistrez la réponse ou annulez-la.",
    "CCH R.441-10",
)
def no_offer_open(facts: CaseFacts) -> bool:
    return not facts.open_offer


@guard(
    "case.no_accepted_offer",
    "Aucune proposition acceptée : la commission n’a rien à examiner.",
    "CCH R.441-3",
)
def has_accepted_offer(facts: CaseFacts) -> bool:
    return facts.accepted_offer


@guard(
    "case.no_rank",
    "Aucun rang n’attend : enregistrez d’abord le rang obtenu en commission.",
    "CCH R.441-3 b",
)
def rank_is_waiting(facts: CaseFacts) -> bool:
    return facts.rank_waiting


@guard(
    "case.condition_open",
    "La condition suspensive n’est pas levée : enregistrez la pièce reçue avant de signer le bail.",
    "CCH R.441-3 c",
)
def condition_is_lifted(facts: CaseFacts) -> bool:
    return not facts.condition_open


@guard("case.no_condition", "L’attribution n’attend aucune pièce.", "CCH R.441-3 c")
def condition_is_open(facts: CaseFacts) -> bool:
    return facts.condition_open


@guard("case.lease_missing", "Enregistrez d’abord la date de signature du bail.", "Loi du 6 juillet 1989")
def lease_is_signed(facts: CaseFacts) -> bool:
    return facts.lease_signed_on is not None


@guard(
    "case.committee_only_informed",
    "Ici la commission est informée, elle ne délibère pas : utilisez « Informer la commission ».",
    "Réglages caleol_mode_rehousing et caleol_mode_transfer",
)
def committee_decides(facts: CaseFacts) -> bool:
    return facts.committee_decides


@guard(
    "case.committee_decides",
    "Ici la commission délibère : enregistrez sa décision (attribution ou non-attribution).",
    "Réglages caleol_mode_rehousing et caleol_mode_transfer",
)
def committee_is_informed(facts: CaseFacts) -> bool:
    return not facts.committee_decides


@guard(
    "case.follow_up_missing",
    "Le bilan à six mois n’est pas fait : enregistrez-le, ou clôturez avec un motif.",
    "Convention de suivi social ; réglage follow_up_months",
)
def six_months_are_followed(facts: CaseFacts) -> bool:
    return facts.six_month_follow_up_done


@guard(
    "case.early_reason_unknown",
    "Ce motif de clôture n’existe pas pour ce type de dossier : choisissez-en un dans la liste.",
    "Cycle de vie",
)
def early_reason_is_allowed(facts: CaseFacts) -> bool:
    return facts.early_reason_allowed


OPINION = (
    "Le comité technique n’a pas donné d’avis favorable sur la fiche besoin en vigueur : "
    "inscrivez-y le dossier."
)


@guard("case.opinion_to_search", OPINION, "Réglage technical_committee_required (à valider)")
def opinion_allows_search(facts: CaseFacts) -> bool:
    return not facts.opinion_awaited_to_search


@guard("case.opinion_to_offer", OPINION, "Réglage technical_committee_before_offer (à valider)")
def opinion_allows_offer(facts: CaseFacts) -> bool:
    return not facts.opinion_awaited_to_offer


@guard("case.opinion_to_allocate", OPINION, "Réglage technical_committee_before_committee (à valider)")
def opinion_allows_committee(facts: CaseFacts) -> bool:
    return not facts.opinion_awaited_to_allocate


@guard("case.not_moved_in", "Le ménage n’a pas encore emménagé.", "Cycle de vie")
def has_moved_in(facts: CaseFacts) -> bool:
    return facts.moved_in_on is not None


@guard("case.moved_in", "Le ménage a emménagé : le dossier se rouvre au suivi.", "Cycle de vie")
def has_not_moved_in(facts: CaseFacts) -> bool:
    return facts.moved_in_on is None


@guard("case.need_known", "Le besoin est déjà validé : le dossier se rouvre à la recherche.", "Cycle de vie")
def need_is_unknown(facts: CaseFacts) -> bool:
    return not facts.need_validated
