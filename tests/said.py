"""A pytest plugin: every reason that the product may give is given by some test, else the whole suite fails.

Counted over all workers, and only when the whole fast suite runs: a part of it says nothing of the rest.
Imported before the rest of `cases`: a reason that a module makes once, when it is read, counts too.
"""

import ast
from pathlib import Path
from typing import Any

import pytest

import cases
from cases.reasons import Reason

FAST = "not browser and not prefect"  # as the Makefile asks for it
NEVER: pytest.StashKey[list[str]] = pytest.StashKey()
_GIVEN: set[str] = set()
_BUILD = Reason.__init__


def _noted(self: Reason, code: str, *rest: Any, **named: Any) -> None:
    _BUILD(self, code, *rest, **named)
    _GIVEN.add(code)


Reason.__init__ = _noted  # type: ignore[method-assign]


def written() -> set[str]:
    """The codes that are literals in the source of `cases`."""
    found = set()
    for path in Path(cases.__file__).parent.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in {"Reason", "refuse"} and call.args and isinstance(call.args[0], ast.Constant):
                found.add(str(call.args[0].value))
    return found


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
