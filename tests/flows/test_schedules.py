"""What is served to Prefect and what the demonstration lives: the same flows, at the same hours."""

from cases import present
from relogement.rehearse import FLOWS


def test_the_demonstration_lives_every_flow_at_its_first_hour() -> None:
    from flows.scheduled import SCHEDULES  # noqa: PLC0415  # Prefect is slow to import

    first = {}
    for flow, cron in SCHEDULES:
        minute, hour, *_ = cron.split()
        first[flow.name] = f"{int(hour.split('-')[0]):02}:{0 if minute.startswith('*') else int(minute):02}"
    assert {name: f"{at:%H:%M}" for name, at in present.PASSES.items()} == first
    assert list(present.PASSES) == sorted(present.PASSES, key=lambda name: present.PASSES[name])
    assert set(FLOWS) == set(first)
