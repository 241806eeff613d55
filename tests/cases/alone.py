"""One case in one state and nothing beside it, built once on each kind of database, then put back."""

from tests.builders import a_house, a_rehousing, a_transfer, an_operation
from tests.databases import prepared


def a_case_alone(kind: str, state: str) -> str:
    """In an empty database: the house, an operation, and one case of this kind in this state."""
    return prepared(f"{kind}_{state}", lambda: _build_alone(kind, state))


def _build_alone(kind: str, state: str) -> str:
    a_house()
    building = an_operation().building
    return a_transfer(at=state) if kind == "transfer" else a_rehousing(at=state, building=building)
