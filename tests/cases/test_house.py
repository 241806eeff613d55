"""No state changes except through the door: who may open a writing transaction, read from the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import cases

ROOT = Path(cases.__file__).parent.parent
# The door; small writes about no case; what the clock leaves; the sweeps; reference data at birth.
WRITERS = {
    *(
        "cases/door.py",
        "cases/desk.py",
        "cases/mailbox.py",
        "cases/outbox.py",
        "cases/reminders.py",
        "cases/call_reminders.py",
        "cases/retention.py",
        "cases/reference.py",
    ),
    "cases/document_sweep.py",
}
WRITING = {"transaction", "insert", "insert_many", "upsert", "update", "delete"}


def sources(folder: str, *words: str) -> Iterator[tuple[str, ast.Module]]:
    """Each file in which one of these words stands, and what is read in it."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text("utf-8")
        if any(word in text for word in words):
            yield path.relative_to(ROOT).as_posix(), ast.parse(text)


def names_used(tree: ast.Module) -> set[str]:
    """Every name and attribute that the module mentions."""
    nodes = list(ast.walk(tree))
    imported = {a.name for node in nodes if isinstance(node, ast.ImportFrom) for a in node.names}
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    return imported | named | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_only_these_modules_of_cases_open_a_writing_transaction() -> None:
    assert {
        path for path, tree in sources("cases", "transaction") if "transaction" in names_used(tree)
    } == WRITERS


def test_pages_flows_and_templates_never_open_one() -> None:
    for folder in ("ui_streamlit", "flows", "templates", "db/queries"):
        for path, tree in sources(folder, "transaction", "begin_nested"):
            assert not {"transaction", "begin_nested"} & names_used(tree), path


def test_pages_flows_and_queries_use_no_writing_statement_of_the_database() -> None:
    for folder in ("ui_streamlit", "flows", "db/queries"):
        for path, tree in sources(folder, *WRITING):
            taken = {
                alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("db.")
                for alias in node.names
            }
            assert not taken & WRITING, path


def test_only_commands_and_the_sweep_change_a_case() -> None:
    """Records are written with a step, and a step that may write exists behind the door only."""
    makers = {path for path, tree in sources("cases", "Step") if makes_a_step(tree)}
    readers = {"cases/actions.py", "cases/ici_desk.py", "cases/charter/context.py"}
    assert makers <= {"cases/arrival.py"} | readers


def test_queries_run_no_statement_that_writes() -> None:
    writing = {"direct.change", "direct.say", "sa.insert", "sa.update", "sa.delete"}
    for path, tree in sources("db/queries", "direct", "sa."):
        said = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not said & writing, path


def makes_a_step(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Step"
        for node in ast.walk(tree)
    )
