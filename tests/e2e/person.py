"""Somebody at a browser: real clicks on what a person reads, never on an internal name."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, ViewportSize

from ui_streamlit.widgets.dates import long_date

SETTLED = """
!window.unanswered
&& document.querySelector(
    "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
)
&& !document.querySelector("[data-stale=true]")
"""
LOOK_MS = 40
PASSWORD = "demonstration"
PATIENCE_MS = 30_000
LIST_MS = 4_000
# An act that asks something of the server leaves before the page says that it is running: noted as it leaves,
# until the page says so. Its first answer comes before; what runs nothing ends a moment after that.
QUIET_MS = 400
WATCH = f"""
const send = WebSocket.prototype.send;
let sent = 0;
window.unanswered = false;
WebSocket.prototype.send = function (...data) {{
    const rank = ++sent;
    window.unanswered = true;
    this.addEventListener("message", () => setTimeout(() => {{
        if (rank === sent) window.unanswered = false;
    }}, {QUIET_MS}), {{ once: true }});
    return send.apply(this, data);
}};
const runs = change => change.target.dataset.testScriptState === "running";
const watched = {{ attributes: true, subtree: true, attributeFilter: ["data-test-script-state"] }};
new MutationObserver(changes => {{
    if (changes.some(runs)) window.unanswered = false;
}}).observe(document, watched);
"""
MOVE = """
address => {
    history.pushState({}, "", address);
    window.dispatchEvent(new PopStateEvent("popstate"));
    return window.unanswered;
}
"""
PHONE: ViewportSize = {"width": 390, "height": 844}
WINDOW: ViewportSize = {"width": 1366, "height": 900}
TALLEST = 4000


@dataclass
class Person:
    page: Page
    url: str
    shots: Path

    @classmethod
    def signed_in(cls, page: Page, url: str, account: str, shots: Path) -> "Person":
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(WATCH)
        page.goto(f"{url}/connexion")
        page.get_by_label("Identifiant ou adresse").fill(account)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        person = cls(page, url, shots)
        person.settle()
        return person

    def settle(self) -> None:
        """Wait until the page has been drawn and nothing in it is stale."""
        self.page.wait_for_function(SETTLED, polling=LOOK_MS)

    def go(self, address: str, title: str) -> None:
        """To a page of the product, as its own links lead there: without loading everything again."""
        if self.page.evaluate(MOVE, address):
            self.sees_title(title)
            self.settle()
        else:
            self.open_anew(address, title)

    def open_anew(self, address: str, title: str) -> None:
        """In a page that remembers nothing of the last one: no form is open, no sealed field is read."""
        self.page.goto(f"{self.url}{address}")
        self.sees_title(title)
        self.settle()

    def sees_title(self, title: str) -> None:
        heading = self.page.get_by_role("heading", name=re.compile(title)).first
        heading.wait_for()

    def sees(self, text: str) -> None:
        """A pattern; a space of it is any space, as in « 15 sept. 2026 » which is never cut."""
        pattern = re.compile(text.replace(" ", r"\s"))
        self.main.get_by_text(pattern).first.wait_for()

    def reads(self, *sentences: str) -> None:
        """Each of these stands on the page, whatever kind of space is in it."""
        for sentence in sentences:
            self.sees(_printed(sentence))

    def sees_deadline(self, title: str, day: date) -> None:
        """An open deadline: its title and its day in words."""
        card = self.main.get_by_role("article").filter(has_text=title).filter(has_text=long_date(day))
        card.first.wait_for()

    def misses(self, text: str) -> None:
        """Once the page is drawn, nothing on it says this."""
        self.settle()
        shown = self.page.content().replace("&nbsp;", " ")
        assert not re.search(text, shown), f"« {text} » is on the page"

    @property
    def main(self) -> Locator:
        return self.page.get_by_test_id("stMain")

    def button(self, name: str) -> Locator:
        return self.main.get_by_role("button", name=name, exact=True)

    def click(self, name: str) -> None:
        self.button(name).first.click()
        self.settle()

    def click_words(self, words: str) -> None:
        """What opens in place without asking the server: « Pourquoi cette date ? »."""
        self.main.get_by_text(words).first.click()

    def start(self, action: str) -> None:
        """Open the form of an action: its own button then stands below, with the same name."""
        self.button(action).first.click()
        self.button(action).nth(1).wait_for()
        self.settle()

    def start_rare(self, action: str) -> None:
        """Open the form of an action of the menu « Autres actions »."""
        self.button("Autres actions").first.click()
        own = re.compile(rf"(^|· ){re.escape(action)}$")  # a family of actions is named before it
        self.page.get_by_role("menuitem", name=own).click()
        self.settle()

    def tick(self, label: str, rank: int = 0) -> None:
        self.main.get_by_text(label, exact=True).nth(rank).click()
        self.settle()

    def do(self, action: str) -> None:
        """An action that asks nothing but to be confirmed."""
        self.start(action)
        self.confirm(action)

    def confirm(self, action: str) -> None:
        """Send the form; what came of it is said at the top of the page."""
        self.button(action).last.click()
        self.done()
        self.settle()

    def open_tab(self, name: str) -> None:
        self.main.get_by_role("link", name=name).first.click()
        self.settle()

    def write(self, label: str, text: str, rank: int = 0) -> None:
        """A text field, the one of row `rank`; the page takes it when the field is left."""
        box = self.main.get_by_role("textbox", name=_label(label)).nth(rank)
        box.fill(text)
        box.press("Tab")
        self.settle()

    def choose(self, label: str, option: str, rank: int = 0) -> None:
        """A closed list, at the keyboard: the beginning of what is wanted, then Enter once it is offered.

        A list closes when what holds it scrolls, and forgets what was typed when the page is drawn again:
        who looks at the screen sees it, and chooses once more.
        """
        box = self.main.get_by_role("combobox", name=_label(label)).nth(rank)
        if not self._chosen(box, option, LIST_MS):
            self.page.keyboard.press("Escape")
            assert self._chosen(box, option, PATIENCE_MS), f"« {label} » does not take « {option} »"

    def _chosen(self, box: Locator, option: str, patience: int) -> bool:
        """Whether the list took the option, as far as it is still on the page."""
        box.click()
        self.page.locator("[role=combobox]:focus").fill(option)  # open, it hides the other lists of that name
        offered = self.page.locator("[role=option][data-focused=true]")
        try:
            offered.filter(has_text=re.compile(f"^{_printed(option)}")).wait_for(timeout=patience)
        except TimeoutError:
            return False
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        self.settle()
        among_several = box.locator("xpath=ancestor::*[@data-testid='stMultiSelect']").get_by_text(option)
        return box.count() == 0 or box.input_value().startswith(option) or among_several.count() > 0

    def pick(self, label: str, option: str) -> None:
        """One of a few answers shown side by side."""
        group = self.main.get_by_role("radiogroup", name=_label(label)).first
        group.get_by_text(option, exact=True).click()
        self.settle()

    def date(self, label: str, day: date, rank: int = 0) -> None:
        """A date by its three segments, as it is typed at the keyboard."""
        part = self.main.get_by_role("spinbutton", name=re.compile(f"^jour, {re.escape(label)}")).nth(rank)
        part.click()
        self.page.keyboard.type(f"{day:%d%m%Y}")
        self.page.keyboard.press("Tab")
        self.settle()

    def done(self, words: str = "enregistré") -> None:
        """What was asked is said to be done, at the top of the page."""
        self.main.get_by_role("status").filter(has_text=re.compile(words, re.I)).first.wait_for()

    def shot(self, name: str, window: ViewportSize = WINDOW) -> None:
        """The whole page: the window is made as tall as what it scrolls."""
        self.shots.mkdir(parents=True, exist_ok=True)
        height = window["height"]
        if self.main.count():
            height = self.main.evaluate("element => element.scrollHeight")
        self.page.set_viewport_size({**window, "height": max(window["height"], min(int(height), TALLEST))})
        self.page.screenshot(path=self.shots / f"{name}.png")
        self.page.set_viewport_size(WINDOW)

    def last_shot(self, name: str) -> None:
        """What was on screen at the end, whether it went well or not."""
        self.page.screenshot(path=self.shots / f"last-{name}.png")

    def phone_shot(self, name: str) -> None:
        """The same page, opened on a phone."""
        self.page.set_viewport_size(PHONE)
        self.page.reload()
        self.settle()
        self.shot(f"{name}-390", PHONE)


def _label(label: str) -> re.Pattern[str]:
    """The label, with or without the star of a required field."""
    return re.compile(rf"^{re.escape(label)}( \*)?$")


def _printed(words: str) -> str:
    """A pattern of these words, whatever kind of space is in them."""
    return re.escape(words).replace("\\ ", r"\s")
