"""The end of retention (domain 6.2): announced, erased through the door, told; the figures stay."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from cases.access import scope_of
from cases.clock import morning_of
from cases.personal import ALONE, BESIDE, KEPT, OF_DWELLING
from cases.reminders import sweep
from cases.retention import end_retention
from db.engine import reading, transaction
from db.queries.case_file import case_file
from db.rows import insert, table_of
from db.tables.beside import Document
from db.tables.case import CaseFile, Household, Person
from db.tables.clock import Mail, Notice
from db.tables.operation import Dwelling
from db.tables.people import Draft, ReadLog
from flows.delivery import delivery
from tests.builders import PEOPLE, a_transfer, ask, do
from tests.records import case, chain_length, every, the

CLOSED, TOLD, DUE = "2026-11-05", date(2027, 9, 6), date(2027, 11, 5)
PERSONAL = (
    "Amrani",
    "amrani",
    "Aïcha",
    "Noé",
    "Exemple",
    "059012",
    "0601020304",
    "Confidence",
    "rue du Parc",
)


def codes(kind: str, reference: str, who: str, on: str, **data: Any) -> set[str]:
    return {reason.code for reason in ask(kind, reference, who, on, **data).reasons}


def a_closed_case() -> str:
    reference = a_transfer(at="searching", snr_number="059012", circumstances="Confidence reçue.")
    do("update_contact", reference, "amina", "2026-02-02", phone="0601020304")
    do("add_note", reference, "amina", "2026-02-02", text="Confidence : Aïcha Amrani.")
    do("attach_document", reference, "amina", "2026-02-02", type="letter", name="Amrani.pdf",
       content="JVBERi0xLjQ=")  # fmt: skip
    do("open_blockage", reference, "amina", "2026-02-02", theme="arrears", explanation="Confidence.")
    do("make_offer", reference, "amina", "2026-04-01", received_on="2026-04-01", landlord_id="vilogia",
       address="8 rue du Parc", commune="Tourcoing", typology=4)  # fmt: skip
    do("close_early", reference, "amina", CLOSED, reason="withdrawn_by_household")
    return reference


def run(day: date) -> dict[str, int]:
    now = morning_of(day)
    sweep(day, now)
    delivery(day, now)
    return end_retention(day, now)


def left_in_the_database() -> list[tuple[str, str]]:
    """(table, word) for each personal word still found anywhere."""
    found = []
    with reading() as connection:
        for table in SQLModel.metadata.sorted_tables:
            content = repr(connection.execute(sa.select(table)).fetchall())
            found += [(table.name, word) for word in PERSONAL if word in content]
    return found


@pytest.mark.usefixtures("house")
def test_what_was_announced_is_erased_everywhere_and_the_figures_stay() -> None:
    reference = a_closed_case()
    assert {word for _, word in left_in_the_database()} == set(PERSONAL)
    assert codes("erase_case", reference, "bruno", "2027-09-01") == {"erase.too_early"}
    assert run(TOLD)["cases_erased"] == 0
    (notice,) = every(Notice, kind="reminder", case_id=reference)
    assert (notice["recipient_id"], notice["due_on"]) == ("bruno", DUE)
    assert run(DUE - timedelta(days=1))["cases_erased"] == 0
    assert run(DUE)["cases_erased"] == 1
    assert left_in_the_database() == []
    kept = case(reference)
    assert (kept["erased_on"], kept["closure_reason"], kept["criteria"]) == (
        DUE, "withdrawn_by_household", ["over_occupation"]
    )  # fmt: skip
    assert [row["born_on"] for row in every(Person)] == [date(1985, 1, 1), date(2004, 1, 1)]
    assert the(Household)["name"] == "Données effacées"
    assert the(Document)["erased_at"] is not None
    assert chain_length() > 10
    assert any("données personnelles effacées" in row["text"] for row in every(Notice, recipient_id="bruno"))
    assert run(DUE + timedelta(days=1))["cases_erased"] == 0
    assert codes("erase_case", reference, "bruno", "2027-11-08") == {"erase.done"}
    assert codes("reopen", reference, "bruno", "2027-11-08", reason="Il revient.") >= {"reopen.erased"}
    assert case_file(scope_of(PEOPLE["amina"]), reference) is not None


@pytest.mark.usefixtures("sqlite_house")
def test_after_an_outage_nothing_is_erased_before_it_was_announced() -> None:
    reference = a_closed_case()
    late = DUE + timedelta(days=10)
    assert run(late) | {"cases_erased": 0, "erasures_waiting": 1} == run(late)
    assert codes("erase_case", reference, "bruno", late.isoformat()) == {"erase.no_notice"}
    assert run(late + timedelta(days=60))["cases_erased"] == 1


@pytest.mark.usefixtures("sqlite_house")
def test_a_lead_keeps_it_longer_with_a_ground_and_an_end() -> None:
    reference = a_closed_case()
    asked = {"ground": "dispute", "reason": "Recours devant le tribunal."}
    assert codes("keep_case", reference, "bruno", "2027-10-01", until="2033-01-01", **asked) == {"keep.range"}
    do("keep_case", reference, "bruno", "2027-10-01", until="2028-05-05", **asked)
    run(TOLD)
    assert run(DUE)["cases_erased"] == 0
    assert run(date(2028, 3, 6))["cases_erased"] == 0
    assert run(date(2028, 5, 5))["cases_erased"] == 1
    assert codes("keep_case", reference, "bruno", "2028-05-08", until="2029-01-01", **asked) == {"keep.done"}


@pytest.mark.usefixtures("sqlite_house")
def test_another_case_of_the_household_keeps_its_names() -> None:
    reference = a_closed_case()
    other = a_transfer(who="chloe", snr_number="059999")
    with transaction() as connection:
        household = sa.select(table_of(CaseFile).c.household_id).where(table_of(CaseFile).c.id == reference)
        change = sa.update(table_of(CaseFile)).where(table_of(CaseFile).c.id == other)
        connection.execute(change.values(household_id=household.scalar_subquery()))
    run(TOLD)
    assert run(DUE)["cases_erased"] == 1
    shared = the(Household, id=case(other)["household_id"])
    assert (shared["name"], shared["phone"]) == ("Amrani Aïcha", "0601020304")


@pytest.mark.usefixtures("sqlite_house")
def test_drafts_reads_and_copies_of_mails_have_their_own_term() -> None:
    old, now = morning_of(date(2026, 1, 5)), morning_of(date(2027, 1, 10))
    mail = {"recipient_id": "amina", "address": "a@b.fr", "subject": "S", "html": "<p>", "text": "Mot."}
    with transaction() as connection:
        for at in (old, now):
            insert(connection, Draft, account_id="amina", form=f"{at}", content={"x": 1}, saved_at=at)
            insert(
                connection, ReadLog, at=at, account_id="amina", case_id="M", field_class="safety", reason="R"
            )
            insert(connection, Mail, day=at.date(), message_id=f"{at}", state="sent", next_try_at=at,
                   written_at=at, **mail)  # fmt: skip
    counts = end_retention(now.date(), now)
    assert (counts["drafts_erased"], counts["reads_erased"], counts["mails_erased"]) == (1, 1, 1)
    assert [row["text"] for row in every(Mail)] == ["", "Mot."]


def test_each_column_about_a_case_is_said_to_be_erased_or_kept() -> None:
    plain = (sa.Integer, sa.Date, sa.DateTime, sa.Boolean, sa.Numeric)
    for model in SQLModel.__subclasses__():
        table = getattr(model, "__table__", None)
        about = {"case_id", "household_id", "kept_id"} & set(table.c.keys()) if table is not None else set()
        if (not about and model not in {Household, Dwelling}) or model.__name__ in {
            "JournalEntry",
            "JournalLink",
        }:
            continue
        columns = {
            column.name
            for column in table.c  # type: ignore[union-attr]
            if not (isinstance(column.type, plain) and "DateTime" not in str(column.type))
            and not column.foreign_keys
            and not column.primary_key
            and not column.name.endswith("_at")
            and column.name != "at"
        }
        erased = {**ALONE, **BESIDE, Dwelling: OF_DWELLING}.get(model, {})
        said = set(erased) | KEPT.get(model.__name__, frozenset())
        assert columns <= said, (model.__name__, columns - said)
