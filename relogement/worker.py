"""`relogement worker`: another machine takes its share of the runs of the clock that `serve` keeps."""

import signal
import sys
import time

from cases.reasons import refuse
from db.settings import env
from flows.environment import prefect_environment
from relogement.children import Child
from relogement.serve import STOPS, TICK_SECONDS, say

WITHOUT_POOL = (
    "Aucun groupe de machines n’est nommé : réglez RELOGEMENT_PREFECT_POOL, le même sur toutes les machines."
)


def run() -> int:
    """Work until asked to stop; started again when it dies. Refused when no work pool is named."""
    here = env()
    if not here.prefect_pool:
        raise refuse("worker.pool", WITHOUT_POOL)
    var = here.var.absolute()
    environment = prefect_environment(here.prefect_port, var / "prefect") | {"RELOGEMENT_VAR": str(var)}
    start = [sys.executable, "-c", f"from flows.worker import work; work({here.prefect_pool!r})"]
    worker = Child("worker", start, environment, var / "log" / "worker.log")
    stops: list[int] = []
    for number in STOPS:
        signal.signal(number, lambda caught, _frame: stops.append(caught))
    say(f"Cette machine prend sa part des passages de {here.prefect_host}. Pour arrêter : Ctrl-C.")
    try:
        while not stops:
            worker.tend(say)
            time.sleep(TICK_SECONDS)
    finally:
        worker.stop()
    return 0
