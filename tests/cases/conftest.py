"""A house with its named people, on both databases or on SQLite alone."""

import pytest

from tests.builders import a_house


@pytest.fixture
def house(database: str) -> str:
    """Reference data, organisations and people; the test runs on both databases."""
    a_house()
    return database


@pytest.fixture
def sqlite_house(sqlite_database: str) -> str:
    a_house()
    return sqlite_database


@pytest.fixture
def postgresql_house(postgresql_database: str) -> str:
    a_house()
    return postgresql_database
