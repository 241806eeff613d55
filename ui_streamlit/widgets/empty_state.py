"""Nothing here, said kindly: why, and what to do next."""

from markupsafe import Markup

from ui_streamlit.widgets.badges import icon

EMPTY = Markup('<div class="rl-empty">{icon}<p class="rl-empty-title">{title}</p>{sentence}{link}</div>')
SENTENCE = Markup("<p>{}</p>")
LINK = Markup('<p><a href="{}">{}</a></p>')


def empty_state(
    title: str, sentence: str = "", *, icon_name: str = "check", link: tuple[str, str] | None = None
) -> Markup:
    """`link`: (address of ours, words)."""
    return EMPTY.format(
        icon=icon(icon_name),
        title=title,
        sentence=SENTENCE.format(sentence) if sentence else "",
        link=LINK.format(*link) if link else "",
    )
