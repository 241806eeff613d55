"""Slow down somebody who guesses: so many tries in so many minutes. In memory: a restart forgives."""

from cases import clock

TRIES, TRIES_MINUTES = 10, 15
MOST_GUESSERS = 10_000


class Tries:
    """Counted by a key such as the digest of an address and a login."""

    def __init__(self) -> None:
        self._made: dict[str, list[float]] = {}

    def too_many(self, who: str) -> bool:
        return len(self._recent(who)) >= TRIES

    def count(self, who: str) -> None:
        if len(self._made) > MOST_GUESSERS:
            self._made.clear()
        self._made[who] = [*self._recent(who), clock.now().timestamp()]

    def forgive(self, who: str) -> None:
        self._made.pop(who, None)

    def _recent(self, who: str) -> list[float]:
        since = clock.now().timestamp() - TRIES_MINUTES * 60
        return [at for at in self._made.get(who, ()) if at > since]
