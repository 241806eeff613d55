"""How the tests run. Their fixtures are in `tests/fixtures.py`."""

import gc
import signal
from types import FrameType

import pytest

from tests import said

# What is imported stays to the end: walking through it again and again took a quarter of the start.
gc.set_threshold(1_000_000, 20, 50)


def pytest_configure(config: pytest.Config) -> None:
    """A time limit (SIGTERM) ends the tests like Ctrl-C: fixtures stop the servers that they started."""
    config.pluginmanager.register(said, "said")
    if not _only_hands_out(config):
        config.pluginmanager.import_plugin("tests.fixtures")
    if not hasattr(config, "workerinput"):
        signal.signal(signal.SIGTERM, _interrupt)


def _only_hands_out(config: pytest.Config) -> bool:
    """The process that gives tests to others starts them at once: it needs nothing of what they import."""
    return bool(config.getoption("numprocesses", None)) and not config.getoption("collectonly")


def pytest_collection_finish() -> None:
    gc.freeze()


def pytest_sessionfinish() -> None:
    """pytest then walks five times through all that is left: once is enough to hear what goes wrong in it.

    The oldest generation is left out: as good as all that was made since the start is in the two others.
    """
    gc.collect(1)
    gc.freeze()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
