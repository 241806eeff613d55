"""A dwelling and a need side by side: how many criteria are met, and each of them with its reason."""

from collections.abc import Sequence

from markupsafe import Markup

from cases.rules.matching import Criterion, Match, Verdict
from ui_streamlit.widgets.badges import Badge, badges, icon
from ui_streamlit.widgets.headings import section

ICONS: dict[Verdict, str] = {"met": "check", "missed": "ban", "unknown": "clock"}
WORDS: dict[Verdict, str] = {"met": "rempli", "missed": "non rempli", "unknown": "à vérifier"}
DETAILS = Markup(
    '<details class="rl-why"><summary>Critère par critère</summary><ul class="rl-criteria">{}</ul></details>'
)
HEAD = Markup('{}<div class="rl-card-marks">{}</div>')
LINE = Markup(
    '<li class="rl-criterion-{verdict}">{icon}<span><b>{label}</b>'
    '<span class="rl-sr"> ({word})</span> · {detail} <small class="rl-source">{source}</small></span></li>'
)


def card_head(title: str, marks: Sequence[Badge]) -> Markup:
    """What a card is about, then its marks."""
    return HEAD.format(section(title), badges(marks)) if marks else section(title)


def verdict_badges(judged: Match) -> list[Badge]:
    """« 5 critères remplis », « 1 non rempli », « 2 à vérifier »: a count, never a score."""
    met, missed, unknown = (judged.count(verdict) for verdict in ("met", "missed", "unknown"))
    found = [Badge(_many(met, "critère rempli", "critères remplis"), "success")] if met else []
    if missed:
        found.append(Badge(_many(missed, "non rempli", "non remplis"), "danger", "ban"))
    if unknown:
        found.append(Badge(f"{unknown} à vérifier", "warning"))
    return found


def criteria(judged: Match) -> Markup:
    """Every criterion, with its source; « à valider » where the threshold is a default of the product."""
    return DETAILS.format(Markup().join(_line(one) for one in judged.criteria))


def _line(one: Criterion) -> Markup:
    return LINE.format(
        verdict=one.verdict,
        icon=icon(ICONS[one.verdict]),
        label=one.label,
        word=WORDS[one.verdict],
        detail=one.detail,
        source=f"{one.source} (à valider)" if one.certainty == "E" else one.source,
    )


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count < 2 else many}"
