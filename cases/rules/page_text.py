"""What a person reads in an HTML page, from its own bytes: each text under the heading that it follows."""

from html.parser import HTMLParser

HEADINGS = {"h1", "h2", "h3", "dt", "title"}
BREAKS = HEADINGS | {"p", "li", "dd", "td", "th", "div", "section", "article", "br"}
UNREAD = {"style", "script"}
SAID = {"alt", "title", "aria-label", "content", "value", "placeholder"}
TOP = "En-tête"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.place, self.inside, self.silent = TOP, "", 0
        self.texts: dict[str, list[str]] = {TOP: []}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in UNREAD
        if tag in BREAKS:
            self._say("\n")
        if tag in HEADINGS:
            self.inside, self.place = tag, ""
        for name, value in attrs:
            if name in SAID and value:
                self.texts.setdefault(self.place or TOP, []).append(f"\n{value}\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in UNREAD
        if tag in BREAKS:
            self._say("\n")
        if tag == self.inside:
            self.inside, heading = "", " ".join(self.place.split()) or TOP
            self.place = heading
            self.texts.setdefault(heading, []).append(f"{heading}\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._say(data)

    def handle_comment(self, data: str) -> None:
        self.texts.setdefault(self.place or TOP, []).append(f"\n{data}\n")

    def _say(self, words: str) -> None:
        if self.inside:
            self.place += words
        else:
            self.texts.setdefault(self.place or TOP, []).append(words)


def sections(page: str) -> dict[str, str]:
    """Heading → all that stands under it, the heading included; hidden words (attributes, comments) too."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return {place: "".join(texts) for place, texts in reader.texts.items()}
