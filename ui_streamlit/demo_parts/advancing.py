"""The clock of the demonstration moved on by the product's own command, in a process of its own.

The passes of the clock live in the flows, which pages do not import; leaving the page stops nothing.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

from cases.reasons import Reason, Refused


def advanced(day: date) -> Iterator[date]:
    """Each day as it is lived, up to `day`. Raises Refused with the command's own sentence."""
    command = [sys.executable, "-m", "relogement", "advance", day.isoformat()]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:  # noqa: S603  # our own, a date
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            lived = date.fromisoformat(json.loads(line)["day"])
            if lived >= day:
                process.terminate()  # all is written: its own end is not waited for
            yield lived
            if lived >= day:
                return
        said = process.stderr.read().strip()
    if process.returncode:
        raise Refused(
            [Reason("present.stopped", said.splitlines()[-1] if said else "L’horloge s’est arrêtée.")]
        )
