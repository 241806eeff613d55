"""What the case page and the first page of each queue read, with many cases, on both databases."""

import sys
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

import sqlalchemy as sa

from benchmarks.stage import TODAY, databases, done_with, many_cases, use
from cases.access import scope_of
from cases.people import actor_named
from cases.twins import resemblances
from db.engine import engine
from db.queries.case_file import case_file
from db.queries.queue import Filters, queue_page
from db.scope import Scope

NUMBER = 100_000
RUNS, WARM = 15, 12  # PostgreSQL keeps the plan of a statement that a connection has run ten times
# As the page asks: the next filing limit of each ICI counts in the order.
LIMITS = (
    (date(2027, 1, 15), frozenset({"Roubaix", "Tourcoing"})),
    (date(2027, 1, 22), frozenset({"Lille", "Hem"})),
)


def milliseconds(action: Callable[[], object]) -> tuple[float, float]:
    """Median and slowest of the runs, after those that warm the caches: a server's connections live long."""
    times = []
    for _ in range(WARM + RUNS):
        begin = perf_counter()
        action()
        times.append((perf_counter() - begin) * 1000)
    return median(times[WARM:]), max(times[WARM:])


def scope(account: str) -> Scope:
    actor = actor_named(account)
    assert actor is not None
    return scope_of(actor)


def main(number: int = NUMBER) -> None:
    print(f"{'pages':<12}{'what':<34}{'median ms':>11}{'slowest':>9}")
    with databases() as found:
        for name, address in found:
            use(address)
            many_cases(number)
            if engine().dialect.name == "postgresql":
                _analyse()  # PostgreSQL does it by itself in time; SQLite is left as the product leaves it
            worker, secretary = scope("amina.haddad"), scope("camille.joly")
            reads: dict[str, Callable[[], object]] = {
                "case page": lambda who=worker: case_file(who, "M-B-000400"),  # type: ignore[misc]
                "probable duplicates": lambda who=worker: resemblances(who, "M-B-000400", today=TODAY),  # type: ignore[misc]
            }
            for queue in ("mine", "service", "unassigned", "late", "blocked"):
                reads[f"queue {queue}, social worker"] = lambda who=worker, of=queue: queue_page(  # type: ignore[misc]
                    who, of, Filters(), today=TODAY, limits=LIMITS
                )
            reads["queue all, social worker"] = lambda who=worker: queue_page(
                who, "all", Filters(), today=TODAY, limits=LIMITS
            )  # type: ignore[misc]
            reads["queue all, secretariat"] = lambda who=secretary: queue_page(
                who, "all", Filters(), today=TODAY, limits=LIMITS
            )  # type: ignore[misc]
            for what, action in reads.items():
                middle, worst = milliseconds(action)
                print(f"{name:<12}{what:<34}{middle:>11.1f}{worst:>9.1f}")
            done_with()


def _analyse() -> None:
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)
