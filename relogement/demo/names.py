"""Invented people and addresses that look like the Lille metropolis. Nobody here exists.

Every helper draws from the `random.Random` it is given: the same seed gives the same people.
Telephone numbers come from the ranges that Arcep keeps for fiction.
"""

from dataclasses import dataclass
from random import Random

from anyascii import anyascii

from relogement.demo.streets import OTHER_STREETS, STREETS


@dataclass(frozen=True, slots=True)
class Pool:
    """Names that go together, and how often they are drawn (per cent)."""

    share: int
    last_names: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


NORTHERN = Pool(
    44,
    _words(
        "Lefebvre Delattre Dubois Lemaire Leclercq Carpentier Dupont Dumont Deschamps Delannoy "
        "Delcourt Delvaux Desmet Desmettre Debruyne Dewaele Deleplanque Deprez Delobel Derycke "
        "Dhaene Dhondt Duhamel Duthoit Fournier Flament Fiévet Gosselin Hennion Herbaut Hochart "
        "Houzet Joly Lambin Lecomte Legrand Leroy Lesage Leuridan Loridan Mahieu Malbranque "
        "Marquant Masquelier Masurel Montagne Mullier Olivier Paccou Parent Pollet Poulain Prévost "
        "Quesnoy Renard Roussel Ryckewaert Salembier Six Spriet Tiberghien Thieffry Vandamme "
        "Vandenbroucke Vanhoutte Vanackere Vandeputte Verhaeghe Vermeersch Verstraete Wacheux "
        "Wallart Wattel Wibaut Cuvelier Caron Cordonnier Couvreur Crépin Dassonville Decottignies "
        "Degand Delepierre Delporte Descamps Desrumaux Dutilleul Facon Hermant Lepoutre "
        "Deroo Vanhove Bocquet Waterlot Lorthioir Wibaux "
        "Bonnel Plouvier Dehaudt Delmotte Billaut"
    ),
    _words(
        "Martine Sylvie Brigitte Véronique Christelle Sandrine Nathalie Laetitia Aurélie Émilie "
        "Céline Cindy Jennifer Mélanie Pauline Camille Léa Manon Océane Chloé Marie-Thérèse Monique "
        "Jacqueline Josiane Annie Ginette Delphine Ludivine Virginie Justine"
    ),
    _words(
        "Michel Philippe Didier Jean-Pierre Bernard Gérard Christophe Stéphane Frédéric David "
        "Jérémy Kévin Jordan Anthony Mickaël Sébastien Ludovic Grégory Dylan Quentin Thomas Hugo "
        "Lucas André Roger Raymond Francis Fabrice Cédric Romain"
    ),
)
MAGHREBI = Pool(
    25,
    _words(
        "Haddad Benali Bensaïd Belkacem Boukhari Bouzid Cherif Djebbar El_Amrani El_Idrissi "
        "Ait_Ahmed Amrouche Azzouz Belhadj Benamar Bendaoud Benkhelifa Boudjemaa Brahimi Chaoui "
        "Dahmani Fellah Ghezali Guerfi Hamdi Hamidi Idir Kaci Kadri Khelifi Lahlou Larbi Mansouri "
        "Meziane Moussaoui Nasri Ouali Rahmani Saadi Sahli Slimani Tahar Touati Yahiaoui Zeroual "
        "Ziani Zitouni Mebarki Belaïd Oukacha"
    ),
    _words(
        "Amina Fatima Khadija Samira Nadia Leïla Yasmina Farida Malika Zohra Karima Hanane Naïma "
        "Rachida Sabrina Soraya Inès Yamina Siham Houria Lina Nour"
    ),
    _words(
        "Mohamed Ahmed Karim Rachid Mustapha Abdelkader Hassan Youssef Farid Nabil Samir Mourad Ali "
        "Omar Bilal Mehdi Yanis Sofiane Hakim Brahim Rayan Adel"
    ),
)
WEST_AFRICAN = Pool(
    9,
    _words(
        "Diallo Traoré Coulibaly Diarra Konaté Keïta Sissoko Camara Barry Bah Ndiaye Diop Sow "
        "Fofana Koné Ouattara Touré Mensah Mbaye Kouassi Nguema Mbemba Ilunga Kabongo"
    ),
    _words("Aminata Fatoumata Mariama Aïssatou Awa Kadiatou Ramata Oumou Adjoua Grâce Divine Rokia"),
    _words(
        "Mamadou Ibrahima Ousmane Moussa Abdoulaye Amadou Cheikh Boubacar Souleymane Kofi Emmanuel Trésor"
    ),
)
PORTUGUESE = Pool(
    6,
    _words(
        "Da_Silva Ferreira Pereira Gonçalves Dos_Santos Rodrigues Carvalho Teixeira Moreira Lopes "
        "Marques Pinto Fernandes Ribeiro Esteves Vieira"
    ),
    _words("Maria_Fátima Lurdes Conceição Paula Isabel Sandra Cristina Graça Helena Ana"),
    _words("José António Manuel Joaquim Carlos Paulo Rui Fernando Nuno Luis"),
)
POLISH = Pool(
    6,
    _words(
        "Kowalski Nowak Wisniewski Wozniak Kaczmarek Mazurek Szymanski Piotrowski Grabowski Pawlak "
        "Jankowiak Walczak Kubiak Dudek Majchrzak Nowicki"
    ),
    _words("Wanda Hélène Irène Edwige Stéphanie Sophie Thérèse Janina"),
    _words("Casimir Stanislas Edmond Richard Bruno Henri Ladislas Joseph"),
)
SOUTHERN = Pool(
    4,
    _words(
        "Esposito Ricci Lombardi Ferrari Marino Garcia Martinez Sanchez Romero Navarro Ortega "
        "Bianchi Moretti Costa"
    ),
    _words("Giuseppina Carmela Rosa Carmen Pilar Antonella"),
    _words("Salvatore Angelo Antonio Miguel Vincenzo Diego"),
)
ASIAN = Pool(
    4,
    _words("Nguyen Tran Pham Huynh Vo Phan Souvannavong Sok Chea Vang Xiong Chen Wang Lim Sivakumar Rasiah"),
    _words("Thi_Lan Mai Linh Bopha Channary Mei Kim Priya"),
    _words("Minh Tuan Duc Sokha Vannak Wei Long Suresh"),
)
TURKISH_AND_BALKAN = Pool(
    2,
    _words("Yildiz Kaya Demir Aydin Celik Petrovic Hoxha Ionescu Popescu Kovacs"),
    _words("Ayse Fatma Elif Mirjana Ioana"),
    _words("Mehmet Mustafa Emre Dragan Florin"),
)

POOLS = (NORTHERN, MAGHREBI, WEST_AFRICAN, PORTUGUESE, POLISH, SOUTHERN, ASIAN, TURKISH_AND_BALKAN)
FIRST_NAMES_WOMEN = tuple(name for pool in POOLS for name in pool.women)
FIRST_NAMES_MEN = tuple(name for pool in POOLS for name in pool.men)

# Among children and young adults these cross every pool.
YOUNG_WOMEN = _words("Inès Lina Jade Sarah Lola Emma Louna Maëlys Nina Aya Éva Mila")
YOUNG_MEN = _words("Adam Yanis Enzo Nolan Noah Rayan Gabin Mathis Ilyès Nathan Isaac Léo")


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """`sex` is "f" or "m"."""

    first_name: str
    last_name: str
    sex: str


def draw_pool(rng: Random) -> Pool:
    return rng.choices(POOLS, weights=[pool.share for pool in POOLS])[0]


def first_name(rng: Random, pool: Pool, sex: str, young: bool = False) -> str:
    """A first name of the pool, or one of those that young people of every origin share."""
    shared = YOUNG_WOMEN if sex == "f" else YOUNG_MEN
    own = pool.women if sex == "f" else pool.men
    return rng.choice(shared if young and rng.random() < 0.7 else own)


def person(rng: Random, sex: str | None = None) -> InventedPerson:
    pool = draw_pool(rng)
    given_sex = sex or rng.choice(("f", "f", "m"))
    return InventedPerson(first_name(rng, pool, given_sex), rng.choice(pool.last_names), given_sex)


def household(rng: Random, adults: int, children: int) -> tuple[InventedPerson, ...]:
    """One or two adults then the children, under one last name; the first adult holds the lease."""
    pool = draw_pool(rng)
    last_name = rng.choice(pool.last_names)
    head = rng.choice(("f", "f", "m"))
    sexes = [head, *("m" if head == "f" else "f" for _ in range(adults - 1))]
    sexes += [rng.choice(("f", "m")) for _ in range(children)]
    people: list[InventedPerson] = []
    for index, sex in enumerate(sexes):
        people.append(InventedPerson(_unused(rng, pool, sex, index >= adults, people), last_name, sex))
    return tuple(people)


def _unused(rng: Random, pool: Pool, sex: str, young: bool, people: list[InventedPerson]) -> str:
    """A first name that nobody in the household bears yet."""
    taken = {other.first_name for other in people}
    drawn = first_name(rng, pool, sex, young)
    while drawn in taken:
        drawn = first_name(rng, pool, sex, young)
    return drawn


def street_address(rng: Random, insee: str) -> str:
    """« 12 rue de l’Alma », sometimes with a building and a flat."""
    base = f"{rng.randint(1, 180)} {rng.choice(STREETS.get(insee, OTHER_STREETS))}"
    if rng.random() < 0.5:
        return base
    return f"{base}, bât. {rng.choice('ABCDEF')}, appt {rng.randint(1, 9)}{rng.randint(1, 6)}"


def phone(rng: Random) -> str:
    """A mobile number of the range 06 39 98, which is given to nobody."""
    return f"06 39 98 {rng.randint(0, 99):02} {rng.randint(0, 99):02}"


def email(first: str, last: str) -> str:
    local = anyascii(f"{first}.{last}").lower().replace(" ", "-").replace("'", "")
    return f"{local}@menage.example"


def snr_number(rng: Random, year: int, month: int) -> str:
    """A request number of the Nord: 059, year and month, sequence, registering body."""
    return f"059{year % 100:02}{month:02}{rng.randint(1, 999_999):06}{rng.randint(10_000, 59_999)}"
