"""The territory's data are complete and honest, and a value is the one of its day."""

import tomllib
from collections import Counter
from datetime import date
from importlib.resources import files
from random import Random

import pytest

from cases import territory
from cases.territory import Setting, UnknownSetting, load_settings
from relogement.demo import cast, names, streets

TODAY = date(2026, 11, 24)
SETTINGS = load_settings()
ALL_VERSIONS = [version for key in SETTINGS.versions for version in SETTINGS.history(key)]
EXPECTED = {
    "pre_ici_months": 2,
    "execution_months": 6,
    "ici_weekend_policy": "keep",
    "ici_agenda_minutes": 90,
    "mutation_waiting_months": 60,
    "ici_segment_months": 24,
    "admissibility_days": 42,
    "offer_answer_days": 10,
    "offers_before_right_lost": 3,
    "right_to_stay_months": 6,
    "legal_distance_km": 5,
    "typology_tolerance": 1,
    "caleol_mode_rehousing": "inform",
    "caleol_mode_transfer": "decide",
    "technical_committee_required": False,
    "follow_up_months": (1, 6, 12),
    "freeze_reminder_days": (30, 14, 7, 1),
    "sne_validity_months": 12,
    "small_cell_threshold": 5,
    "read_reason_required": True,
}


def override(key: str, day: date, value: territory.Value) -> Setting:
    return Setting(key, day, value, "jours", "Libellé", "Délibération du conseil", "B")


@pytest.mark.parametrize("version", ALL_VERSIONS, ids=lambda v: f"{v.key}-{v.valid_from}")
def test_every_setting_says_what_it_is_where_it_comes_from_and_how_sure(version: Setting) -> None:
    assert version.label.strip()
    assert version.source.strip()
    assert version.unit.strip()
    assert version.certainty in territory.CERTAINTIES


@pytest.mark.parametrize(("key", "value"), EXPECTED.items())
def test_values_of_the_domain_file(key: str, value: territory.Value) -> None:
    assert SETTINGS.value(key, TODAY) == value


def test_the_file_names_no_version_twice() -> None:
    rows = tomllib.loads(files("cases").joinpath("territories/mel.toml").read_text("utf-8"))["setting"]
    repeated = Counter((row["key"], row["valid_from"]) for row in rows)
    assert {pair for pair, count in repeated.items() if count > 1} == set()
    assert len(ALL_VERSIONS) == len(rows)


def test_a_value_is_the_one_in_force_on_the_day() -> None:
    assert len(SETTINGS.list_on("mutation_criteria", date(2021, 12, 31))) == 4
    assert len(SETTINGS.list_on("mutation_criteria", date(2022, 1, 1))) == 7
    assert SETTINGS.float_on("rsa_single_monthly", date(2026, 3, 31)) == 646.52
    assert SETTINGS.float_on("rsa_single_monthly", date(2026, 4, 1)) == 651.69
    assert SETTINGS.ints_on("plus_ceilings", date(2025, 12, 31))[0] == 23_201
    assert SETTINGS.ints_on("plus_ceilings", TODAY)[0] == 23_403


def test_nothing_is_known_before_the_first_day() -> None:
    with pytest.raises(
        UnknownSetting, match=r"« mutation_waiting_months » n’est pas renseigné au 31/12/2021"
    ):
        SETTINGS.value("mutation_waiting_months", date(2021, 12, 31))
    assert "mutation_waiting_months" not in {s.key for s in SETTINGS.all_on(date(2021, 12, 31))}


@pytest.mark.parametrize("key", ["q1_threshold", "income_group_thresholds", "net_cost_ceiling"])
def test_a_missing_value_is_refused_with_its_reason(key: str) -> None:
    why = next(item.why for item in SETTINGS.missing if item.key == key)
    with pytest.raises(UnknownSetting) as refused:
        SETTINGS.value(key, TODAY)
    assert why in str(refused.value)
    assert SETTINGS.has(key, TODAY) is False


def test_an_override_applies_from_its_day_and_leaves_the_file_alone() -> None:
    changed = load_settings([override("offer_answer_days", date(2026, 6, 1), 15)])
    assert changed.int_on("offer_answer_days", date(2026, 5, 31)) == 10
    assert changed.int_on("offer_answer_days", date(2026, 6, 1)) == 15
    assert [v.value for v in changed.history("offer_answer_days")] == [10, 15]
    assert load_settings().int_on("offer_answer_days", TODAY) == 10


def test_overrides_given_in_disorder_are_put_in_order_and_the_last_of_a_day_wins() -> None:
    first, later = date(2026, 1, 1), date(2026, 6, 1)
    given = [override("silence_days", later, 20), override("silence_days", first, 25)]
    changed = load_settings(iter([*given, override("silence_days", later, 21)]))
    assert changed.int_on("silence_days", date(2026, 3, 1)) == 25
    assert changed.int_on("silence_days", later) == 21


def test_an_override_fills_a_missing_value() -> None:
    filled = load_settings([override("q1_threshold", date(2026, 1, 1), 9000)])
    assert filled.int_on("q1_threshold", TODAY) == 9000
    assert "q1_threshold" not in {item.key for item in filled.missing}
    assert "q1_threshold" in {item.key for item in load_settings().missing}


def test_uncertain_values_are_said_to_be_so() -> None:
    assert SETTINGS.setting("small_cell_threshold", TODAY).certainty_label == "à valider"
    assert SETTINGS.setting("small_cell_threshold", TODAY).to_confirm
    assert SETTINGS.setting("max_effort_rate", TODAY).certainty_label == "non vérifiable"
    assert SETTINGS.setting("max_effort_rate", TODAY).to_confirm
    assert not SETTINGS.setting("pre_ici_months", TODAY).to_confirm
    with pytest.raises(ValueError, match="Certitude inconnue"):
        Setting("x", TODAY, 1, "jours", "x", "x", "Z")


def test_typed_readers_refuse_another_kind() -> None:
    assert SETTINGS.float_on("legal_distance_km", TODAY) == 5.0
    assert SETTINGS.rows_on("need_typology", TODAY)[0] == (1, 1, 2)
    for wrong in (SETTINGS.int_on, SETTINGS.str_on, SETTINGS.list_on, SETTINGS.float_on):
        with pytest.raises(TypeError, match="« technical_committee_required » doit être"):
            wrong("technical_committee_required", TODAY)
    with pytest.raises(TypeError, match="oui ou non"):
        SETTINGS.bool_on("pre_ici_months", TODAY)


def test_lists_cannot_be_changed_by_a_caller() -> None:
    assert override("follow_up_months", TODAY, [1, 2]).value == (1, 2)  # type: ignore[arg-type]
    assert isinstance(SETTINGS.list_on("need_typology", TODAY)[0], tuple)


def test_clauses_nobody_read_are_unverified() -> None:
    by_code = {clause.code: clause for clause in territory.clauses()}
    assert {clause.status for clause in by_code.values()} == {"established", "unverified"}
    assert {by_code[code].status for code in ("residential_choice", "means", "balance")} == {"established"}
    assert {by_code[code].status for code in ("net_cost", "effort_rate", "offer_count")} == {"unverified"}
    assert all(clause.title and clause.text and clause.source for clause in by_code.values())


def test_each_of_the_95_communes_is_in_one_ici() -> None:
    perimeter = territory.default_perimeter()
    assert len(territory.communes()) == 95
    assert Counter(entry.insee for entry in perimeter) == Counter(c.insee for c in territory.communes())
    assert {entry.ici for entry in perimeter} == {"A", "B", "C"}
    assert {(entry.valid_from, entry.certainty) for entry in perimeter} == {(date(2017, 9, 1), "E")}


@pytest.mark.parametrize(
    ("ici", "places"),
    [
        ("A", "Hem, Wattrelos, Tourcoing, Roubaix, Villeneuve-d'Ascq"),
        ("B", "Lille, Loos, Ronchin, Wattignies, Mons-en-Barœul"),
        ("C", "Armentières, La Bassée, Houplines"),
    ],
)
def test_perimeter_agrees_with_the_examples(ici: str, places: str) -> None:
    by_insee = {entry.insee: entry.ici for entry in territory.default_perimeter()}
    found = [territory.commune_by_name(place) for place in places.split(", ")]
    assert [by_insee[place.insee] for place in found if place] == [ici] * len(found)


def test_a_commune_is_found_under_any_spelling() -> None:
    for spelling in ("MONS EN BAROEUL", "mons-en-barœul", " Mons-en-Baroeul "):
        assert territory.commune_by_name(spelling) == territory.commune("59410")
    assert territory.commune_by_name("villeneuve d’ascq") == territory.commune("59009")
    assert territory.commune_by_name("St-André-lez-Lille") == territory.commune("59527")
    assert territory.commune_by_name("Dunkerque") is None
    with pytest.raises(LookupError, match="75056"):
        territory.commune("75056")


def test_the_14_sites_stand_in_known_communes_with_known_landlords() -> None:
    known = {landlord.code for landlord in territory.landlords() if not landlord.successor_code}
    assert len(territory.sites()) == len({site.code for site in territory.sites()}) == 14
    assert Counter(site.phase for site in territory.sites()) == {1: 8, 2: 6}
    assert all(territory.commune(site.insee).npru for site in territory.sites())
    assert all(set(site.landlords) <= known and site.landlords for site in territory.sites())
    assert {site.interest for site in territory.sites()} == {"national", "regional", "unverified"}
    certainties = {(s.certainty, s.interest_certainty, s.landlords_certainty) for s in territory.sites()}
    assert {c for triple in certainties for c in triple} <= set(territory.CERTAINTIES)


def test_cantoned_communes_exist() -> None:
    codes = SETTINGS.strs_on("cantoned_communes", TODAY)
    found = [territory.commune(code).name for code in codes]
    assert found == ["Lille", "Roubaix", "Tourcoing", "Villeneuve-d'Ascq"]


def test_a_merged_landlord_leads_to_the_present_one() -> None:
    assert territory.present_landlord("ina").code == "3f-notre-logis"
    assert territory.present_landlord("logifim").code == "vilogia"
    assert territory.present_landlord("lmh").code == "lmh"
    assert all(not territory.present_landlord(item.code).successor_code for item in territory.landlords())
    with pytest.raises(LookupError, match="Bailleur inconnu"):
        territory.present_landlord("inconnu")


def test_the_cast_is_whole() -> None:
    bodies = {body.id: body for body in cast.BODIES}
    people = {person.id: person for person in cast.PEOPLE}
    assert len(bodies) == len(cast.BODIES)
    assert len(people) == len({p.email for p in cast.PEOPLE}) == len(cast.PEOPLE)
    assert {person.body_id for person in cast.PEOPLE} == set(bodies)
    roles = Counter(person.role for person in cast.PEOPLE)
    assert (roles["administrator"], roles["chair"], roles["co_pilot"], roles["observer"]) == (1, 1, 3, 1)
    assert {people[account.person_id].role for account in cast.DEMO_ACCOUNTS} == set(roles)
    assert len(cast.DEMO_ACCOUNTS) == len(roles) == 9
    codes = {landlord.code for landlord in territory.landlords()}
    assert {body.id for body in cast.BODIES if body.kind == "landlord"} <= codes
    assert {code for site in territory.sites() for code in site.landlords} <= set(bodies)


def test_each_service_of_the_cast_has_two_people_and_one_lead() -> None:
    for role in ("social_worker", "rehousing_officer"):
        services = Counter(p.body_id for p in cast.PEOPLE if p.role == role)
        leads = Counter(p.body_id for p in cast.PEOPLE if p.role == role and p.is_lead)
        assert min(services.values()) >= 2
        assert leads == dict.fromkeys(services, 1)


def test_people_of_a_commune_belong_to_its_ici() -> None:
    by_insee = {entry.insee: entry.ici for entry in territory.default_perimeter()}
    bodies = {body.id: body for body in cast.BODIES}
    for person in cast.PEOPLE:
        place = bodies[person.body_id].commune
        assert person.ici == (by_insee[place] if place else None)


def test_invented_people_are_the_same_for_the_same_seed() -> None:
    def drawn(seed: int) -> list[object]:
        rng = Random(seed)
        family = names.household(rng, adults=2, children=5)
        return [family, names.street_address(rng, "59512"), names.phone(rng), names.snr_number(rng, 2021, 3)]

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)
    assert set(streets.STREETS) <= {place.insee for place in territory.communes()}
    family = names.household(Random(1), adults=2, children=6)
    assert len({person.first_name for person in family}) == 8
    assert names.email("Marie-Thérèse", "El Idrissi") == "marie-therese.el-idrissi@menage.example"
    assert len(names.snr_number(Random(2), 2021, 3)) == 18
