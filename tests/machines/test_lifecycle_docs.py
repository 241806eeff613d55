"""The generated pages say what the code says, and the check notices when they do not."""

from pathlib import Path

import pytest

from relogement import lifecycle_docs


def test_the_pages_are_up_to_date() -> None:
    assert lifecycle_docs.stale() == [], "run `make docs`"


def test_a_changed_page_is_noticed_and_rewritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lifecycle_docs, "DOCS", tmp_path / "docs")
    assert lifecycle_docs.main(["--check"]) == 1
    assert lifecycle_docs.main([]) == 0
    assert lifecycle_docs.main(["--check"]) == 0
    page = tmp_path / "docs" / "lifecycles" / "transfer.md"
    page.write_text(page.read_text("utf-8").replace("Signalé", "Reçu"), "utf-8")
    capsys.readouterr()
    assert lifecycle_docs.main(["--check"]) == 1
    assert "docs/lifecycles/transfer.md n’est plus à jour" in capsys.readouterr().err
