"""The countable-offer test line by line: what failed first, each with its reason, source and certainty."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from markupsafe import Markup

from cases.territory import CERTAINTIES
from ui_streamlit.widgets.badges import Badge, badge, icon

CLASS_WORDS: Mapping[str, str] = {
    "social": "détail réservé au suivi social",
    "health_functional": "détail à ouvrir avec un motif (santé)",
    "safety": "détail à ouvrir avec un motif (sécurité)",
}
TESTS = Markup(
    '<details class="rl-why rl-tests"{open}><summary>{summary}</summary><dl>{lines}</dl></details>'
)
LINE = Markup('<dt>{badge} {label}</dt><dd>{detail}<small class="rl-source">{source}</small></dd>')
OPEN = Markup(" open")


class Tested(Protocol):
    """`detail` is None when this reader may not read its class."""

    @property
    def label(self) -> str: ...
    @property
    def passed(self) -> bool: ...
    @property
    def detail(self) -> str | None: ...
    @property
    def source(self) -> str: ...
    @property
    def certainty(self) -> str: ...
    @property
    def field_class(self) -> str: ...


def tests_list(tests: Sequence[Tested], summary: str, *, classes: frozenset[str], opened: bool) -> Markup:
    """Folded unless `opened`; nothing at all without tests."""
    if not tests:
        return Markup()
    ordered = sorted(tests, key=lambda test: test.passed)
    lines = Markup().join(_line(test, classes) for test in ordered)
    return TESTS.format(open=OPEN if opened else "", summary=summary, lines=lines)


def unmet(tests: Sequence[Tested]) -> str:
    """« 2 conditions non remplies »."""
    failed = sum(not test.passed for test in tests)
    if not failed:
        return "toutes les conditions sont remplies"
    return f"{failed} condition{'s' if failed > 1 else ''} non remplie{'s' if failed > 1 else ''}"


def _line(test: Tested, classes: frozenset[str]) -> Markup:
    hidden = test.detail is None or (test.field_class not in classes and test.field_class != "common")
    reserved = icon("lock") + " " + CLASS_WORDS.get(test.field_class, "détail réservé")
    verdict = Badge("Oui", "success") if test.passed else Badge("Non", "danger", "ban")
    certainty = CERTAINTIES.get(test.certainty, test.certainty)
    return LINE.format(
        badge=badge(verdict),
        label=test.label,
        detail=reserved if hidden else test.detail,
        source=f"{test.source} · {certainty}",
    )
