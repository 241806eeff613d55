"""The daily sweep of many open deadlines, 1 % due, beside raw set-based SQL doing the same writes in the same run."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import sqlalchemy as sa

from benchmarks.stage import NOW, TODAY, databases, done_with, many_deadlines, use
from cases.deadlines import sweep
from db.engine import engine, transaction

NUMBERS = (100_000, 1_000_000)
ROUNDS = 5  # the median of each is shown: one alone moves by half with the disk
DUE_PERCENT = 1
INSERT = """
INSERT INTO notice (key, recipient_id, kind, case_id, subject, deadline_id, due_on, text, written_at)
SELECT 'raw/' || d.id, d.owner_id, 'reminder', d.case_id, d.subject, d.id, d.due_on, '', :now
FROM deadline d WHERE d.closed_at IS NULL AND d.remind_on <= :today AND d.owner_id IS NOT NULL
"""
UPDATE = "UPDATE deadline SET remind_on = :later WHERE closed_at IS NULL AND remind_on <= :today"
BACK = "UPDATE deadline SET remind_on = :today WHERE due_on = :today"


@dataclass(frozen=True)
class Round:
    """Seconds, and notices written."""

    sweep: float
    written: int
    again: float
    written_again: int
    raw: float


def a_round() -> Round:
    as_before()
    first, written = timed_sweep()
    second, again = timed_sweep()
    as_before()
    return Round(first, written, second, again, timed_raw())


def as_before() -> None:
    """Nothing said, everything due again."""
    with transaction() as connection:
        connection.execute(sa.text("DELETE FROM notice"))
        connection.execute(sa.text(BACK), {"today": TODAY})
    if engine().dialect.name == "postgresql":
        with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))


def timed_sweep() -> tuple[float, int]:
    begin = perf_counter()
    counts = sweep(TODAY, NOW)
    return perf_counter() - begin, counts["reminders"]


def timed_raw() -> float:
    later = TODAY.replace(year=TODAY.year + 1)
    begin = perf_counter()
    with transaction() as connection:
        connection.execute(sa.text(INSERT), {"today": TODAY, "now": NOW})
        connection.execute(sa.text(UPDATE), {"today": TODAY, "later": later})
    return perf_counter() - begin


def main(*numbers: int) -> None:
    print(
        f"{'sweep':<12}{'deadlines':>11}{'written':>9}{'sweep ms':>10}{'again ms':>10}{'again':>7}{'raw ms':>9}{'ratio':>7}"
    )
    for number in numbers or NUMBERS:
        with databases() as found:
            for name, address in found:
                use(address)
                many_deadlines(number, DUE_PERCENT)
                report(name, number, [a_round() for _ in range(ROUNDS)])
                done_with()


def report(name: str, number: int, rounds: Sequence[Round]) -> None:
    first, second, raw = (
        median(getattr(one, what) for one in rounds) * 1000 for what in ("sweep", "again", "raw")
    )
    print(
        f"{name:<12}{number:>11}{rounds[0].written:>9}{first:>10.1f}{second:>10.1f}"
        f"{sum(one.written_again for one in rounds):>7}{raw:>9.1f}{first / raw:>7.2f}"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
