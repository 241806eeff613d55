"""Serves the schedules (`flows/scheduled.py`): `python -m flows.serve`, which `relogement serve` starts.

One process runs them all, unless a work pool is named: its workers then share them (`flows/worker.py`).

Missed runs come back out of order after an outage: every flow takes its day when it runs and is idempotent.
Nothing is planned between 02:00 and 03:00, an hour that is missing once a year and comes twice once a year.
"""

from contextlib import suppress
from datetime import timedelta

from prefect import serve
from prefect.automations import Automation, AutomationCore, EventTrigger, Posture
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.events.actions import ChangeFlowRunState
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Cron
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType
from prefect.workers.process import ProcessWorker

from db.settings import env
from flows.environment import HEARTBEAT_SECONDS
from flows.scheduled import SCHEDULES
from flows.worker import work

DEPLOYMENT = "relogement"
TIMEZONE = "Europe/Paris"
ZOMBIES = "crash-runs-without-heartbeat"


def deployments() -> list[RunnerDeployment]:
    return [
        RunnerDeployment.from_flow(
            flow,
            DEPLOYMENT,
            schedules=[Cron(cron, timezone=TIMEZONE)],
            concurrency_limit=1,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for flow, cron in SCHEDULES
    ]


def publish(client: SyncPrefectClient, pool: str) -> None:
    """Hand the schedules to the workers of `pool`; another one is made where there is none of that name."""
    with suppress(ObjectAlreadyExists):
        template = ProcessWorker.get_default_base_job_template()
        client.create_work_pool(
            WorkPoolCreate(name=pool, type=ProcessWorker.type, base_job_template=template)
        )
    for deployment in deployments():
        deployment.apply(work_pool_name=pool)


def crash_leftovers(client: SyncPrefectClient) -> int:
    """At start nothing of ours runs yet: what is still "Running" was killed and holds its slot."""
    running = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING])))
    runs = client.read_flow_runs(flow_run_filter=running)
    for run in runs:
        client.set_flow_run_state(run.id, Crashed(message="Arrêt du serveur pendant ce passage."), force=True)
    return len(runs)


def watch_zombies(client: SyncPrefectClient) -> None:
    """Crash a run whose heartbeat has stopped, so that the next one is not kept waiting."""
    if not client.read_automations_by_name(ZOMBIES):
        client.create_automation(AutomationCore.model_validate(zombie_watch().model_dump(exclude={"id"})))


def zombie_watch() -> Automation:
    ends = ("Completed", "Failed", "Cancelled", "Crashed")
    trigger = EventTrigger(
        after={"prefect.flow-run.heartbeat"},
        expect={"prefect.flow-run.heartbeat", *(f"prefect.flow-run.{end}" for end in ends)},
        match={"prefect.resource.id": "prefect.flow-run.*"},
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=timedelta(seconds=3 * HEARTBEAT_SECONDS),
    )
    action = ChangeFlowRunState(state=StateType.CRASHED, message="Ce passage ne donnait plus signe de vie.")
    return Automation(name=ZOMBIES, trigger=trigger, actions=[action])


def main() -> None:
    pool = env().prefect_pool
    with get_client(sync_client=True) as client:
        watch_zombies(client)
        if pool:
            publish(client, pool)
        else:
            crash_leftovers(client)
    if pool:
        work(pool)
    serve(*deployments(), pause_on_shutdown=False, print_starting_message=False, limit=4)


if __name__ == "__main__":
    main()
