"""The kinds of deadline around an offer: the visit, what a refusal asks for, a suspensive condition."""

from cases.due import INTERNAL, LEGAL, URGENT, Due, Facts, days_after, kind
from cases.territory import Settings


def _over(facts: Facts) -> bool:
    return facts["closed_on"] is not None or facts["moved_in_on"] is not None


@kind("case", INTERNAL)
def visit(facts: Facts, settings: Settings) -> Due | None:
    if facts["visit_on"] is None or facts["open_offer_id"] is None or _over(facts):
        return None
    return Due(
        facts["visit_on"],
        (
            f"Visite programmée pour la proposition {facts['open_offer_id']}",
            "Ce jour-là : enregistrez si la visite a eu lieu",
        ),
    )


@kind("case", INTERNAL)
def search_resume(facts: Facts, settings: Settings) -> Due | None:
    if facts["search_paused_until"] is None or _over(facts):
        return None
    return Due(
        facts["search_paused_until"],
        (
            "Recherche en pause depuis un refus du ménage",
            "À cette date : faites une proposition, ou reprenez la recherche",
            "Source : réglage refusal_effects (à valider)",
        ),
    )


@kind("case", INTERNAL)
def need_revision(facts: Facts, settings: Settings) -> Due | None:
    """Over as soon as another sheet is in force."""
    questioned = facts["need_questioned_id"]
    if questioned is None or questioned != facts["need_sheet_id"] or _over(facts):
        return None
    return days_after(
        settings, "need_revision_days", facts["need_questioned_on"], "Fiche besoin mise en cause par un refus"
    )


@kind("case", LEGAL, URGENT)
def committee_condition(facts: Facts, settings: Settings) -> Due | None:
    if facts["condition_due_on"] is None or facts["state"] != "allocated" or _over(facts):
        return None
    return Due(
        facts["condition_due_on"],
        (
            "Logement attribué sous condition suspensive",
            "Remise à temps, la pièce oblige le bailleur à signer ; sinon l’attribution tombe",
            "Source : CCH R.441-3 c",
        ),
    )
