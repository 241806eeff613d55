"""The gate of anonymised texts: every way of writing what names or locates, and what is no name."""

from datetime import date

import pytest

from cases.rules.identifiers import Hit, Identifier, hits
from cases.rules.page_text import TOP, sections

HOUSEHOLD = [
    Identifier("last_name", "Ben Ali", "M-26-00001"),
    Identifier("first_name", "Aïcha", "M-26-00001"),
    Identifier("born_on", date(1985, 3, 2), "M-26-00001"),
    Identifier("address", "3 rue de l’Exemple, 59200 Tourcoing", "M-26-00001"),
    Identifier("phone", "06 12 34 56 78", "M-26-00001"),
    Identifier("email", "a.benali@example.org", "M-26-00001"),
    Identifier("snr_number", "0591234567890", "M-26-00001"),
    Identifier("reference", "M-26-00001", "M-26-00001"),
    Identifier("last_name", "Vu", "M-26-00002"),
    Identifier("first_name", "An", "M-26-00002"),
    Identifier("last_name", "Amrani", "M-26-00003"),
]
WRITTEN = [
    *((text, "last_name") for text in ("Mme BEN-ALI", "benali", "BEN  ALI", "B.E.N. A L I", "Ben\u00adAli")),
    *((text, "last_name") for text in ("MmeAmrani", "A m r a n i", "Ａｍｒａｎｉ", "AMRANI2")),
    *((text, "first_name") for text in ("aicha", "AÏCHA", "Ai\u0308cha", "Ai\u200bcha")),
    *(
        (text, "born_on")
        for text in ("née le 2 mars 1985", "02/03/1985", "2.3.85", "1985-03-02", "2 MARS 85")
    ),
    *(
        (text, "address")
        for text in ("3, rue Exemple", "R. de l'exemple", "rue de l exemple", "3 RUE DE L’EXEMPLE")
    ),
    *((text, "phone") for text in ("0612345678", "+33 6 12 34 56 78", "06.12.34.56.78", "0033612345678")),
    ("A.BENALI@EXAMPLE.ORG", "email"),
    ("n° 0591 2345 67890", "snr_number"),
    ("dossier m 26 00001", "reference"),
    ("M. An Vu", "full_name"),
]
INNOCENT = (
    *("un an de recherche, vu en commission", "par exemple, dans la rue voisine", "12 385 € de dette"),
    *("ses enfants sont scolarisés", "M-26-00009", "le 2 mars, trois mois de plan", "06 12 34"),
)


@pytest.mark.parametrize(("text", "kind"), WRITTEN)
def test_what_names_or_locates_is_found_however_it_is_written(text: str, kind: str) -> None:
    assert kind in {hit.kind for hit in hits({"Ce qui a été tenté": f"Suivi : {text}."}, HOUSEHOLD)}


@pytest.mark.parametrize("text", INNOCENT)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert hits({"Ce qui a été tenté": text}, HOUSEHOLD) == []


def test_a_hit_says_whose_where_and_which_words() -> None:
    text = "Les Amrani attendent."
    assert hits({"Proposition": text, "Constat": "Rien."}, HOUSEHOLD) == [
        Hit("last_name", "M-26-00003", "Proposition", 4, 10)
    ]
    assert text[4:10] == "Amrani"


def test_a_page_is_read_as_its_bytes_say_it() -> None:
    page = (
        "<html><head><title>Fiche</title><style>Amrani{}</style></head><body><p>Avant</p>"
        "<dl><dt>Ce <b>qui</b> bloque</dt><dd>Am<i>ra</i>ni &amp; fils</dd></dl>"
        "<h2>Avis</h2><img alt='06 12'><!-- brouillon --></body></html>"
    )
    found = {place: " ".join(text.split()) for place, text in sections(page).items()}
    assert found == {
        TOP: "",
        "Fiche": "Fiche Avant",
        "Ce qui bloque": "Ce qui bloque Amrani & fils",
        "Avis": "Avis 06 12 brouillon",
    }
