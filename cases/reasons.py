"""Why something is refused: a code, a sentence a colleague would say, and where the rule comes from."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One unmet condition. `sentence` is whole French and says what to do; `source` names the text or
    setting."""

    code: str
    sentence: str
    source: str = ""


class Refused(Exception):  # noqa: N818  # an outcome, not a failure
    """Raised inside a command to leave it whole: carries every reason at once."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reason.sentence for reason in self.reasons))


def refuse(code: str, sentence: str, source: str = "") -> Refused:
    """The common case of a single reason: `raise refuse("…", "…")`."""
    return Refused([Reason(code, sentence, source)])
