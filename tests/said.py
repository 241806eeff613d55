"""A pytest plugin: names the reasons that the product may give and that no test has made it give.

Counted over all workers, and only when the whole fast suite runs: a part of it says nothing of the rest. It
tells and does not fail: some are met by random lives only, and those change with the code.
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


def written() -> set[str]:
    """The codes that are literals in the source of `cases`."""
    found = set()
    for path in Path(cases.__file__).parent.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in {"Reason", "refuse"} and call.args and isinstance(call.args[0], ast.Constant):
                found.add(str(call.args[0].value))
    return found


def pytest_configure() -> None:
    build = Reason.__init__

    def noted(self: Reason, code: str, *rest: Any, **named: Any) -> None:
        build(self, code, *rest, **named)
        _GIVEN.add(code)

    Reason.__init__ = noted  # type: ignore[method-assign]


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
    config.stash[NEVER] = never


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    never = config.stash.get(NEVER, [])
    if never:
        terminalreporter.write_line(f"Never said by any test: {', '.join(never)}", red=True)
