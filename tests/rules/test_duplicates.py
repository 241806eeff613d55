"""Probable duplicates (domain 9, case 8) and the form of the unique number (domain 5.1)."""

from datetime import date

import pytest

from cases.rules.duplicates import Adult, Identity, likeness, swapped
from cases.rules.snr_number import compact, oddity
from cases.search_name import search_name


def person(name: str, born: str) -> Adult:
    return Adult(search_name(name), date.fromisoformat(born))


FATOU = Identity(frozenset({"059260100012312345"}), (person("Ndiaye Fatou", "1990-04-05"),))


@pytest.mark.parametrize(
    ("other", "strength", "said"),
    [
        # Case 8: another number, the day and the month of birth swapped.
        (Identity(frozenset({"059240300045612345"}), (person("Ndiaye Fatou", "1990-05-04"),)),
         "strong", "Jour et mois de naissance inversés"),
        # An old number is enough, whatever the names.
        (Identity(frozenset({"059240300045612345", "059260100012312345"}),
                  (person("Sow Ali", "1971-01-01"),)), "strong", "Même numéro unique, actuel ou ancien (059260100012312345)"),
        (Identity(adults=(person("Fatou N’Diaye", "1990-04-05"),)), "strong", "Même date de naissance"),
        (Identity(adults=(person("Ndiay Fatou", "1990-04-05"),)), "possible", "Même date de naissance"),
        (Identity(adults=(person("FATOU NDIAYE", "1990-04-05"),)), "strong", "Même nom"),
        (Identity(adults=(person("Ndiaye Fatu", "1990-12-31"),)), "possible",
         "Même année de naissance (1990)"),
        # Same name, another year; same day, another name: nobody in particular.
        (Identity(adults=(person("Ndiaye Fatou", "1991-04-05"),)), "none", None),
        (Identity(adults=(person("Diallo Mariama", "1990-04-05"),)), "none", None),
    ],
)  # fmt: skip
def test_why_two_households_look_alike(other: Identity, strength: str, said: str | None) -> None:
    found = likeness(FATOU, other, name_similarity=85)
    assert found.value is not None
    assert found.value.strength == strength, found.value
    assert found.value.probable is (strength != "none")
    assert (said in found.value.signals) if said else found.value.signals == ()
    assert found.to_validate


def test_any_adult_of_the_household_may_be_the_one() -> None:
    couple = Identity(adults=(person("Traoré Awa", "1988-02-03"), person("Ndiaye Fatou", "1990-04-05")))
    found = likeness(couple, FATOU, name_similarity=85)
    assert found.value is not None
    assert found.value.strength == "strong"


def test_nothing_typed_yet_says_what_to_type() -> None:
    found = likeness(Identity(), FATOU, name_similarity=85)
    assert found.value is None
    assert found.missing[0].sentence.startswith("Indiquez le numéro unique")


def test_a_day_beyond_twelve_has_no_swapped_date() -> None:
    assert swapped(date(1990, 4, 13)) is None
    assert swapped(date(1990, 4, 12)) == date(1990, 12, 4)


@pytest.mark.parametrize(
    ("typed", "warned"),
    [
        ("059 2601 000123 12345", None),
        ("0592601000123GDPUB", None),
        ("05926", "5 caractères au lieu de 18"),
        ("ZZZ260100012312345", "forme habituelle"),
    ],
)
def test_an_odd_number_is_said_and_never_refused(typed: str, warned: str | None) -> None:
    said = oddity(typed)
    assert (said is None) if warned is None else (said is not None and warned in said)
    assert " " not in compact(typed)
