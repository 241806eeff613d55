"""Which income is compared with the ceilings: that of year N-2, or a later one when it is clearly lower."""

from decimal import Decimal

from cases.rules.finding import Finding, missing_facts

SOURCE = (
    "Arrêté du 29 juillet 1987, art. 4 : revenus de l’année N-2, ou plus récents s’ils sont bien plus bas"
)
LATER_NOTE = "Les revenus plus récents sont retenus : ils sont inférieurs d’au moins {} % à ceux de l’avis."
FORMER_NOTE = "L’avis d’impôt reste retenu : les revenus plus récents ne sont pas inférieurs d’au moins {} %."
_SENTENCES = {
    "reference_income": "Le revenu fiscal de référence manque : demandez l’avis d’impôt, il sert à comparer."
}


def retained_income(
    reference_income: Decimal | None, later_income: Decimal | None, drop_percent: int
) -> Finding[Decimal]:
    """Euros a year (RFR): `later_income` (year N-1, or the last twelve months) replaces the income of
    N-2 when it is lower by `drop_percent` or more (domain 4.1, C)."""
    facts: dict[str, object] = {"reference_income": reference_income, "later_income": later_income}
    if reference_income is None:
        return Finding(None, facts, SOURCE, "C", missing_facts(facts, _SENTENCES))
    if later_income is None:
        return Finding(reference_income, facts, SOURCE, "C")
    facts |= {"drop_percent": drop_percent}
    if later_income * 100 <= reference_income * (100 - drop_percent):
        return Finding(later_income, facts, SOURCE, "C", note=LATER_NOTE.format(drop_percent))
    return Finding(reference_income, facts, SOURCE, "C", note=FORMER_NOTE.format(drop_percent))
