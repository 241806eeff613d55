"""Contents of documents, on disk under their digest: the database keeps what they are, not what they hold.

Written before the transaction that names them commits: a file that nothing names is swept away.
"""

import shutil
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from db.settings import env


def _folder() -> Path:
    return env().var / "documents"


def _place(digest: str) -> Path:
    return _folder() / digest[:2] / digest


def keep(content: bytes) -> str:
    """Store a content and answer its digest; the same content is stored once."""
    digest = sha256(content).hexdigest()
    place = _place(digest)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        partial = place.with_suffix(".partial")
        partial.write_bytes(content)
        partial.replace(place)
    return digest


def read(digest: str) -> bytes | None:
    """The content, or None when it was erased, lost, or is not what its digest says."""
    place = _place(digest)
    content = place.read_bytes() if place.exists() else None
    return content if content is not None and sha256(content).hexdigest() == digest else None


def erase_all_but(wanted: Collection[str]) -> int:
    """Erase the contents that nothing names any more; how many there were."""
    files = [path for path in _folder().glob("??/*") if path.name not in wanted]
    for path in files:
        path.unlink(missing_ok=True)
    return len(files)


def copy_to(folder: Path) -> None:
    """Every content beside a copy of the database."""
    if _folder().exists():
        shutil.copytree(_folder(), folder, dirs_exist_ok=True)


def bring_back(folder: Path) -> None:
    """Those of a copy join the present ones: the same digest is the same content."""
    if folder.exists():
        shutil.copytree(folder, _folder(), dirs_exist_ok=True)
