"""Titles of pages and sections, and small print with enough contrast."""

from markupsafe import Markup

PAGE = Markup('<header class="rl-page">{eyebrow}<h1>{title}</h1>{lead}</header>')
EYEBROW = Markup('<p class="rl-eyebrow">{}</p>')
LEAD = Markup('<p class="rl-lead">{}</p>')
SECTION = Markup('<div class="rl-section"><h2>{title}{count}</h2>{hint}</div>')
COUNT = Markup(' <span class="rl-pill">{}</span>')
HINT = Markup('<p class="rl-muted">{}</p>')


def page_title(title: str, lead: str = "", *, eyebrow: str = "") -> Markup:
    """The page's only h1 (a case page has `case_header` instead)."""
    return PAGE.format(
        eyebrow=EYEBROW.format(eyebrow) if eyebrow else "",
        title=title,
        lead=LEAD.format(lead) if lead else "",
    )


def section(title: str, *, count: int | None = None, hint: str = "") -> Markup:
    """An h2, with how many there are."""
    return SECTION.format(
        title=title,
        count=COUNT.format(count) if count is not None else "",
        hint=HINT.format(hint) if hint else "",
    )


def small_print(text: str) -> Markup:
    """A hint under something (st.caption fails the contrast of our background)."""
    return HINT.format(text)
