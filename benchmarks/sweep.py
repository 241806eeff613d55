"""The daily sweep of many open deadlines, 1 % due, beside raw set-based SQL doing the same writes in the same run."""

import sys
from time import perf_counter

import sqlalchemy as sa

from benchmarks.stage import NOW, TODAY, databases, done_with, many_deadlines, use
from cases.deadlines import sweep
from db.engine import engine, transaction

NUMBER = 1_000_000
DUE_PERCENT = 1
INSERT = """
INSERT INTO notice (key, recipient_id, kind, case_id, subject, deadline_id, due_on, text, written_at)
SELECT 'raw/' || d.id, d.owner_id, 'reminder', d.case_id, d.subject, d.id, d.due_on, '', :now
FROM deadline d WHERE d.closed_at IS NULL AND d.remind_on <= :today AND d.owner_id IS NOT NULL
"""
UPDATE = "UPDATE deadline SET remind_on = :later WHERE closed_at IS NULL AND remind_on <= :today"
BACK = "UPDATE deadline SET remind_on = :today WHERE due_on = :today"


def timed_sweep() -> tuple[float, int]:
    begin = perf_counter()
    counts = sweep(TODAY, NOW)
    return perf_counter() - begin, counts["reminders"]


def timed_raw() -> float:
    later = TODAY.replace(year=TODAY.year + 1)
    with transaction() as connection:
        connection.execute(sa.text(BACK), {"today": TODAY})
    begin = perf_counter()
    with transaction() as connection:
        connection.execute(sa.text(INSERT), {"today": TODAY, "now": NOW})
        connection.execute(sa.text(UPDATE), {"today": TODAY, "later": later})
    return perf_counter() - begin


def main(number: int = NUMBER) -> None:
    print(
        f"{'sweep':<12}{'deadlines':>11}{'written':>9}{'sweep ms':>10}{'again ms':>10}{'again':>7}{'raw ms':>9}{'ratio':>7}"
    )
    with databases() as found:
        for name, address in found:
            use(address)
            many_deadlines(number, DUE_PERCENT)
            if engine().dialect.name == "postgresql":
                with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(sa.text("ANALYZE"))
            first, written = timed_sweep()
            second, again = timed_sweep()
            raw = timed_raw()
            print(
                f"{name:<12}{number:>11}{written:>9}{first * 1000:>10.1f}{second * 1000:>10.1f}{again:>7}"
                f"{raw * 1000:>9.1f}{first / raw:>7.2f}"
            )
            done_with()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)
