"""An indicator as a card: its figure, what it says, its target and whether it is kept, its source."""

from collections.abc import Sequence

from markupsafe import Markup

from cases.charter.figures import BROKEN, KEPT, MASKED, NO_OBJECT, UNKNOWN, Figure
from cases.charter.report import Line
from ui_streamlit.charter_parts import filters
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_table import in_french

THEME = Markup('<section><h2 class="rl-theme">{title}</h2><div class="rl-cards">{cards}</div></section>')
CARD = Markup(
    '<article class="rl-indicator"><div class="rl-indicator-figure">'
    "<b{word}>{value}</b><span>{count}</span></div>"
    '<div><h3>{title}</h3><p class="rl-muted">{definition}</p>'
    '<p class="rl-goal">Objectif : {target}</p>'
    '<details class="rl-why"><summary>Source et certitude</summary><ul><li>Source : {source}</li>'
    "<li>Certitude : {certainty}</li></ul></details></div><div>{badges}</div></article>"
)
TITLE = Markup('<a href="{}">{}</a>')
WORD = Markup(' class="rl-word"')
TONES = {
    KEPT: Badge(KEPT, "success"),
    BROKEN: Badge(BROKEN, "danger"),
    UNKNOWN: Badge(UNKNOWN, "warning", "info"),
    NO_OBJECT: Badge(NO_OBJECT, "neutral"),
    MASKED: Badge("effectif masqué", "neutral", "lock"),
}
TO_CONFIRM = Badge("à valider", "accent")
DOUBTFUL = {"E", "unverified"}
NARROW = "\u00a0"


def indicator_list(lines: Sequence[Line]) -> Markup:
    """By theme, in the order of the registry."""
    themes: dict[str, list[Line]] = {}
    for line in lines:
        themes.setdefault(line.indicator.theme, []).append(line)
    return Markup().join(
        THEME.format(title=theme, cards=Markup().join(card(line) for line in listed))
        for theme, listed in themes.items()
    )


def card(line: Line, *, link: bool = True) -> Markup:
    item, figure = line.indicator, line.figure
    title = TITLE.format(filters.address(item.code), item.title) if link else Markup("{}").format(item.title)
    return CARD.format(
        word=WORD if figure.value is None else "",
        value=value_words(figure),
        count=count_words(figure),
        title=title,
        definition=item.definition,
        target=sentence(line.target.text),
        source=sentence(item.source),
        certainty=item.certainty_label,
        badges=badges(badges_of(line)),
    )


def badges_of(line: Line) -> list[Badge]:
    """The word of compliance; « à valider » when the definition or the target rests on a default."""
    doubtful = line.indicator.certainty in DOUBTFUL or line.target.certainty == "E"
    return [TONES[line.compliance], *([TO_CONFIRM] if doubtful else [])]


def value_words(figure: Figure) -> str:
    if figure.hidden:
        return "masqué"
    if figure.value is None:
        return NO_OBJECT
    rounded = round(figure.value, 1)
    words = in_french(int(rounded) if rounded == int(rounded) else rounded)
    return f"{words}{NARROW}%" if figure.unit == "%" else str(words)


def count_words(figure: Figure) -> str:
    """What the figure rests on, in words."""
    if figure.hidden:
        return "effectif trop petit"
    if figure.value is None:
        return "rien à compter"
    if figure.unit == "%" and figure.numerator is not None:
        return f"{in_french(figure.numerator)} sur {in_french(figure.denominator)}"
    if figure.unit == "ménages":
        return f"ménages, sur {in_french(figure.denominator)}"
    return f"{figure.unit}, sur {in_french(figure.denominator)} ménages"


def sentence(text: str) -> str:
    """Typographic apostrophes: the territory's file is typed on a plain keyboard."""
    return text.replace("'", "’")
