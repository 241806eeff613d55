"""Nothing that a role sees or receives names or locates a protected household: every page, file and message.

The matrix is read from the registries (navigation, feeds): a page that is added is searched by itself.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from anyascii import anyascii
from starlette.applications import Starlette
from starlette.routing import Route
from streamlit.runtime.context import ContextProxy
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest

from cases import clock
from cases.access import scope_of
from cases.actor import Actor, Role
from cases.clockwork import every_day
from db.engine import transaction
from db.queries.feeds import deadline_events, session_events
from db.rows import insert, update
from db.settings import env
from db.tables.clock import Mail, Notice
from db.tables.people import Account, SignIn
from flows.delivery import delivery
from flows.digest import digest
from tests.builders import (
    NEED,
    OFFER,
    PEOPLE,
    SURVEY,
    a_house,
    a_rehousing,
    a_transfer,
    an_operation,
    do,
    instant,
)
from tests.ici_builders import an_escalation
from tests.records import case, every
from tests.ui.conftest import TestClient
from ui_streamlit.calendar_feed import MINE, calendar, feed_names
from ui_streamlit.cookie import COOKIE
from ui_streamlit.ici_parts.words import FORMER, TABS
from ui_streamlit.navigation import FOLDER, PAGES_OF, pages_for
from ui_streamlit.tracking_page import ADDRESS, Tracking

NAMED = {"amina", "bruno", "farid", "denis", "system"}  # who may open one of the two cases, or the clock
DAY, UNTIL = instant("2026-10-20"), instant("2099-01-01")
# Two protected households: a transfer raised to the ICI and offered a dwelling, and one of a demolition.
FLED: dict[str, Any] = {
    "members": [
        {"first_name": "Ottoline", "last_name": "Zwyndelaar", "born_on": "1983-04-29"},
        {"first_name": "Isidore", "last_name": "Moqadem", "born_on": "2012-11-17", "link": "child"},
    ],
    "dwelling": {
        "landlord_id": "phenix", "commune": "Toufflers", "address": "17 sente des Quatre-Vents",
        "typology": 3, "rooms": 3, "surface_m2": "62",
    },
    "criteria": ["violence"],
    "evidence": [{"kind": "complaint", "dated_on": "2026-01-02"}],
    "circumstances": "Ottoline Zwyndelaar se cache chez une amie.",
}  # fmt: skip
MOVED_OUT: dict[str, Any] = {
    "members": [{"first_name": "Goulven", "last_name": "Kervoasdoué", "born_on": "1979-02-11"}],
}
# Folded: lower case, no accent, letters and figures only.
ANYWHERE = (
    *("zwyndelaar", "ottoline", "moqadem", "isidore", "kervoasdoue", "goulven"),
    *("29041983", "19830429", "29avril1983", "29avr1983", "17112012", "20121117", "11021979", "19790211"),
    *("0799112233", "cachette", "0599876543210", "sentedesquatrevents", "venelleduheron", "rallyecorse"),
)
IN_TEXTS = ("toufflers", "phenix", "deulemont")  # elsewhere they stand in lists of every commune or body
# What an address may ask of a page; the rest are opened as they come.
ASKED: dict[str, list[dict[str, str]]] = {
    "case_file": [{"id": "M-26-00001"}, {"id": "R-26-00001"}],
    "diagnosis": [{"id": "M-26-00001"}],
    "cases": [{"file": "all", "q": "zwyn"}, {"file": "blocked"}],
    "ici_session": [{"seance": "ICI-A-2026-1", "volet": tab} for tab in (*TABS, *FORMER)],
}


def folded(text: str) -> str:
    return "".join(char for char in anyascii(text).casefold() if char.isalnum())


def leaks(text: str, words: tuple[str, ...] = ANYWHERE) -> list[str]:
    found = folded(text)
    return [word for word in words if word in found]


def two_households(raised: str) -> None:
    """With all that a case can hold: contact, notes, searches, offers, blockages, an escalation decided."""
    do("create_body", None, "system", "2025-01-03", id="phenix", name="Logis Phénix", kind="landlord")
    near = {"body_id": "ccas-tourcoing", "role": "social_worker"}
    do("create_account", None, "system", "2025-01-03", id="nina", name="Nina", **near)
    fled = a_transfer(**FLED)
    do("update_contact", fled, "amina", "2026-01-12", phone="07 99 11 22 33", email="cachette@example.org",
       snr_number="0599876543210", snr_expires_on="2026-11-30")  # fmt: skip
    do("check_admissibility", fled, "amina", "2026-01-13")
    do("admit", fled, "amina", "2026-01-16")
    do("start_diagnosis", fled, "amina", "2026-01-19")
    need = NEED | {"communes": ["Deûlémont"]}
    do("sign_diagnosis", fled, "amina", "2026-01-26", **(SURVEY | {"need": need}))
    do("validate_need", fled, "amina", "2026-01-27")
    do("start_search", fled, "amina", "2026-01-28")
    do("add_note", fled, "amina", "2026-01-29", text="Zwyndelaar : venelle du Héron ?")
    do("open_blockage", fled, "amina", "2026-02-01", theme="violence_other_commune", explanation="Toufflers")
    do("send_need", fled, "amina", "2026-02-02", body_ids=["vilogia"])
    an_escalation(raised, case=fled)
    new_home = OFFER | {"address": "4 venelle du Héron", "commune": "Deûlémont", "canton": "Lille-1"}
    do("make_offer", fled, "amina", "2026-10-01", received_on="2026-10-01", **new_home)
    site = an_operation()
    left = a_rehousing("searching", building=site.building, **MOVED_OUT)
    do("protect_case", left, "farid", "2026-02-03")
    do("update_contact", left, "farid", "2026-02-03", phone="", email="rallye.corse@example.org")


def stage(monkeypatch: pytest.MonkeyPatch, raised: str) -> dict[str, str]:
    """The cookies of whoever looks; everybody is signed in."""
    a_house()
    two_households(raised)
    jar: dict[str, str] = {}
    with transaction() as connection:
        for actor in onlookers():
            token = hashlib.sha256(actor.id.encode()).hexdigest()
            insert(connection, SignIn, token_digest=token, account_id=actor.id, expires_at=UNTIL)
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: jar))
    return jar


@pytest.fixture
def world(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    return stage(monkeypatch, "decided")


def onlookers() -> Iterator[Actor]:
    """One person of each role, and a colleague of the service in charge: nobody named."""
    yield Actor("nina", "Nina", Role.SOCIAL_WORKER, "ccas-tourcoing", "ccas")
    yield from (actor for actor in PEOPLE.values() if actor.id not in NAMED)


def opened(actor: Actor, page: str, asked: dict[str, str], jar: dict[str, str]) -> AppTest:
    jar[COOKIE] = actor.id
    shown = AppTest.from_file(str(FOLDER / f"{page}.py"), default_timeout=30)
    shown.query_params.update(asked)
    return shown.run()


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What pages offer to download, as it would arrive."""
    kept: list[bytes] = []
    keep = MemoryMediaFileStorage.load_and_get_id

    def listen(self: Any, data: Any, *rest: Any, **named: Any) -> str:
        kept.append(data if isinstance(data, bytes) else str(data).encode())
        return keep(self, data, *rest, **named)

    monkeypatch.setattr(MemoryMediaFileStorage, "load_and_get_id", listen)
    return kept


def everything(page: AppTest) -> str:
    """All that is sent to the browser: texts, labels, options, values, tables, charts, addresses."""
    protos = (getattr(node, "proto", None) for node in page._tree)
    return " ".join(proto.SerializeToString().decode("utf-8", "ignore") for proto in protos if proto)


def texts(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.get("html"))


FILES = {path.stem for path in FOLDER.glob("[a-z]*.py")}
ANYBODYS = sorted(FILES - {spec.file for specs in PAGES_OF.values() for spec in specs})  # in no role's menu
MATRIX = [
    (actor, file)
    for actor in onlookers()
    for file in (*(spec.file for spec in pages_for(actor.role)), *ANYBODYS)
]


def test_no_page_and_no_file_that_a_page_gives(world: dict[str, str], files: list[bytes]) -> None:
    found = {}
    for actor, file in MATRIX:
        for asked in [{}, *ASKED.get(file, [])]:
            page = opened(actor, file, asked, world)
            assert not page.exception, (actor.id, file, asked, page.exception)
            said = [*leaks(everything(page)), *leaks(texts(page), IN_TEXTS)]
            found[actor.id, file, str(asked)] = said + leaks(b" ".join(files).decode("utf-8", "ignore"))
            files.clear()
    assert {where: said for where, said in found.items() if said} == {}
    assert {file for _, file in MATRIX} == FILES


@pytest.mark.usefixtures("world")
def test_no_message_mail_or_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    """What leaves for everybody, the named included: a mail may be read on a shared telephone."""
    monkeypatch.setenv("RELOGEMENT_SMTP_HOST", "127.0.0.1")
    env.cache_clear()
    with transaction() as connection:
        for actor in PEOPLE.values():
            update(connection, Account, {"id": actor.id}, email=f"{actor.id}@example.org")
    every_day(DAY.date(), DAY)
    delivery(DAY.date(), DAY)
    digest(DAY.date(), DAY)
    mails = every(Mail)
    assert len(mails) > 3
    for row in mails:
        assert leaks(f"{row['subject']} {row['text']} {row['html']}", (*ANYWHERE, *IN_TEXTS)) == []
    told = [row for row in every(Notice) if row["recipient_id"] not in NAMED]
    assert told
    assert [row["text"] for row in told if leaks(row["text"], (*ANYWHERE, *IN_TEXTS))] == []
    for actor in [*onlookers(), *PEOPLE.values()]:
        for about, title in feed_names().items():
            events = deadline_events(scope_of(actor)) if about == MINE else session_events(about)
            assert leaks(calendar(title, events, DAY).decode(), (*ANYWHERE, *IN_TEXTS)) == []


@pytest.mark.usefixtures("world")
def test_the_public_page_says_no_more_with_the_code_of_the_case() -> None:
    code = str(case("M-26-00001")["tracking_code"])
    with TestClient(Starlette(routes=[Route(ADDRESS, Tracking().show, methods=["GET", "POST"])])) as client:
        page = client.post(ADDRESS, data={"code": code})
    assert page.status_code == 200
    assert leaks(page.text, (*ANYWHERE, *IN_TEXTS)) == []


@pytest.mark.usefixtures("sqlite_database")
def test_the_anonymised_sheet_is_held_back_until_it_names_nobody(
    monkeypatch: pytest.MonkeyPatch, files: list[bytes]
) -> None:
    """What a worker typed is the risk: here the name of the household, in what was tried."""
    jar = stage(monkeypatch, "on_agenda")
    do("revise_escalation", "E-26-0001", "amina", "2026-08-20", tried="Mme ZWYNDELAAR a vu trois bailleurs.")
    page = pressed(opened(PEOPLE["gaelle"], "ici_session", SEANCE, jar))
    assert "La fiche n’est pas remise" in texts(page)
    assert "Ce qui a été tenté : un élément qui désigne un ménage protégé." in texts(page)
    assert files == []
    do("revise_escalation", "E-26-0001", "amina", "2026-08-20", tried="Trois bailleurs, sans suite.")
    page = pressed(opened(PEOPLE["gaelle"], "ici_session", SEANCE, jar))
    assert "La fiche ne désigne personne" in texts(page)
    sheet = files[-1].decode()
    assert "Trois bailleurs, sans suite." in sheet
    assert leaks(sheet, (*ANYWHERE, *IN_TEXTS)) == []


SEANCE = {"seance": "ICI-A-2026-1", "volet": "seance"}


def pressed(page: AppTest) -> AppTest:
    return next(one for one in page.button if one.label == "Tirer la fiche anonymisée").click().run()
