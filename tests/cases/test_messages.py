"""Every sentence that the product may say to refuse or to tell: French, whole, well typed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cases

FOLDER = Path(cases.__file__).parent
SAYS = {"Reason": 1, "refuse": 1, "tell": 2, "tell_each": 2}  # which argument is the sentence
ENGLISH = re.compile(r"\b(the|is|not|must|cannot|missing|unknown|invalid|error|please|and|with|of)\b")


def sentences(path: Path) -> Iterator[str]:
    """With « 7 » for what is filled in when it is said."""
    for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
        place = SAYS.get(getattr(call.func, "id", getattr(call.func, "attr", "")))
        if place is None:
            continue
        given = [*call.args[place : place + 1], *(w.value for w in call.keywords if w.arg == "sentence")]
        yield from (text for node in given if (text := spelled(node)))


def spelled(node: ast.expr) -> str:
    """The text of a literal or of an f-string; empty when it is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return spelled(node.left) + spelled(node.right)
    return ""


def faults(said: str) -> Iterator[str]:
    if not (said[0].isupper() or said[0] in "«7"):
        yield "no capital"
    if not said.endswith((".", "?", "»", "7")):
        yield "cut"
    if "'" in said:
        yield "a straight apostrophe"
    if re.search(r"[^\s\d7][:;!?»](\s|$)", said):
        yield "a space is missing"
    if ENGLISH.search(said.lower()):
        yield "English"


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda path: str(path.relative_to(FOLDER)))
def test_what_a_module_says_is_whole_french(path: Path) -> None:
    assert [(fault, said) for said in sentences(path) for fault in faults(said)] == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("le dossier est clos.", "no capital"),
        ("Le dossier", "cut"),
        ("L'offre est close.", "a straight apostrophe"),
        ("Le dossier est clos: rouvrez-le.", "a space is missing"),
        ("The case is closed.", "English"),
    ],
)
def test_a_faulty_sentence_is_found(said: str, fault: str) -> None:
    assert fault in faults(said)


def test_there_are_sentences_to_look_at() -> None:
    assert sum(1 for path in FOLDER.rglob("*.py") for _ in sentences(path)) > 100
