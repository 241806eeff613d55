"""The generated form: every command can be asked, what is typed becomes its data, nothing is done twice."""

import re
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel
from streamlit.testing.v1 import AppTest

from cases.commands import Outcome
from cases.reasons import Reason
from cases.registry import COMMANDS
from db.engine import reading
from db.rows import find
from db.tables.case import CaseFile, Note, Person
from db.tables.journal import JournalEntry
from db.tables.people import Draft
from tests.builders import a_house, a_transfer, do
from ui_streamlit.form_fields import Field, fields_of
from ui_streamlit.form_widgets import plain_value
from ui_streamlit.form_words import in_french

# Streamlit looks at every field of a page when it draws one: not all forms at once.
HANDFULS = [sorted(COMMANDS)[rank::16] for rank in range(16)]


@pytest.fixture
def house(sqlite_database: str) -> None:
    a_house()


def _page(kind: str, target: str | None, who: str, given: dict) -> None:  # type: ignore[type-arg]
    """The script that AppTest runs, alone: one form, its outcome kept."""
    import streamlit as st  # noqa: PLC0415

    from tests import builders  # noqa: PLC0415
    from ui_streamlit.command_form import command_form  # noqa: PLC0415

    outcome = command_form(kind, target, key="test", actor=builders.PEOPLE[who], **given)
    if outcome is not None:
        st.session_state["outcome"] = outcome


def form(kind: str, target: str | None = None, who: str = "amina", **given: Any) -> AppTest:
    shown = AppTest.from_function(
        _page, kwargs={"kind": kind, "target": target, "who": who, "given": given}, default_timeout=20
    )
    return drawn(shown.run())


def drawn(page: AppTest) -> AppTest:
    assert not page.exception, page.exception
    return page


def field(page: AppTest, label: str, rank: int = 0) -> Any:
    """The widget whose label is this one, with or without the star of what must be answered."""
    kinds = ("text_input", "text_area", "selectbox", "multiselect", "radio", "checkbox", "date_input")
    widgets: list[Any] = [item for kind in kinds for item in page.get(kind)]
    found = [item for item in widgets if item.label in (label, f"{label} *")]
    assert found, f"no field « {label} »"
    return found[rank]


def fill(page: AppTest, label: str, value: Any, rank: int = 0) -> None:
    drawn(field(page, label, rank).set_value(value).run())


def press(page: AppTest, label: str) -> AppTest:
    return drawn(next(item for item in page.button if item.label == label).click().run())


def words(page: AppTest) -> str:
    return " ".join(item.proto.body for item in page.get("html"))


def html_of(page: AppTest) -> str:
    return "\n".join(item.proto.body for item in page.get("html"))


def leaves(fields: tuple[Field, ...]) -> list[Field]:
    return [leaf for one in fields for leaf in (leaves(one.children) if one.children else [one])]


def rows(model: Any, **by: Any) -> list[dict[str, Any]]:
    with reading() as connection:
        return find(connection, model, **by)


def _every_form(kinds: list[str]) -> None:
    """The script that AppTest runs: all forms, each between two marks, and what came of it."""
    import streamlit as st  # noqa: PLC0415

    from tests import builders  # noqa: PLC0415
    from ui_streamlit.command_form import command_form  # noqa: PLC0415

    for kind in kinds:
        st.html(f"<hr>{kind}")
        if command_form(kind, "M-00-00000", key=kind, actor=builders.PEOPLE["amina"]) is not None:
            st.html("rl-done")


@pytest.mark.parametrize("kinds", HANDFULS)
def test_every_command_has_its_form(house: None, kinds: list[str]) -> None:
    """It is drawn, sent empty, answered in French, and drawn again."""
    page = drawn(AppTest.from_function(_every_form, kwargs={"kinds": kinds}, default_timeout=30).run())
    for button in page.button:
        if button.proto.is_form_submitter or button.proto.type == "primary":
            button.click()
    answers = dict(one.split("\n", 1) for one in html_of(drawn(page.run())).split("<hr>")[1:])
    assert set(answers) == set(kinds)
    assert {kind for kind, said in answers.items() if not re.search("rl-danger|rl-done", said)} == set()
    assert {kind for kind, said in answers.items() if "Une erreur est survenue" in said} == set()


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_every_field_has_a_french_title_and_every_code_its_words(kind: str) -> None:
    for leaf in leaves(fields_of(COMMANDS[kind].data)):
        assert leaf.label != leaf.name, leaf
        assert all(words for words in leaf.choices.values())
        untold = [code for code, said in leaf.choices.items() if code == said and not code.isdigit()]
        assert untold == [], f"{leaf.label}: {untold} are shown as codes; add them to labels.LITERALS"


def test_the_shapes_of_fields() -> None:
    shapes = {
        leaf.name: leaf.shape
        for kind in ("sign_diagnosis", "make_offer", "record_follow_up", "change_setting", "erase_details")
        for leaf in leaves(fields_of(COMMANDS[kind].data))
    }
    expected = {
        "held_on": "date", "at_home": "tick", "arrears": "integer", "administrative": "choice",
        "wishes": "long", "communes": "many", "surface_m2": "decimal", "floor": "integer",
        "lift": "three_state", "commune": "choice", "reached": "yes_no", "milestone": "choice",
        "outcome": "choice", "value": "any", "numbers": "list",
        "rent": "decimal", "written": "tick", "address": "text",
    }  # fmt: skip
    assert {name: shapes[name] for name in expected} == expected


def test_what_is_typed_becomes_plain_values() -> None:
    def plain(shape: str, value: Any, **more: Any) -> Any:
        return plain_value(Field("x", "X", shape, required=False, **more), value)

    assert plain("decimal", "1 234,50 €") == "1234.50"
    assert plain("decimal", "beaucoup") == "beaucoup"  # the door says what is wrong with it
    assert (plain("integer", "-1"), plain("integer", "deux")) == (-1, "deux")
    assert (plain("yes_no", "no"), plain("three_state", "unknown")) == (False, None)
    assert (plain("choice", "59512"), plain("choice", "6", numeric=True)) == ("59512", 6)
    assert plain("list", "4, 12") == [4, 12]
    assert (plain("any", "oui"), plain("any", "12"), plain("any", "0,5"), plain("any", "decide")) == (
        True, 12, 0.5, "decide",
    )  # fmt: skip
    assert plain("date", date(2026, 2, 3)) == "2026-02-03"
    assert (plain("text", ""), plain("many", [])) == (None, None)
    assert plain("tick", False) is False


def test_a_whole_referral_is_typed_and_done(house: None) -> None:
    page = form("refer_transfer")
    for label, value in (
        ("Prénom", "Aïcha"), ("Nom", "O’Brien"), ("Date de naissance", date(1985, 3, 2)),
        ("Bailleur actuel", "lmh"), ("Commune", "59512"), ("Adresse", "3 rue <b>X</b>"),
        ("Typologie (T)", "3"), ("Pièces habitables (hors cuisine)", "3"), ("Surface habitable (m²)", "62,5"),
        ("Situations", ["over_occupation"]), ("Loyer (€ par mois)", "480,50"), ("Urgent", True),
    ):  # fmt: skip
        fill(page, label, value)
    press(page, "Ajouter une personne")
    fill(page, "Prénom", "Noé", 1)
    fill(page, "Nom", "O’Brien", 1)
    fill(page, "Date de naissance", date(2015, 1, 2), 1)
    done: Outcome = press(page, "Signaler une mutation").session_state["outcome"]
    assert done.status == "accepted"
    (case,) = rows(CaseFile, id=done.reference)
    assert (case["urgent"], case["criteria"], case["commune"]) == (True, ["over_occupation"], "59512")
    people = rows(Person, household_id=case["household_id"])
    assert [(one["first_name"], one["link"]) for one in people] == [("Aïcha", "holder"), ("Noé", "child")]
    assert rows(Draft, account_id="amina") == []


def test_a_refusal_names_the_field_as_it_is_written_on_screen(house: None) -> None:
    page = press(form("refer_transfer"), "Signaler une mutation")
    said = words(page)
    assert "Composition du ménage, personne 1, Date de naissance : à renseigner." in said
    assert "Logement actuel, Adresse : à renseigner." in said
    assert "born_on" not in said
    fill(page, "Prénom", "Aïcha")  # the list of what is missing stays while one mends it
    assert "Logement actuel, Adresse : à renseigner." in words(page)


def test_reasons_that_are_not_about_a_nested_field_are_left_as_they_are() -> None:
    plain = Reason("case.closed", "Le dossier : clos.")
    flat = Reason("field.reason", "Motif : à renseigner.")
    model: type[BaseModel] = COMMANDS["reject"].data
    assert in_french(Outcome("refused", reasons=(plain, flat)), model).reasons == (plain, flat)


def test_a_draft_survives_and_is_dropped_once_sent(house: None) -> None:
    case = a_transfer()
    fill(form("add_note", case), "Note (des faits, pas de jugement)", "Le chauffage est en panne.")
    again = form("add_note", case)  # another tab, or after a reload
    assert "Brouillon repris" in words(again)
    assert field(again, "Note (des faits, pas de jugement)").value == "Le chauffage est en panne."
    press(again, "Ajouter une note")
    assert [row["text"] for row in rows(Note, case_id=case)] == ["Le chauffage est en panne."]
    assert field(form("add_note", case), "Note (des faits, pas de jugement)").value == ""


def test_a_draft_may_be_thrown_away(house: None) -> None:
    case = a_transfer()
    fill(form("add_note", case), "Note (des faits, pas de jugement)", "Brouillon.")
    page = press(form("add_note", case), "Effacer le brouillon")
    assert field(page, "Note (des faits, pas de jugement)").value == ""
    assert rows(Draft, account_id="amina") == []


def test_sent_twice_done_once(house: None) -> None:
    """Two tabs hold the same draft: the answer got lost, the person sends again."""
    case = a_transfer()
    first = form("add_note", case)
    fill(first, "Note (des faits, pas de jugement)", "Une seule fois.")
    second = form("add_note", case)
    assert press(first, "Ajouter une note").session_state["outcome"].status == "accepted"
    assert press(second, "Ajouter une note").session_state["outcome"].status == "already_done"
    assert len(rows(Note, case_id=case)) == 1


def test_the_same_words_typed_again_another_day_are_another_act(house: None) -> None:
    case = a_transfer()
    for _ in range(2):
        page = form("add_note", case)
        fill(page, "Note (des faits, pas de jugement)", "Relance faite.")
        press(page, "Ajouter une note")
    assert len(rows(Note, case_id=case)) == 2


def test_a_colleague_acted_meanwhile(house: None) -> None:
    case = a_transfer()
    page = form("add_note", case, seen_version=1)
    fill(page, "Note (des faits, pas de jugement)", "Gardée.")
    do("check_admissibility", case, "amina", "2026-01-13")
    sent = press(page, "Ajouter une note")
    assert "Quelqu’un a agi avant vous" in words(sent)
    assert field(sent, "Note (des faits, pas de jugement)").value == "Gardée."
    assert rows(Note, case_id=case) == []


def test_hidden_fields_take_what_the_page_says(house: None) -> None:
    case = a_transfer("searching")
    page = form(
        "record_attempt",
        case,
        hide=("body_id", "occurred_on"),
        defaults={"body_id": "vilogia", "occurred_on": date(2026, 2, 2)},
        submit="Interroger",
    )
    assert [item.label for item in page.date_input] == ["Réponse attendue le"]
    assert press(page, "Interroger").session_state["outcome"].status == "accepted"


def test_rows_given_by_the_page_are_shown_and_may_be_removed(house: None) -> None:
    case = a_transfer("diagnosis")
    grid = {"resources": [{"kind": "salary", "monthly": "1200"}, {"kind": "rsa", "monthly": "90.5"}]}
    page = form("sign_diagnosis", case, defaults={"grid": grid})
    amounts = [item.value for item in page.text_input if item.label.startswith("Montant")]
    assert amounts == ["1200", "90.5"]
    remove = [item for item in page.button if item.label == "Retirer"]
    drawn(remove[0].click().run())
    assert field(page, "Nature").value == "rsa"


def test_options_that_have_gone_are_not_sent(house: None) -> None:
    """A draft may hold a choice that is no longer one."""
    case = a_transfer("searching")
    attempt = do("record_attempt", case, "amina", "2026-02-02", body_id="vilogia").created["attempt"]
    key = {"attempt_id": {str(attempt): "Vilogia"}}
    fill(form("answer_attempt", case, options=key), "Recherche", str(attempt))
    page = form("answer_attempt", case, options={"attempt_id": {}})
    assert field(page, "Recherche").value is None


def test_markup_in_what_people_type_stays_text(house: None) -> None:
    case = a_transfer()
    page = form("add_note", case)
    fill(page, "Note (des faits, pas de jugement)", "<script>alert(1)</script>")
    press(page, "Ajouter une note")
    assert rows(Note, case_id=case)[0]["text"] == "<script>alert(1)</script>"


def test_the_day_of_a_fact_is_asked_once(house: None) -> None:
    """A lease has its own day; a refusal has none, and says when it was."""
    case = a_transfer("allocated")
    page = form("sign_lease", case)
    assert [item.label for item in page.date_input] == ["Bail signé le *"]
    fill(page, "Bail signé le", date(2026, 4, 24))
    press(page, "Enregistrer la signature du bail")
    with reading() as connection:
        (line,) = find(connection, JournalEntry, type="sign_lease")
    assert line["occurred_on"] == date(2026, 4, 24)
    assert "Date du fait" in [item.label for item in form("refuse_offer", case).date_input]
