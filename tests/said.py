"""A pytest plugin: every reason that the product may give is given by some test, else the whole suite fails.

Counted over all workers, and only when the whole fast suite runs: a part of it says nothing of the rest.
Imported before the rest of `cases`: a reason that a module makes once, when it is read, counts too.
"""

import re
from pathlib import Path
from typing import Any

import pytest

import cases
from cases.reasons import Reason

FAST = "not browser and not prefect"  # as the Makefile asks for it
NEVER: pytest.StashKey[list[str]] = pytest.StashKey()
CODE = re.compile(r'\b(?:Reason|refuse)\(\s*"([\w.]+)"')
_GIVEN: set[str] = set()
_BUILD = Reason.__init__


def _noted(self: Reason, code: str, *rest: Any, **named: Any) -> None:
    _BUILD(self, code, *rest, **named)
    _GIVEN.add(code)


Reason.__init__ = _noted  # type: ignore[method-assign]


def written() -> set[str]:
    """The codes that stand in the source of `cases`."""
    sources = Path(cases.__file__).parent.rglob("*.py")
    return {code for path in sources for code in CODE.findall(path.read_text("utf-8"))}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    _GIVEN.update(getattr(node, "workeroutput", {}).get("said", ()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["said"] = sorted(_GIVEN)
        return
    whole = config.args == config.getini("testpaths") and config.option.markexpr == FAST
    never = sorted(written() - _GIVEN) if whole and not config.option.keyword else []
    if never and not session.testsfailed:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    config.stash[NEVER] = never


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    never = config.stash.get(NEVER, [])
    if never:
        terminalreporter.write_line(f"Never said by any test: {', '.join(never)}", red=True)
