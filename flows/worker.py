"""One of the processes that share the flows of a work pool; imports nothing of Prefect, which it becomes."""

import os
import sys
from typing import NoReturn


def work(pool: str) -> NoReturn:
    """Become a worker of `pool`: it takes a run when one is due, each in a process of its own."""
    command = ["-m", "prefect", "worker", "start", "--pool", pool, "--type", "process"]
    os.execv(sys.executable, [sys.executable, *command, "--install-policy", "never"])  # noqa: S606 - our own
