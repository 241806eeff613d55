"""`relogement apply` can express everything a screen can, and the screens can ask everything a person may."""

import ast
from functools import cache
from pathlib import Path

import pytest

import cases.commands  # noqa: F401  # registers every command
import ui_streamlit
from cases.actor import Role
from cases.registry import COMMANDS
from cases.rights import RIGHTS

FOLDER = Path(ui_streamlit.__file__).parent
# Small writes about no case (design, « The door »): who signs in, what was typed, read, marked.
DESK = {
    *("sign_in", "sign_out", "actor_of", "body_name", "marker"),
    *("save_draft", "draft", "drop_draft", "log_read", "mark_read"),
    *("want_mail", "send_again", "open_feed", "close_feed", "feed_of", "feeds_of"),
}
ONLY_THE_CLOCK = {name for name, rights in RIGHTS.items() if set(rights) == {Role.SYSTEM}}


@cache
def trees() -> dict[str, ast.Module]:
    """File → its source, parsed."""
    paths = FOLDER.rglob("*.py")
    return {path.relative_to(FOLDER).as_posix(): ast.parse(path.read_text()) for path in paths}


@cache
def said() -> set[str]:
    """Every text in the pages: a command that a screen asks for is named by one of them."""
    nodes = (node for tree in trees().values() for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def asked() -> set[tuple[str, str]]:
    """(file, command) wherever a page gives a literal to the form or builds a command."""
    found = set()
    for file, tree in trees().items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            kinds = [word.value for word in call.keywords if name == "Command" and word.arg == "type"]
            kinds += call.args[:1] if name == "command_form" else []
            found |= {(file, str(kind.value)) for kind in kinds if isinstance(kind, ast.Constant)}
    return found


def test_what_a_screen_asks_is_a_command() -> None:
    assert asked()
    assert {kind for _, kind in asked()} <= set(COMMANDS)


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - ONLY_THE_CLOCK))
def test_what_a_person_may_do_is_on_a_screen(name: str) -> None:
    """Those about a case are all in the menu of its page, by the machine and the table of rights."""
    assert COMMANDS[name].about == "case" or name in said()


def test_pages_write_by_the_door_and_the_desk_only() -> None:
    used = {
        node.attr
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "desk"
    }
    assert used <= DESK, used - DESK
