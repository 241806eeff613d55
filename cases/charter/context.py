"""What the charter's figures are computed with: the settings in force, on a day."""

from dataclasses import dataclass
from datetime import date

from cases import journal
from cases.step import settings_at
from cases.territory import Settings
from db.engine import reading


@dataclass(frozen=True, slots=True)
class Context:
    """`today` is the day of the picture: what is due on a later day is not late."""

    settings: Settings
    today: date

    def number(self, key: str) -> float:
        return self.settings.float_on(key, self.today)

    def whole(self, key: str) -> int:
        return self.settings.int_on(key, self.today)


def settings_now() -> Settings:
    """Every dated setting, with what was decided here."""
    with reading() as connection:
        return settings_at(connection, journal.read_head(connection).settings_version)
