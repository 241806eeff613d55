"""Within legal distance? Art. 13 bis of the law of 1 September 1948 (CCH L.442-6, L.353-15 III, L.481-3).

A commune divided into cantons: the same canton, an adjoining canton inside the commune, or a commune
adjoining that canton. Any other commune: the same, or an adjoining one within the legal distance.
Adjacency is a fact a person states on the offer; unstated, it is "à préciser" and the test fails.
"""

from cases.rules.offer_facts import NeedFacts, OfferFacts, OfferRules
from cases.rules.offer_words import kilometres

Verdict = tuple[bool, str]


def legal_distance(offer: OfferFacts, need: NeedFacts, rules: OfferRules) -> Verdict:
    """Whether the dwelling is near enough to count, and why in French. Never raises."""
    if offer.specially_designed:
        return True, "Logement spécialement conçu pour ce relogement : la distance n’est pas exigée."
    if not offer.commune or not need.commune:
        return False, "La commune du logement et celle du ménage sont à préciser."
    if need.commune in rules.communes_with_cantons:
        return _by_canton(offer, need)
    return _by_commune(offer, need, rules)


def _by_canton(offer: OfferFacts, need: NeedFacts) -> Verdict:
    same_commune = offer.commune == need.commune
    if not need.canton or (same_commune and not offer.canton):
        return False, "Les cantons du logement et du ménage sont à préciser."
    if same_commune and offer.canton == need.canton:
        return True, "Le logement est dans le canton du ménage."
    subject, pronoun = ("Le canton du logement", "il") if same_commune else ("La commune du logement", "elle")
    if offer.adjoins is None:
        return False, f"{subject} touche-t-{pronoun} le canton du ménage ? C’est à préciser sur l’offre."
    if offer.adjoins:
        return True, f"{subject} touche le canton du ménage."
    return False, f"{subject} ne touche pas le canton du ménage : l’offre ne compte pas."


def _by_commune(offer: OfferFacts, need: NeedFacts, rules: OfferRules) -> Verdict:
    if offer.commune == need.commune:
        return True, "Le logement est dans la commune du ménage."
    if offer.adjoins is None:
        return False, "La commune du logement touche-t-elle celle du ménage ? C’est à préciser sur l’offre."
    if not offer.adjoins:
        return False, "La commune du logement ne touche pas celle du ménage : l’offre ne compte pas."
    if offer.distance_km is None:
        return False, "La distance est à préciser : indiquez les kilomètres entre les deux logements."
    near = 0 <= offer.distance_km <= rules.max_distance_km
    words = f"{kilometres(offer.distance_km)} pour un maximum de {kilometres(rules.max_distance_km)}"
    return near, f"Commune limitrophe, {words}{'.' if near else ' : l’offre ne compte pas.'}"
