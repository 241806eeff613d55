"""Both indexes of occupation, with the cases of the domain file and an exhaustive check of the pairing."""

import json
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.occupancy import (
    Occupant,
    legal_minimum_m2,
    need_typology_default,
    occupancy,
    over_occupied_by_surface,
    rooms_index,
    rooms_norm,
    under_occupied,
)

ALONE = [Occupant(58, "M")]
COUPLE = [Occupant(40, "F", in_couple=True), Occupant(41, "M", in_couple=True)]
MME_A = [Occupant(38, "F"), *(Occupant(age) for age in (15, 12, 10, 8, 3))]
CHILDREN = st.lists(st.builds(Occupant, st.integers(0, 18), st.sampled_from(["F", "M", None])), max_size=7)


@pytest.mark.parametrize(
    ("persons", "minimum"),
    [(1, 9), (2, 16), (3, 25), (4, 34), (5, 43), (6, 52), (7, 61), (8, 70), (9, 70), (14, 70)],
)
def test_the_legal_minimum_is_the_table_of_the_code(persons: int, minimum: int) -> None:
    assert legal_minimum_m2(persons) == minimum


def test_a_household_of_nobody_has_no_minimum() -> None:
    with pytest.raises(ValueError, match="at least one"):
        legal_minimum_m2(0)


@pytest.mark.parametrize(
    ("occupants", "norm"),
    [
        (ALONE, 2),
        (COUPLE, 2),
        ([*COUPLE, Occupant(4, "F")], 3),
        ([*COUPLE, Occupant(4, "F"), Occupant(6, "M")], 3),
        ([*COUPLE, Occupant(4, "F"), Occupant(8, "M")], 4),
        ([*COUPLE, Occupant(12, "F"), Occupant(8, "F")], 3),
        ([*COUPLE, Occupant(19, "F"), Occupant(18, "F")], 4),
        ([Occupant(40, "F", in_couple=True), Occupant(8, "F")], 3),
        ([Occupant(40), Occupant(12, "F"), Occupant(9, "M"), Occupant(5)], 4),
    ],
)
def test_the_rooms_norm_counts_couples_adults_and_pairs_of_children(
    occupants: list[Occupant], norm: int
) -> None:
    assert rooms_norm(occupants) == norm


def _may_share(one: Occupant, other: Occupant) -> bool:
    known_apart = one.sex is not None and other.sex is not None and one.sex != other.sex
    return not known_apart or (one.age < 7 and other.age < 7)


def _best(children: tuple[Occupant, ...]) -> int:
    """Fewest rooms, by trying every pairing."""

    @cache
    def fewest(left: tuple[int, ...]) -> int:
        if not left:
            return 0
        first, rest = left[0], left[1:]
        alone = 1 + fewest(rest)
        shared = [
            1 + fewest(tuple(i for i in rest if i != j))
            for j in rest
            if _may_share(children[first], children[j])
        ]
        return min([alone, *shared])

    return fewest(tuple(range(len(children))))


@given(CHILDREN)
def test_no_other_pairing_of_the_children_needs_fewer_rooms(children: list[Occupant]) -> None:
    assert rooms_norm([Occupant(40), *children]) == 2 + _best(tuple(children))


def test_mme_a_is_not_over_occupied_by_surface_but_lacks_two_rooms() -> None:
    result = occupancy(MME_A, rooms=3, surface_m2=Decimal(62), manifest_lack=2)
    assert result.over_occupied_by_surface.value is False
    assert result.over_occupied_by_surface.inputs["legal_minimum_m2"] == 52
    assert result.rooms_index.value == -2
    assert result.manifest_by_rooms.value is True
    assert result.rooms_index.to_validate
    assert "5 enfant(s)" in result.rooms_index.note
    assert not result.over_occupied_by_surface.to_validate


def test_the_local_rule_says_when_the_lack_of_rooms_is_manifest() -> None:
    assert occupancy(MME_A, 3, Decimal(62), manifest_lack=3).manifest_by_rooms.value is False


def test_m_d_alone_in_a_t4_is_under_occupied() -> None:
    assert under_occupied(ALONE, 4).value is True
    assert under_occupied(ALONE, 2).value is False
    assert under_occupied(COUPLE, 4).value is True
    assert under_occupied(COUPLE, 3).value is False


def test_the_surface_at_the_minimum_is_enough() -> None:
    assert over_occupied_by_surface(MME_A, Decimal(52)).value is False
    assert over_occupied_by_surface(MME_A, Decimal("51.9")).value is True


def test_what_is_not_known_is_said_and_nothing_is_guessed() -> None:
    result = occupancy([], None, None, manifest_lack=2)
    codes = [reason.code for reason in result.over_occupied_by_surface.missing]
    assert codes == ["persons_missing", "surface_m2_missing"]
    assert rooms_index(ALONE, None).value is None
    assert result.manifest_by_rooms.value is None
    assert result.manifest_by_rooms.missing
    assert under_occupied(ALONE, None).missing[0].sentence.startswith("Le nombre de pièces")


def test_the_result_is_plain_json() -> None:
    result = occupancy(MME_A, 3, Decimal(62), manifest_lack=2)
    assert json.loads(json.dumps(result.as_json())) == result.as_json()
    assert result.as_json()["over_occupied_by_surface"]["inputs"]["surface_m2"] == "62"


@pytest.mark.parametrize(
    ("persons", "couple", "typology"),
    [
        (1, False, (1, 2)),
        (2, False, (2, 3)),
        (2, True, (2, 3)),
        (3, True, (3, 3)),
        (3, False, (3, 4)),
        (4, True, (3, 4)),
        (5, True, (4, 4)),
        (6, True, (5, 5)),
        (7, True, (5, 6)),
        (9, True, (5, 6)),
    ],
)
def test_the_usual_typology_follows_the_composition(
    persons: int, couple: bool, typology: tuple[int, int]
) -> None:
    result = need_typology_default(persons, couple)
    assert result.value == typology
    assert result.to_validate


def test_a_landlord_has_its_own_typology_table() -> None:
    assert need_typology_default(4, True, {1: (3, 3), 2: (4, 4)}).value == (4, 4)
    with pytest.raises(ValueError, match="adults"):
        need_typology_default(1, True)
