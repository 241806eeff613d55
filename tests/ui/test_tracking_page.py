"""The public page: a code tells a stage and a date, and nothing else; guessing is slowed down."""

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from cases.labels.tracking import PROTECTED_STAGE, STAGES
from cases.machines import MACHINES
from cases.tracking import ALPHABET, LENGTH, new_tracking_code, spaced, typed_code
from db.queries.tracking import tracked
from tests.builders import DWELLING, EVIDENCE, MEMBERS, a_house, a_transfer, do
from tests.records import case
from tests.ui.conftest import TestClient
from ui_streamlit.gate import OPEN
from ui_streamlit.tracking_page import ADDRESS, Tracking
from ui_streamlit.tries import TRIES

TYPED = {"members": MEMBERS, "dwelling": DWELLING, "criteria": ["over_occupation"], "evidence": EVIDENCE}
SECRETS = ("Amrani", "Aïcha", "Tourcoing", "lmh", "ccas", "M-26-", "MEN-", "Exemple", "violence")


@pytest.fixture
def visitor(database: str) -> Iterator[TestClient]:
    a_house()
    app = Starlette(routes=[Route(ADDRESS, Tracking().show, methods=["GET", "POST"])])
    with TestClient(app) as client:
        yield client


def ask(visitor: TestClient, code: str) -> tuple[int, str]:
    answer = visitor.post("/suivi", data={"code": code})
    return answer.status_code, answer.text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_code_tells_the_stage_and_its_date_and_nobody(visitor: TestClient) -> None:
    assert visitor.get("/suivi").status_code == 200
    assert "/suivi" in OPEN  # the gate lets everybody through
    found = do("refer_transfer", None, "jules", "2026-01-12", **TYPED)
    code = found.created["tracking_code"]
    status, page = ask(visitor, spaced(code).lower())
    assert status == 200
    assert "Signalement reçu" in page
    assert "12 janvier 2026" in page
    assert [secret for secret in SECRETS if secret in page] == []
    assert 'lang="fr"' in page


def test_a_protected_case_is_only_in_hand_and_a_merged_one_follows_the_other(visitor: TestClient) -> None:
    hidden = a_transfer(criteria=["violence"], evidence=[{"kind": "complaint", "dated_on": "2025-12-01"}])
    _, page = ask(visitor, str(case(hidden)["tracking_code"]))
    assert PROTECTED_STAGE in page
    assert "2026" not in page
    assert [secret for secret in SECRETS if secret in page] == []

    kept, other = a_transfer("searching"), a_transfer()
    do("merge_cases", kept, "amina", "2026-06-01", duplicate_id=other)
    found = tracked(str(case(other)["tracking_code"]))
    assert found is not None
    assert (found.state, found.since) == ("searching", date(2026, 1, 28))
    do("protect_case", kept, "amina", "2026-06-02")
    assert tracked(str(case(other)["tracking_code"])) == tracked(str(case(hidden)["tracking_code"]))


def test_guessing_is_slowed_down_but_following_many_is_not(visitor: TestClient) -> None:
    code = str(case(a_transfer())["tracking_code"])
    assert {ask(visitor, code)[0] for _ in range(TRIES + 2)} == {200}
    for guess in ("", "<b>", *(new_tracking_code() for _ in range(TRIES - 2))):
        status, page = ask(visitor, guess)
        assert status == 404
        assert "Ce code n’est pas connu" in page
        assert "<b>" not in page
    status, page = ask(visitor, code)
    assert status == 429
    assert "Réessayez dans 15 minutes" in page


def test_codes_are_readable_and_unlike() -> None:
    codes = {new_tracking_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert not set("01OIL") & set(ALPHABET)
    one = codes.pop()
    assert typed_code(f" {spaced(one).lower()} ") == one
    assert typed_code("trop court") is None


def test_every_state_has_its_plain_words() -> None:
    states = {state for kind in ("transfer", "rehousing") for state in MACHINES[kind].states}
    assert states <= set(STAGES)
    words = " ".join([*STAGES.values(), PROTECTED_STAGE])
    assert not {"commune", "bailleur", "CCAS", "ICI"} & set(words.split())
