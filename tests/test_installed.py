"""The packages are found from anywhere: Prefect's children and Streamlit do not start in this folder."""

import subprocess
import sys
from pathlib import Path

PACKAGES = ("db", "cases", "flows", "ui_streamlit", "templates", "relogement")


def test_the_packages_are_imported_from_another_folder(tmp_path: Path) -> None:
    program = f"import {', '.join(PACKAGES)}\nprint({', '.join(f'{name}.__file__' for name in PACKAGES)})"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert {Path(found).name for found in done.stdout.split()} == {"__init__.py"}
    assert [Path(found).parent.name for found in done.stdout.split()] == list(PACKAGES)


def test_the_migrations_travel_with_the_package(tmp_path: Path) -> None:
    program = "from db.upgrade import MIGRATIONS; assert list((MIGRATIONS / 'versions').glob('2*.py'))"
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, timeout=60, check=True)
