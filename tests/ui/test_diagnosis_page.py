"""The page « Diagnostic »: typed block by block, computed while typing, signed, renewed, read again."""

import json

import pytest

from cases import desk as writes
from db.tables.diagnosis import Diagnosis, DiagnosisStep, NeedSheet
from db.tables.operation import Dwelling
from tests.builders import NEED, OFFER, SURVEY, a_transfer, do
from tests.ui.test_case_pages import Desk, fill, labels, press, rows, text


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def block(page, title):  # type: ignore[no-untyped-def]
    return press(page, next(label for label in labels(page) if title in label))


def test_typed_block_by_block_then_signed(desk: Desk) -> None:
    case = a_transfer("diagnosis")
    page = desk.open("amina", "diagnosis", id=case)
    print(text(page)[:1500])
    print(labels(page))
