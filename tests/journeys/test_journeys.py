"""The ten cases of the trade (domain section 9), rehearsed line by line on both databases."""

from pathlib import Path

import orjson
import pytest

from cases import journal
from db.engine import reading
from relogement.lines import Known, read_lines
from relogement.rehearse import rehearse
from tests.journeys.checks import verify
from tests.journeys.stage import set_the_stage

HERE = Path(__file__).parent
JOURNEYS = sorted(HERE.glob("*.jsonl"))


@pytest.mark.parametrize("path", JOURNEYS, ids=lambda path: path.stem)
def test_every_line_leads_where_the_trade_says(database: str, path: Path) -> None:
    set_the_stage()
    expected = {
        row["after"]: row for row in orjson.loads(path.with_suffix(".expected.json").read_bytes())["expected"]
    }
    known, seen = Known(), set()
    with path.open("rb") as stream:
        for played in rehearse(read_lines(stream), known=known):
            identifier = played.line.content["id"]
            wanted = expected.get(identifier, {"after": identifier})
            seen.add(identifier)
            if "refused" not in wanted:
                assert played.outcome.done, f"{identifier} : {played.outcome.message}"
            verify(wanted, played, known)
    assert not set(expected) - seen, "an expectation names a line that does not exist"
    with reading() as connection:
        assert journal.verify(connection)[1] is None


def test_the_ten_cases_are_all_there() -> None:
    found = [path.stem for path in JOURNEYS if path.stem.startswith("case_")]
    assert found == [f"case_{number:02d}" for number in range(1, 11)]
