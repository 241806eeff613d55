"""The database of a test: fresh for each, and what was built once is put back."""

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from cases import step
from db.settings import env
from tests.stores import Store

T = TypeVar("T")
P = ParamSpec("P")

_IN_USE: list[Store] = []


def settle(*_: Any) -> None:
    """Whoever connects, or will in another process, finds the content that is due."""
    for store in _IN_USE:
        store.settle()


_START = subprocess.Popen.__init__


@wraps(_START)
def _settled_start(process: Any, *said: Any, **named: Any) -> None:
    settle()
    _START(process, *said, **named)


event.listen(Engine, "do_connect", settle)
event.listen(Pool, "checkout", settle)
os.register_at_fork(before=settle)
subprocess.Popen.__init__ = _settled_start  # type: ignore[method-assign]


@contextlib.contextmanager
def use(store: Store, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """The application's database is the one of `store` and its folder `folder` until the end of the block.

    The address is the same from one test to the next: the engine keeps the statements that it has compiled.
    What was read of the former content is forgotten.
    """
    patch.setenv("RELOGEMENT_DATABASE_URL", store.url)
    patch.setenv("RELOGEMENT_VAR", str(folder))
    env.cache_clear()
    step._SEEN.clear()
    _IN_USE.append(store)
    try:
        yield store.url
    finally:
        _IN_USE.clear()
        env.cache_clear()


def prepared(name: str, build: Callable[[], T]) -> T:
    """What `build` makes of an empty database, and what it gives: built once on each kind, then put back."""
    store = _IN_USE[-1]
    if name in store.made:
        store.put(name)
    else:
        store.made[name] = build()
        store.keep(name)
    found: T = store.made[name]
    return found


def built_once(build: Callable[P, T]) -> Callable[P, T]:
    """For what only writes, by commands: asked again of the same content in the same words, what it made is
    put back, and what it gave is given. Where something else was written since, it is simply done."""

    @wraps(build)
    def found(*args: P.args, **words: P.kwargs) -> T:
        store = _IN_USE[-1]
        start = store.holds()
        if not start:
            return build(*args, **words)

        def anew() -> T:
            store.forget()  # what it calls is part of it
            return build(*args, **words)

        said = f"{start} {build.__qualname__} {args} {sorted(words.items())}"
        return prepared(f"after_{sha256(said.encode()).hexdigest()[:24]}", anew)

    return found
