"""The perimeter in force and the journal's check, as the administration page asks for them."""

from datetime import date

from cases.charter.office import journal_check, perimeter_on
from tests.builders import a_house, do

TODAY = date(2026, 11, 24)


def test_the_perimeter_in_force_and_what_comes(database: str) -> None:
    a_house()
    do("set_perimeter", None, "gaelle", "2026-01-05", commune="Hem", ici="B", valid_from="2026-02-01")
    do("set_perimeter", None, "gaelle", "2026-01-05", commune="Hem", ici="C", valid_from="2027-01-01")
    hem = next(item for item in perimeter_on(TODAY) if item.commune == "Hem")
    assert (hem.ici, hem.since, hem.edited) == ("B", date(2026, 2, 1), True)
    assert hem.coming == (date(2027, 1, 1), "C")
    before = next(item for item in perimeter_on(date(2026, 1, 31)) if item.commune == "Hem")
    assert (before.ici, before.edited) == ("A", False)
    assert len(perimeter_on(TODAY)) == 95


def test_the_journal_is_checked(database: str) -> None:
    a_house()
    lines, fault = journal_check()
    assert lines > 10
    assert fault is None
