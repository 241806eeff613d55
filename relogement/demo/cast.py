"""The organisations and the accounts of the demonstration. The institutions exist, the people are invented.

The three associations are invented too. `ici` says which ICI a person belongs to; None means all three.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """`kind`: mel, state, landlord_union, landlord, commune, ccas, association, action_logement, department.

    `commune` is an INSEE code; None for an organisation that covers the whole territory.
    A landlord's `id` is its code in landlords.toml.
    """

    id: str
    name: str
    kind: str
    commune: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    email: str
    role: str
    body_id: str
    is_lead: bool = False
    ici: str | None = None


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account printed when the demonstration starts, with what it shows (French)."""

    person_id: str
    description: str


BODIES: tuple[Body, ...] = (
    Body("mel", "Métropole européenne de Lille", "mel"),
    Body("ddtm", "DDTM du Nord", "state"),
    Body("urh", "Union régionale pour l’habitat Hauts-de-France", "landlord_union"),
    Body("action-logement", "Action Logement Hauts-de-France", "action_logement"),
    Body("lmh", "Lille Métropole Habitat", "landlord"),
    Body("vilogia", "Vilogia", "landlord"),
    Body("partenord", "Partenord Habitat", "landlord"),
    Body("3f-notre-logis", "3F Notre Logis", "landlord"),
    Body("sia", "SIA Habitat", "landlord"),
    Body("tisserin", "Tisserin Habitat", "landlord"),
    Body("habitat-du-nord", "Habitat du Nord", "landlord"),
    Body("logis-metropole", "Logis Métropole", "landlord"),
    Body("ccas-lille", "CCAS de Lille", "ccas", "59350"),
    Body("ccas-roubaix", "CCAS de Roubaix", "ccas", "59512"),
    Body("ccas-tourcoing", "CCAS de Tourcoing", "ccas", "59599"),
    Body("ccas-wattrelos", "CCAS de Wattrelos", "ccas", "59650"),
    Body("ccas-armentieres", "CCAS d’Armentières", "ccas", "59017"),
    Body("mairie-hem", "Ville de Hem", "commune", "59299"),
    Body("mairie-loos", "Ville de Loos", "commune", "59360"),
    Body("mairie-mons", "Ville de Mons-en-Barœul", "commune", "59410"),
    Body("mairie-wattignies", "Ville de Wattignies", "commune", "59648"),
    Body("utpas-roubaix", "UTPAS de Roubaix (département du Nord)", "department", "59512"),
    Body("utpas-lille", "UTPAS de Lille-Sud (département du Nord)", "department", "59350"),
    Body("asso-refuge", "Association La Maison des Aubépines (femmes victimes de violences)", "association"),
    Body("asso-toit", "Association Un toit en Flandre", "association"),
    Body("asso-locataires", "Collectif des locataires de la Deûle", "association"),
)


def _person(
    person_id: str, name: str, role: str, body_id: str, ici: str | None = None, *, lead: bool = False
) -> Person:
    return Person(person_id, name, f"{person_id}@{body_id}.example", role, body_id, lead, ici)


def _service(body_id: str, role: str, ici: str | None, *people: tuple[str, str]) -> tuple[Person, ...]:
    """People of one service; the first one leads it."""
    return tuple(
        _person(person_id, name, role, body_id, ici, lead=rank == 0)
        for rank, (person_id, name) in enumerate(people)
    )


SOCIAL_WORKERS: tuple[Person, ...] = (
    *_service(
        "ccas-roubaix",
        "social_worker",
        "A",
        ("sylvie.vandeputte", "Sylvie Vandeputte"),
        ("amina.haddad", "Amina Haddad"),
        ("thomas.deprez", "Thomas Deprez"),
    ),
    *_service(
        "ccas-lille",
        "social_worker",
        "B",
        ("christelle.pollet", "Christelle Pollet"),
        ("ousmane.diarra", "Ousmane Diarra"),
        ("lea.masquelier", "Léa Masquelier"),
    ),
    *_service(
        "ccas-tourcoing",
        "social_worker",
        "A",
        ("nathalie.dhondt", "Nathalie Dhondt"),
        ("karim.zeroual", "Karim Zeroual"),
    ),
    *_service(
        "ccas-wattrelos",
        "social_worker",
        "A",
        ("wanda.kaczmarek", "Wanda Kaczmarek"),
        ("julie.herbaut", "Julie Herbaut"),
    ),
    *_service(
        "ccas-armentieres",
        "social_worker",
        "C",
        ("veronique.salembier", "Véronique Salembier"),
        ("paulo.teixeira", "Paulo Teixeira"),
    ),
    *_service(
        "utpas-roubaix",
        "social_worker",
        "A",
        ("farida.meziane", "Farida Meziane"),
        ("romain.lambin", "Romain Lambin"),
    ),
    *_service(
        "utpas-lille",
        "social_worker",
        "B",
        ("isabelle.degand", "Isabelle Degand"),
        ("mai.pham", "Mai Pham"),
    ),
    *_service(
        "asso-refuge",
        "social_worker",
        None,
        ("claire.thieffry", "Claire Thieffry"),
        ("aissatou.fofana", "Aïssatou Fofana"),
    ),
)

LANDLORDS: tuple[Person, ...] = (
    *_service(
        "lmh",
        "rehousing_officer",
        None,
        ("fabrice.cuvelier", "Fabrice Cuvelier"),
        ("nadia.ouali", "Nadia Ouali"),
        ("quentin.spriet", "Quentin Spriet"),
    ),
    *_service(
        "vilogia",
        "rehousing_officer",
        None,
        ("delphine.mullier", "Delphine Mullier"),
        ("sofiane.brahimi", "Sofiane Brahimi"),
        ("sandra.carvalho", "Sandra Carvalho"),
    ),
    *_service(
        "partenord",
        "rehousing_officer",
        None,
        ("bruno.kubiak", "Bruno Kubiak"),
        ("pauline.leuridan", "Pauline Leuridan"),
    ),
    *_service(
        "3f-notre-logis",
        "rehousing_officer",
        None,
        ("cedric.houzet", "Cédric Houzet"),
        ("awa.sissoko", "Awa Sissoko"),
    ),
    _person("ludovic.caron", "Ludovic Caron", "receiving_landlord", "lmh"),
    _person("emilie.wattel", "Émilie Wattel", "receiving_landlord", "vilogia"),
    _person("samir.khelifi", "Samir Khelifi", "receiving_landlord", "partenord"),
    _person("virginie.fievet", "Virginie Fiévet", "receiving_landlord", "3f-notre-logis"),
    _person("stanislas.nowak", "Stanislas Nowak", "receiving_landlord", "sia"),
    _person("melanie.descamps", "Mélanie Descamps", "receiving_landlord", "tisserin"),
    _person("carlos.marques", "Carlos Marques", "receiving_landlord", "habitat-du-nord"),
    _person("aurelie.lesage", "Aurélie Lesage", "receiving_landlord", "logis-metropole"),
)

METROPOLIS: tuple[Person, ...] = (
    _person("camille.joly", "Camille Joly", "ici_secretariat", "mel", lead=True),
    _person("yanis.touati", "Yanis Touati", "ici_secretariat", "mel"),
    _person("marc.verhaeghe", "Marc Verhaeghe", "co_pilot", "mel", lead=True),
    _person("anne.lorthioir", "Anne Lorthioir", "co_pilot", "ddtm", lead=True),
    _person("joseph.mensah", "Joseph Mensah", "co_pilot", "urh", lead=True),
    _person("helene.dassonville", "Hélène Dassonville", "chair", "mel"),
    _person("luc.prevost", "Luc Prévost", "observer", "mel"),
    _person("celine.montagne", "Céline Montagne", "administrator", "mel"),
)

PARTNERS: tuple[Person, ...] = (
    _person("sabrina.belhadj", "Sabrina Belhadj", "partner", "mairie-hem", "A"),
    _person("didier.marquant", "Didier Marquant", "partner", "mairie-loos", "B"),
    _person("laetitia.flament", "Laetitia Flament", "partner", "mairie-mons", "B"),
    _person("hassan.saadi", "Hassan Saadi", "partner", "mairie-wattignies", "B"),
    _person("justine.loridan", "Justine Loridan", "partner", "action-logement"),
    _person("rosa.esposito", "Rosa Esposito", "partner", "asso-toit"),
    _person("gerard.plouvier", "Gérard Plouvier", "partner", "asso-locataires"),
)

PEOPLE: tuple[Person, ...] = SOCIAL_WORKERS + LANDLORDS + METROPOLIS + PARTNERS

DEMO_ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("amina.haddad", "Travailleuse sociale au CCAS de Roubaix : ses dossiers et ses échéances"),
    DemoAccount("nadia.ouali", "Chargée de relogement chez LMH : les ménages des immeubles à démolir"),
    DemoAccount("emilie.wattel", "Bailleur relogeur, Vilogia : les besoins reçus et ses réponses"),
    DemoAccount("camille.joly", "Secrétariat des ICI : remontées, ordre du jour, relevé de décisions"),
    DemoAccount("marc.verhaeghe", "Co-pilote pour la MEL : objectivation des blocages et propositions"),
    DemoAccount("helene.dassonville", "Présidente des ICI, vice-présidente Habitat : séances et chiffres"),
    DemoAccount("sabrina.belhadj", "Partenaire, ville de Hem : signale des situations et suit les siennes"),
    DemoAccount("luc.prevost", "Observateur : les chiffres seulement, petits effectifs masqués"),
    DemoAccount("celine.montagne", "Administratrice : comptes et réglages, sans accès aux dossiers"),
)
