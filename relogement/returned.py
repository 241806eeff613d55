"""A mail that came back: the report that a mail server sends to whoever wrote (RFC 3464)."""

from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import Message

from cases import mailbox

FAILED = "failed"
NO_REPORT = "Ce n’est pas un avis de non-remise (RFC 3464) : rien n’a été changé."
NOT_OURS = "Le message revenu n’est pas un courriel de Relogement : rien n’a été changé."
NOT_YET = "Le serveur essaie encore, ou le message est arrivé : rien n’a été changé."
NOTED = "Noté : le courriel à {} est revenu ({}). Il se corrige et se renvoie dans Administration, Courriels."
KNOWN = "Ce retour était déjà noté."


def take(content: bytes) -> tuple[bool, str]:
    """Note in the ledger what a report says; whether it was one about a mail of ours, and a sentence."""
    parts = list(message_from_bytes(content, policy=policy.default).walk())
    if not any(part.get_content_type() == "message/delivery-status" for part in parts):
        return False, NO_REPORT
    message_id, answer = _original(parts), _answer(parts)
    if not mailbox.is_ours(message_id):
        return False, NOT_OURS
    if not answer:
        return True, NOT_YET
    address = mailbox.came_back(message_id, answer)
    return True, KNOWN if address is None else NOTED.format(address, answer)


def _original(parts: Sequence[Message]) -> str:
    """The Message-ID of what was sent, which comes with the report whole or by its headers."""
    for part in parts[1:]:
        if part.get_content_type() == "text/rfc822-headers":
            part = message_from_bytes(bytes(part.get_payload(decode=True) or b""))  # noqa: PLW2901
        if part["Message-ID"]:
            return str(part["Message-ID"]).strip()
    return ""


def _answer(parts: Sequence[Message]) -> str:
    """For the first recipient that failed for good; empty when none did."""
    for block in _recipients(parts):
        if str(block["Action"] or "").strip().lower() == FAILED:
            said = str(block["Diagnostic-Code"] or block["Status"] or FAILED)
            return " ".join(said.partition(";")[2].split() or said.split())
    return ""


def _recipients(parts: Sequence[Message]) -> Iterator[Message]:
    """The blocks of the report that are about a recipient."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            yield from (block for block in blocks if isinstance(block, Message) and block["Action"])
