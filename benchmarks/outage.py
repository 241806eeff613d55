"""Real passes of the clock while its Prefect server, then the process that runs the flows, are killed (SIGKILL).

Each day's sweep is asked of Prefect and the victim killed as soon as the run has begun; what was killed is started
again as `relogement serve` does, and the day asked again unless it went through. Nothing may be said twice or lost.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep

from benchmarks.stage import databases, done_with
from benchmarks.year import use_for_year
from cases import clockwork, step
from cases.clock import morning_of
from relogement.children import Child
from tests.flows.clock import ENDS, Clock, clock_in
from tests.flows.simulated_year import START, Said, Size, reminders

DAYS, PATIENCE = 4, 400
SIZE = Size(cases=2_000, days=40)


def calm(days: list[date]) -> list[Said]:
    with databases() as found:
        step._SEEN.clear()
        use_for_year(found[0][1], SIZE)
        for day in days:
            clockwork.every_day(day, morning_of(day))
        said = reminders()
        done_with()
    return said


def stormy(days: list[date]) -> tuple[list[Said], int]:
    """What was said, and how many days had to be asked again."""
    with databases() as found, TemporaryDirectory() as folder:
        step._SEEN.clear()
        use_for_year(address := found[0][1], SIZE)
        clock = clock_in(Path(folder), {"RELOGEMENT_DATABASE_URL": address, "RELOGEMENT_VAR": folder})
        try:
            clock.start()
            again = sum(
                lived(clock, day, (clock.server, clock.runner)[rank % 2]) for rank, day in enumerate(days)
            )
        finally:
            clock.stop()
        said = reminders()
        done_with()
    return said, again


def lived(clock: Clock, day: date, victim: Child) -> bool:
    """Whether the day had to be asked again after the kill."""
    run = clock.run("daily", day.isoformat())
    wait(clock, lambda: state(clock, run) in (*ENDS, "RUNNING"))
    assert victim.process is not None
    os.killpg(victim.process.pid, signal.SIGKILL)
    victim.process.wait()
    wait(clock, lambda: clock.healthy() and state(clock, run) in ENDS)
    if state(clock, run) == "COMPLETED":
        return False
    second = clock.run("daily", day.isoformat())
    wait(clock, lambda: state(clock, second) == "COMPLETED")
    return True


def state(clock: Clock, run: str) -> str:
    return str(clock.ask(f"flow_runs/{run}")["state_type"])


def wait(clock: Clock, ready: Callable[[], bool]) -> None:
    """While looking after both processes, as the supervisor does."""
    limit = monotonic() + PATIENCE
    while monotonic() < limit:
        with suppress(OSError):
            if ready():
                return
        for child in (clock.server, clock.runner):
            child.tend(print)
        sleep(0.1)
    raise RuntimeError("\n".join(["the clock did not come back", *clock.runner.last_lines(30)]))


def main(number: int = DAYS) -> None:
    days = [START + timedelta(days=n) for n in range(number)]
    expected = calm(days)
    begin = perf_counter()
    said, again = stormy(days)
    print(
        f"{'Prefect':<12}{SIZE.cases:>8}{number:>6}{len(said):>8}{number:>7}{again:>8}{perf_counter() - begin:>9.0f}"
        f"  repeated {len(said) - len(set(said))}, lost {len(set(expected) - set(said))}, "
        f"of no day {len(set(said) - set(expected))} (server and runner killed in turn; `missed`: days asked again)"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
