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


def sentences() -> Iterator[tuple[str, str]]:
    """(where, sentence) with « 7 » for what is filled in when it is said."""
    for path in sorted(FOLDER.rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            place = SAYS.get(getattr(call.func, "id", getattr(call.func, "attr", "")))
            if place is None:
                continue
            given = [*call.args[place : place + 1], *(w.value for w in call.keywords if w.arg == "sentence")]
            for said in (text for node in given if (text := spelled(node))):
                yield f"{path.relative_to(FOLDER)}:{call.lineno}", said


def spelled(node: ast.expr) -> str:
    """The text of a literal or of an f-string; empty when it is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return spelled(node.left) + spelled(node.right)
    return ""


SENTENCES = dict(sentences())


@pytest.mark.parametrize("where", SENTENCES)
def test_a_sentence_is_whole_french(where: str) -> None:
    said = SENTENCES[where]
    assert said[0].isupper() or said[0] in "«7", said
    assert said.endswith((".", "?", "»", "7")), said
    assert "'" not in said, f"l’apostrophe droite : {said}"
    assert not re.search(r"[^\s\d7][:;!?»](\s|$)", said), f"une espace manque : {said}"
    assert not ENGLISH.search(said.lower()), said


def test_there_are_sentences_to_look_at() -> None:
    assert len(SENTENCES) > 100
