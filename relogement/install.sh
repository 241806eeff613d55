#!/bin/sh
# `install.sh venv` makes .venv from requirements.lock; `install.sh browser` finds a Chromium for the tests.
# Called by the Makefile. Does nothing when there is nothing to do, and then needs no network.
set -eu
cd "$(dirname "$0")/.."
stamp=.venv/installed

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Debian and Ubuntu: install packages when we may (root, or sudo without a password).
system_install() {
    has apt-get || return 1
    root=
    if [ "$(id -u)" != 0 ]; then
        { has sudo && sudo -n true 2>/dev/null; } || return 1
        root=sudo
    fi
    say "Installation de : $*"
    $root apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends "$@" >&2
}

recent_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
makes_environments() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# The system's own Python first, if it needs nothing more: distributions build it with profile-guided
# optimisation, which who compiles one (pyenv) seldom does; everything is then a seventh slower (ADR 0026).
find_python() {
    if [ -z "${PYTHON:-}" ] && recent_enough /usr/bin/python3 && makes_environments /usr/bin/python3; then
        echo /usr/bin/python3
        return
    fi
    for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14 python; do
        if has "$candidate" && recent_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    stop "Il faut Python 3.11 ou plus récent (commande python3). Sous Debian : sudo apt-get install python3 python3-venv"
}

# What the environment was made from, and where: a moved folder has to be made again.
wanted_stamp() { pwd; cksum requirements.lock pyproject.toml; }
works() { .venv/bin/python -c '' 2>/dev/null; }

with_uv() {
    has uv || return 1
    works || uv venv --quiet --clear --python "$1" .venv || return 1
    uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock &&
        uv pip install --quiet --python .venv/bin/python -e . --no-deps --no-build-isolation
}

with_pip() {
    if ! works || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        rm -rf .venv
        if ! makes_environments "$1"; then
            version=$("$1" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
            system_install "$version-venv" || system_install python3-venv ||
                stop "Il manque le module venv de Python. Sous Debian : sudo apt-get install $version-venv"
        fi
        "$1" -m venv .venv || stop "L’environnement Python n’a pas pu être créé (.venv)."
    fi
    # The lock is complete: without --no-deps an older pip looks again for `sqlalchemy[asyncio]`.
    # Not compiled here: a third of the time, for modules of which most are never read.
    .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements.lock &&
        .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check -e . --no-deps --no-build-isolation
}

venv() {
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(wanted_stamp)" ] && works; then return; fi
    if [ -f "$stamp" ] && [ "$(head -n 1 "$stamp")" != "$(pwd)" ]; then rm -rf .venv; fi
    python=$(find_python)
    say "Installation des bibliothèques dans .venv (une à deux minutes la première fois)…"
    with_uv "$python" || with_pip "$python" ||
        stop "L’installation a échoué : vérifiez l’accès au dépôt de paquets Python, puis recommencez."
    wanted_stamp >"$stamp"
}

system_chromium() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        if has "$name" && "$name" --version >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

playwright_chromium() {
    .venv/bin/python - <<'PYTHON'
import pathlib
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    raise SystemExit(not pathlib.Path(playwright.chromium.executable_path).exists())
PYTHON
}

# The tests are read once before they start: two of their processes would else compile the same side by side.
read_once() {
    if [ ! -f .venv/read ]; then .venv/bin/python -m pytest --collect-only -q >/dev/null 2>&1 || true; fi
    : >.venv/read
}

browser() {
    if system_chromium || playwright_chromium; then return; fi
    say "Les tests ont besoin de Chromium : installation…"
    # The shell without its windows is enough, and quicker; older systems have only the whole browser.
    for package in chromium-headless-shell chromium; do
        if system_install "$package" && system_chromium; then return; fi
    done
    if .venv/bin/playwright install chromium && playwright_chromium; then return; fi
    stop "Chromium est introuvable. Sous Debian : sudo apt-get install chromium"
}

case "${1:-}" in
    venv) venv ;;
    browser) venv; read_once & browser; wait ;;
    *) stop "usage : install.sh venv|browser" ;;
esac
