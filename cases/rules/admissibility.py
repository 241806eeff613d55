"""The seven situations that open the circuit of blocked or complex transfers, and what each asks as evidence.

Source: CIA 2022 of the MEL as published by URH Hauts-de-France in April 2024 (C); the CIET of 2017
(art. 7) left its list open. Only the type and the date of a piece of evidence are kept, never its text.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from cases.reasons import Reason
from cases.rules.dates import add_months
from cases.rules.finding import Certainty

SITUATIONS_SOURCE = "CIA 2022 de la MEL, mutations bloquées ou complexes (CIET, art. 7)"
EVIDENCE_SOURCE = "service-public, fiche F10007"
LOCAL_EVIDENCE_SOURCE = "Usage local, à valider"

EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "household_composition": "justificatif de la composition du ménage",
        "lease": "bail ou état des lieux indiquant les pièces et la surface",
        "rent_bill": "avis d’échéance ou quittance de loyer",
        "medical_certificate": "certificat médical (le besoin, sans diagnostic)",
        "disability_decision": "décision de la MDPH",
        "complaint": "récépissé de dépôt de plainte",
        "hazard_report": "rapport ou signalement d’un service",
        "protection_order": "ordonnance de protection",
        "snr_certificate": "attestation d’enregistrement de la demande (SNE)",
    }
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One situation. Any one of `evidence` (codes of EVIDENCE) is enough; `certainty` is that list's."""

    code: str
    label: str
    evidence: tuple[str, ...]
    source: str = SITUATIONS_SOURCE
    evidence_source: str = LOCAL_EVIDENCE_SOURCE
    certainty: Certainty = "E"


CRITERIA: Mapping[str, Criterion] = MappingProxyType(
    {
        criterion.code: criterion
        for criterion in (
            Criterion("under_occupation", "Sous-occupation manifeste", ("household_composition", "lease")),
            Criterion("over_occupation", "Sur-occupation manifeste", ("household_composition", "lease")),
            Criterion(
                "economic",
                "Mutation économique : loyer et charges trop élevés pour les ressources",
                ("rent_bill",),
                evidence_source=EVIDENCE_SOURCE,
                certainty="C",
            ),
            Criterion(
                "health_disability",
                "Handicap ou santé",
                ("medical_certificate", "disability_decision"),
                evidence_source=EVIDENCE_SOURCE,
                certainty="C",
            ),
            Criterion(
                "environment_safety",
                "Environnement portant atteinte à la sécurité ou à la santé",
                ("complaint", "hazard_report"),
            ),
            Criterion(
                "violence",
                "Violences avérées au foyer ou à ses abords",
                ("protection_order", "complaint"),
                evidence_source=EVIDENCE_SOURCE,
                certainty="C",
            ),
            Criterion("waiting_time", "Attente longue sans proposition adaptée", ("snr_certificate",)),
        )
    }
)


@dataclass(frozen=True, slots=True)
class WaitingFacts:
    """Seniority of the request in whole months and number of suitable offers received; None: not known."""

    seniority_months: int | None = None
    suitable_offers: int | None = None


def seniority_months(requested_on: date, today: date) -> int:
    """Whole calendar months between the request and `today`; 0 when the request is dated after `today`."""
    months = (today.year - requested_on.year) * 12 + today.month - requested_on.month
    return max(0, months if add_months(requested_on, months) <= today else months - 1)


def missing_for(
    criteria: Collection[str],
    evidence: Collection[str],
    waiting: WaitingFacts = WaitingFacts(),
    *,
    waiting_months: int,
) -> tuple[Reason, ...]:
    """What is still missing before the case may be admitted; empty when nothing is.

    `criteria`: codes of CRITERIA the referrer states; `evidence`: codes of EVIDENCE on file.
    `waiting_months`: seniority from which waiting counts (setting `mutation_waiting_months`).
    """
    if not criteria:
        return (
            Reason(
                "no_criterion",
                "Aucune situation n’est indiquée : choisissez au moins une des sept situations.",
                SITUATIONS_SOURCE,
            ),
        )
    reasons: list[Reason] = []
    for code in sorted(set(criteria)):
        reasons += _missing_evidence(code, evidence)
    if "waiting_time" in criteria:
        reasons += _missing_waiting(waiting, waiting_months)
    return tuple(reasons)


def _missing_evidence(code: str, evidence: Collection[str]) -> list[Reason]:
    criterion = CRITERIA.get(code)
    if criterion is None:
        sentence = f"La situation « {code} » n’existe pas : choisissez une des sept situations de la liste."
        return [Reason("unknown_criterion", sentence, SITUATIONS_SOURCE)]
    if set(criterion.evidence) & set(evidence):
        return []
    wanted = " ou ".join(EVIDENCE[item] for item in criterion.evidence)
    sentence = f"Il manque un justificatif pour « {criterion.label} » : enregistrez un document ({wanted})."
    return [Reason(f"evidence_missing_{code}", sentence, criterion.evidence_source)]


def _missing_waiting(waiting: WaitingFacts, months: int) -> list[Reason]:
    reasons: list[Reason] = []
    if waiting.seniority_months is None:
        sentence = "L’ancienneté de la demande n’est pas connue : indiquez sa date d’enregistrement au SNE."
        reasons.append(Reason("seniority_missing", sentence, SITUATIONS_SOURCE))
    elif waiting.seniority_months < months:
        sentence = (
            f"La demande a {waiting.seniority_months} mois d’ancienneté, il en faut {months} : "
            "retirez cette situation ou choisissez-en une autre."
        )
        reasons.append(Reason("seniority_too_short", sentence, SITUATIONS_SOURCE))
    if waiting.suitable_offers is None:
        sentence = "Le nombre de propositions reçues n’est pas connu : indiquez-le, ou 0 s’il n’y en a pas."
        reasons.append(Reason("suitable_offers_missing", sentence, SITUATIONS_SOURCE))
    elif waiting.suitable_offers > 0:
        sentence = (
            "Le ménage a déjà reçu une proposition adaptée : l’attente seule n’ouvre pas ce circuit, "
            "choisissez une autre situation."
        )
        reasons.append(Reason("suitable_offer_received", sentence, SITUATIONS_SOURCE))
    return reasons
