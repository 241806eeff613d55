"""Escalations that the system proposes from open blockages, and the words that say what was tried."""

from datetime import date

from cases.rules.proposals import Cell, Proposal, proposals
from cases.rules.tried import Tried, tried_words

ROUBAIX, HEM, CROIX, LILLE = "59512", "59299", "59163", "59350"
ICI = {ROUBAIX: "A", HEM: "A", CROIX: "A", LILLE: "B"}


def proposed(*cells: Cell) -> tuple[Proposal, ...]:
    found = proposals(cells, ICI, 5, "E")
    assert found.value is not None
    return found.value


def test_forty_two_cases_of_roubaix_that_lack_a_typology_are_one_sector() -> None:
    (one,) = proposed(
        Cell("typology_lacking", ROUBAIX, 4, 30, 5), Cell("typology_lacking", ROUBAIX, 5, 12, 1)
    )
    assert one == Proposal("A", "typology_lacking", "sector", (ROUBAIX,), (4, 5), 42, 6)
    assert one.key == "A.typology_lacking.59512"


def test_what_is_left_of_several_communes_is_a_profile_of_one_typology() -> None:
    (one,) = proposed(Cell("arrears", HEM, 5, 3), Cell("arrears", CROIX, 5, 2), Cell("arrears", CROIX, 3, 2))
    assert one == Proposal("A", "arrears", "profile", (CROIX, HEM), (5,), 5, 0)
    assert one.key == "A.arrears.T5"


def test_no_group_crosses_an_ici_a_theme_or_an_unknown_typology() -> None:
    assert proposed(Cell("arrears", HEM, 5, 3), Cell("arrears", LILLE, 5, 3)) == ()
    assert proposed(Cell("arrears", HEM, 5, 3), Cell("sector_closed", CROIX, 5, 3)) == ()
    assert proposed(Cell("arrears", HEM, None, 3), Cell("arrears", CROIX, None, 3)) == ()
    assert proposed(Cell("arrears", "75056", 5, 30)) == ()


def test_cases_that_may_not_be_raised_yet_make_no_group() -> None:
    assert proposed(Cell("arrears", ROUBAIX, 4, 4, 30)) == ()


def test_what_an_open_escalation_covers_is_not_proposed_again() -> None:
    assert proposed(Cell("arrears", ROUBAIX, 4, 30, covered=True)) == ()
    (rest,) = proposed(Cell("arrears", ROUBAIX, 4, 30, covered=True), Cell("arrears", ROUBAIX, 5, 6))
    assert (rest.ready, rest.typologies) == (6, (5,))


def test_the_threshold_is_to_be_validated_and_the_largest_comes_first() -> None:
    found = proposals([Cell("arrears", LILLE, 3, 5), Cell("arrears", ROUBAIX, 3, 9)], ICI, 5, "E")
    assert (found.to_validate, found.inputs) == (True, {"least": 5})
    assert [one.ready for one in found.value or ()] == [9, 5]


def test_what_was_tried_is_said_from_the_records() -> None:
    tried = Tried(
        cases=6,
        oldest_on=date(2026, 2, 16),
        asked={"Vilogia": 9, "LMH": 12, "SIA": 1, "Partenord": 2, "Tisserin": 1},
        answers={"none": 18, "waiting": 7},
        offers=3,
        refused=2,
        refusals={"Étage sans ascenseur": 2, "Localisation, quartier": 1},
    )
    assert tried_words(tried).split("\n") == [
        "25 recherches auprès de 5 bailleurs (LMH 12, Vilogia 9, Partenord 2, SIA 1, autres 1) : "
        "18 sans logement à proposer, 7 sans réponse à ce jour.",
        "3 propositions faites, dont 2 refusées (étage sans ascenseur 2, localisation, quartier 1).",
        "Le plus ancien de ces blocages est ouvert depuis le 16/02/2026.",
    ]


def test_nothing_recorded_says_nothing() -> None:
    assert tried_words(Tried(cases=1)) == ""
    alone = Tried(cases=1, oldest_on=date(2026, 2, 16), asked={"LMH": 1}, offers=1)
    assert tried_words(alone).split("\n") == [
        "1 recherche auprès de 1 bailleur (LMH 1).",
        "1 proposition faite.",
        "Ce blocage est ouvert depuis le 16/02/2026.",
    ]
