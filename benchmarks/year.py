"""A whole year of three ICIs × two sessions, five passes a day, calm then in a storm of outages and kills."""

import sys
from random import Random
from time import perf_counter

from benchmarks.stage import databases, done_with, use
from cases import step
from tests.flows.simulated_year import Size, Weather, frozen_lists, live, lost, reminders, set_the_year

NUMBER, DAYS, SEED = 5_000, 330, 2026


def lived(size: Size, weather: Weather) -> float:
    begin = perf_counter()
    live(size, weather)
    return perf_counter() - begin


def main(number: int = NUMBER, days: int = DAYS) -> None:
    print("passes as functions, killed in their own process; Prefect itself is killed by benchmarks.outage")
    print(f"{'year':<12}{'cases':>8}{'days':>6}{'said':>8}{'kills':>7}{'missed':>8}{'seconds':>9}  verdict")
    said, lists, size = [], [], Size(cases=number, days=days, items=10)
    for weather in (Weather(), Weather(Random(SEED))):
        with databases() as found:
            _, address = found[0]
            step._SEEN.clear()
            use_for_year(address, size)
            seconds = lived(size, weather)
            said.append(reminders())
            lists.append(frozen_lists())
            missing = lost(said[0], said[-1], weather.missed)
            verdict = _verdict(said, lists, len(missing))
            name = "calm" if weather.rng is None else "storm"
            print(
                f"{name:<12}{number:>8}{days:>6}{len(said[-1]):>8}{weather.kills:>7}{len(weather.missed):>8}"
                f"{seconds:>9.0f}  {verdict}"
            )
            done_with()


def use_for_year(address: str, size: Size) -> None:
    """`use` sets the stage; the year adds its cases."""
    use(address)
    set_the_year(size, lambda: None)


def _verdict(
    said: list[list[tuple[object, ...]]], lists: list[list[tuple[object, ...]]], missing: int
) -> str:
    calm, last = said[0], said[-1]
    return (
        f"repeated {len(last) - len(set(last))}, lost {missing}, old dates {len(set(last) - set(calm))}, "
        f"lists {'identical' if lists[0] == lists[-1] else 'DIFFERENT'} ({len(lists[-1])})"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
