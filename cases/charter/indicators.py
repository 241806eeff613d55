"""The registry of the charter's indicators: how the household's path goes, and what its new home is worth.

An indicator is one entry: title, definition, source, certainty, target, and a pure function of the facts.
Domain 1.7; the ICI's own (temps 1) are in `ici_indicators.py`.
"""

from collections.abc import Mapping

from cases.charter import measures
from cases.charter.figures import Indicator, goal_from, no_goal, unread
from cases.charter.ici_indicators import ICI_INDICATORS

PATH, HOME, BALANCE = "Parcours du ménage", "Qualité du relogement", "Équilibre territorial"
CHARTER = "Charte métropolitaine de relogement (annexe de la CIET)"
COMMITMENTS = f"{CHARTER}, engagements envers les ménages"
LAW_1948 = "loi du 1er septembre 1948, article 13 bis"

_OWN = (
    Indicator(
        "no_offer", PATH, "Ménages sans aucune proposition",
        "Ménages restant à reloger qui n’ont encore reçu aucune proposition.",
        COMMITMENTS, "A", measures.no_offer, unread("offer_count"),
    ),
    Indicator(
        "no_offer_long", PATH, "Sans proposition depuis trop longtemps",
        "Ménages identifiés depuis plus longtemps que le seuil d’alerte et sans aucune proposition.",
        f"{COMMITMENTS} ; seuil d’alerte de l’outil", "E", measures.no_offer_for_long,
        goal_from("no_offer_months", 0, "Aucun ménage au-delà de {value} mois", at_least=False),
    ),
    Indicator(
        "first_offer_median", PATH, "Délai médian jusqu’à la première proposition",
        "Jours entre l’identification du ménage et sa première proposition : la moitié attend moins.",
        COMMITMENTS, "A", measures.delay("first_offer_on", 0.5), unread("offer_count"),
        dated_by="first_offer_on",
    ),
    Indicator(
        "first_offer_p90", PATH, "Première proposition : neuf ménages sur dix",
        "Jours entre l’identification et la première proposition, que neuf ménages sur dix ne dépassent pas.",
        COMMITMENTS, "A", measures.delay("first_offer_on", 0.9), unread("offer_count"),
        dated_by="first_offer_on",
    ),
    Indicator(
        "lease_median", PATH, "Délai médian jusqu’au bail",
        "Jours entre l’identification du ménage et la signature du bail : la moitié attend moins.",
        COMMITMENTS, "A", measures.delay("lease_signed_on", 0.5), unread("offer_count"),
        dated_by="lease_signed_on",
    ),
    Indicator(
        "lease_p90", PATH, "Bail signé : neuf ménages sur dix",
        "Jours entre l’identification et la signature du bail, que neuf ménages sur dix ne dépassent pas.",
        COMMITMENTS, "A", measures.delay("lease_signed_on", 0.9), unread("offer_count"),
        dated_by="lease_signed_on",
    ),
    Indicator(
        "offers_per_household", PATH, "Propositions par ménage relogé",
        "Nombre moyen de propositions reçues par les ménages relogés définitivement.",
        f"{COMMITMENTS} ; {LAW_1948}", "C", measures.offers_per_household,
        unread("offer_count"), dated_by="moved_in_on",
    ),
    Indicator(
        "right_lost", PATH, "Ménages ayant refusé trois offres valables",
        "Ménages restant à reloger dont les refus d’offres valables mettent fin au droit au maintien.",
        "CCH, articles L.442-6 II et L.353-15", "C", measures.right_lost, no_goal("Suivi, sans objectif"),
    ),
    Indicator(
        "attrition", PATH, "Évaporation",
        "Ménages sortis de l’opération sans avoir été relogés par elle, sur l’ensemble des ménages sortis.",
        f"{CHARTER}, contenu ; question au Sénat de 2009 (obligation de rendre compte)", "D",
        measures.attrition,
        no_goal("Suivi, sans objectif connu"),
    ),
    Indicator(
        "follow_up_m6", PATH, "Suivi à six mois fait à temps",
        "Ménages relogés ou mutés rencontrés avant la fin de la fenêtre de six mois.",
        "Charte métropolitaine de relogement ; convention intercommunale de suivi social", "E",
        measures.followed_at_six_months,
        goal_from("follow_up_window_days", 100, "Tous, à {value} jours près"), dated_by="moved_in_on",
    ),
    Indicator(
        "recent", HOME, "Relogements dans le neuf ou le récent",
        "Part des relogements définitifs dans un logement neuf ou conventionné depuis moins de cinq ans.",
        "Règlement général de l’ANRU ; convention ANRU", "C", measures.share_where("recent"),
        unread("new_dwelling_share"), dated_by="moved_in_on",
    ),
    Indicator(
        "net_cost", HOME, "Reste à charge en baisse ou stable",
        "Loyer + charges − aide au logement, avant et après : part des relogés pour qui il n’augmente pas.",
        f"{CHARTER}, capacités financières du ménage", "unverified", measures.net_cost, unread("net_cost"),
        dated_by="moved_in_on",
    ),
    Indicator(
        "typology", HOME, "Logement de la bonne taille",
        "Part des relogements dont la typologie correspond au besoin validé, à la tolérance réglée près.",
        f"Grille partagée de diagnostic social ; {LAW_1948}", "C", measures.adequate_typology,
        goal_from("typology_tolerance", 100, "Tous, au plus {value} pièce au-dessus du besoin"),
        dated_by="moved_in_on",
    ),
    Indicator(
        "satisfaction", HOME, "Ménages satisfaits à six mois",
        "Part des ménages rencontrés à six mois qui se disent satisfaits de leur logement.",
        "Guide RIME 4.0 (USH, 2009), questionnaire de satisfaction", "C", measures.satisfied,
        no_goal("Suivi, sans objectif connu"), dated_by="followed_on",
    ),
    Indicator(
        "first_wish", BALANCE, "Premier souhait satisfait (commune)",
        "Part des relogements dans la commune que le ménage demandait en premier.",
        f"{CHARTER}, choix résidentiels du ménage", "A", measures.share_where("first_wish"),
        no_goal("Aucun seuil connu : la charte énonce le principe sans le chiffrer"), dated_by="moved_in_on",
    ),
    Indicator(
        "outside_qpv", BALANCE, "Relogements hors quartier prioritaire",
        "Part des relogements définitifs hors QPV ; chacun compte pour les 25 % d’attributions hors QPV.",
        "Règle nationale des conventions intercommunales d’attribution", "C",
        measures.share_where("in_qpv", False),
        no_goal("Compte pour les 25 % d’attributions hors QPV, qui se mesurent sur toutes les attributions"),
        dated_by="moved_in_on",
    ),
    Indicator(
        "other_commune", BALANCE, "Relogements dans une autre commune",
        "Part des relogements définitifs dans une autre commune que celle du logement quitté.",
        f"{CHARTER}, équilibre territorial", "A", measures.share_where("other_commune"),
        unread("objectives_amendment"),
        dated_by="moved_in_on",
    ),
    Indicator(
        "other_landlord", BALANCE, "Relogements chez un autre bailleur",
        "Part des relogements définitifs chez un autre bailleur que celui du logement quitté.",
        f"{CHARTER}, partenariat interbailleurs", "A", measures.share_where("other_landlord"),
        unread("objectives_amendment"), place="landlord", dated_by="moved_in_on",
    ),
)  # fmt: skip

INDICATORS: Mapping[str, Indicator] = {item.code: item for item in (*_OWN, *ICI_INDICATORS)}
