"""The registry of deadline kinds: from facts to a date with its explanation. Pure: no clock, no database.

Adding a kind is one entry here, its label in `labels.DEADLINES`, and its literal dates in the tests.
"""

from datetime import date

import cases.deadline_asked
import cases.deadline_ici
import cases.deadline_offers  # noqa: F401  # each registers its kinds
from cases.due import (
    CHARTER,
    INTERNAL,
    KINDS,
    LEAD,
    LEGAL,
    URGENT,
    Due,
    Facts,
    Kind,
    Ladder,
    days_after,
    kind,
    months_after,
    source_of,
)
from cases.rules.dates import add_months
from cases.territory import Settings

__all__ = ["KINDS", "Due", "Kind"]


@kind("case", INTERNAL)
def admissibility_answer(facts: Facts, settings: Settings) -> Due | None:
    if facts["state"] not in {"referred", "admissibility_check"}:
        return None
    return days_after(settings, "admissibility_days", facts["referred_on"], "Signalé")


@kind("case", INTERNAL)
def information_due(facts: Facts, settings: Settings) -> Due | None:
    if facts["state"] != "incomplete" or facts["information_due_on"] is None:
        return None
    return Due(
        facts["information_due_on"],
        (f"Complément demandé le {facts['stage_since']:%d/%m/%Y}",),
        facts["stage_since"],
    )


@kind("case", INTERNAL)
def diagnosis_due(facts: Facts, settings: Settings) -> Due | None:
    if facts["state"] not in {"admitted", "informed", "diagnosis"}:
        return None
    start = facts["admitted_on"] or facts["stage_since"]
    return days_after(settings, "diagnosis_due_days", start, "Diagnostic attendu depuis")


@kind("case", INTERNAL)
def diagnosis_renewal(facts: Facts, settings: Settings) -> Due | None:
    signed = facts["diagnosis_signed_on"]
    if signed is None or facts["moved_in_on"] is not None or facts["closed_on"] is not None:
        return None
    due = months_after(settings, "diagnosis_validity_months", signed, "Diagnostic signé")
    return Due(due.on, (*due.because, "À cette date : actualisez le diagnostic, le ménage a pu changer"))


@kind("case", LEGAL, URGENT)
def snr_renewal(facts: Facts, settings: Settings) -> Due | None:
    if facts["snr_expires_on"] is None or facts["moved_in_on"] is not None or facts["closed_on"] is not None:
        return None
    return Due(
        facts["snr_expires_on"],
        (
            f"Demande {facts['snr_number'] or 'de logement'} valable jusqu’au "
            f"{facts['snr_expires_on']:%d/%m/%Y}",
            "Sans renouvellement, la demande est radiée et l’ancienneté perdue",
            "Source : CCH R.441-2-8, SNE",
        ),
    )


@kind("case", LEGAL, Ladder("offer_reminder_days", "late_reminder_days"))
def offer_answer(facts: Facts, settings: Settings) -> Due | None:
    if facts["open_offer_id"] is None or facts["offer_answer_due_on"] is None:
        return None
    return Due(
        facts["offer_answer_due_on"],
        (
            f"Proposition {facts['open_offer_id']}",
            "Délai de réponse à compter de la réception ; le silence vaut refus",
            "Source : CCH R.441-10 ; réglage offer_answer_days",
        ),
    )


@kind("case", LEGAL, Ladder("right_to_stay_reminder_days", "urgent_late_reminder_days"))
def right_to_stay(facts: Facts, settings: Settings) -> Due | None:
    start = facts["third_offer_received_on"]
    if facts["third_refusal_validated_on"] is None or start is None or facts["moved_in_on"] is not None:
        return None
    if facts["closed_on"] is not None:
        return None
    return months_after(settings, "right_to_stay_months", start, "Troisième offre valable refusée, notifiée")


@kind("case", CHARTER, URGENT)
def vacate(facts: Facts, settings: Settings) -> Due | None:
    if facts["vacate_on"] is None or facts["moved_in_on"] is not None or facts["closed_on"] is not None:
        return None
    if facts["temporary_dwelling"]:
        return None  # the dwelling is already left
    return Due(
        facts["vacate_on"],
        (f"Bâtiment à libérer au {facts['vacate_on']:%d/%m/%Y}", "Source : calendrier de l’opération"),
    )


@kind("case", CHARTER, URGENT)
def temporary_return(facts: Facts, settings: Settings) -> Due | None:
    if facts["state"] != "temporarily_housed" or facts["return_planned_on"] is None:
        return None
    return Due(
        facts["return_planned_on"],
        (
            f"Retour prévu le {facts['return_planned_on']:%d/%m/%Y}",
            "Source : convention de relogement provisoire",
        ),
    )


def _follow_up(facts: Facts, settings: Settings, rank: int) -> Due | None:
    moved = facts["moved_in_on"]
    if moved is None or facts["closed_on"] is not None:
        return None
    months = settings.ints_on("follow_up_months", moved)[rank]
    if facts["follow_up_done"] >= months:
        return None
    setting = settings.setting("follow_up_months", moved)
    return Due(
        add_months(moved, months),
        (f"Emménagement le {moved:%d/%m/%Y}", f"Contact à {months} mois", source_of(setting)),
    )


@kind("case", CHARTER)
def follow_up_m1(facts: Facts, settings: Settings) -> Due | None:
    return _follow_up(facts, settings, 0)


@kind("case", CHARTER)
def follow_up_m6(facts: Facts, settings: Settings) -> Due | None:
    return _follow_up(facts, settings, 1)


@kind("case", CHARTER)
def follow_up_m12(facts: Facts, settings: Settings) -> Due | None:
    return _follow_up(facts, settings, 2)


@kind("case", CHARTER)
def follow_up_extension(facts: Facts, settings: Settings) -> Due | None:
    if facts["support_until"] is None or facts["closed_on"] is not None:
        return None
    setting = settings.setting("support_extension_months", facts["support_until"])
    return Due(
        facts["support_until"],
        (
            f"Accompagnement prolongé jusqu’au {facts['support_until']:%d/%m/%Y} par un bilan de suivi",
            "À cette date : un nouveau bilan dit si la situation est stabilisée",
            source_of(setting),
        ),
    )


@kind("case", LEGAL, Ladder("retention_reminder_days", first=LEAD))
def retention(facts: Facts, settings: Settings) -> Due | None:
    """The proof of three refused offers is kept until a dispute is no longer possible (domain 6.2)."""
    if facts["closed_on"] is None or facts["erased_on"] is not None:
        return None
    proof = facts["third_refusal_validated_on"] is not None
    key = "retention_offer_proof_months" if proof else "retention_closed_months"
    due = months_after(settings, key, facts["closed_on"], "Dossier clos")
    kept: date | None = facts["kept_until"]
    if kept is None or kept <= due.on:
        return due
    said = f"Conservé jusqu’au {kept:%d/%m/%Y} par une décision motivée ; sinon, jusqu’au {due.on:%d/%m/%Y}"
    return Due(kept, (*due.because, said))


@kind("case", INTERNAL)
def suspension_end(facts: Facts, settings: Settings) -> Due | None:
    if facts["suspended_until"] is None or facts["closed_on"] is not None:
        return None
    return Due(
        facts["suspended_until"],
        ("Fin prévue de la suspension : reprenez le dossier, ou prolongez avec un motif",),
    )
