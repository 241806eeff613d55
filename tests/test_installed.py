"""The packages are found from anywhere: Prefect's children and Streamlit do not start in this folder."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = ("db", "cases", "flows", "ui_streamlit", "templates", "relogement")


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_imported_from_another_folder(package: str, tmp_path: Path) -> None:
    program = f"import {package}, sys; print({package}.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).name == "__init__.py"


def test_the_migrations_travel_with_the_package(tmp_path: Path) -> None:
    program = "from db.upgrade import MIGRATIONS; assert list((MIGRATIONS / 'versions').glob('2*.py'))"
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, timeout=60, check=True)
