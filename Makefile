# Relogement. `make` alone lists what can be asked.
.DEFAULT_GOAL := help
.PHONY: help install run demo test lives check docs bench year migration clean

# Compiled modules are kept whatever the shell says: without them each start takes seconds longer.
export PYTHONDONTWRITEBYTECODE :=

BIN := .venv/bin
DOCS := $(BIN)/relogement docs
# limit,SECONDS: the command that follows is ended after that time. In the foreground, so that Ctrl-C reaches it.
limit = $(if $(shell command -v timeout),timeout --foreground --kill-after=20 $(1))
# A temporary migrated database, for the commands that compare the tables with the migrations.
scratch = scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && export RELOGEMENT_DATABASE_URL="sqlite:///$$scratch/scratch.db"

help: ## la liste des commandes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

install: ## prépare .venv ; ne fait rien, et sans réseau, si c’est déjà fait
	@sh relogement/install.sh venv

run: install ## ouvre l’application ; crée d’abord une base de démonstration si rien n’est réglé ni créé
	@[ -n "$$RELOGEMENT_DATABASE_URL" ] || [ -e .env ] || $(BIN)/relogement demo
	@exec $(BIN)/relogement serve

demo: export RELOGEMENT_DATABASE_URL :=
demo: export RELOGEMENT_VAR := var/demo
demo: install ## la même chose dans une base de démonstration à part (var/demo)
	@$(BIN)/relogement demo
	@exec $(BIN)/relogement serve

test: ## tous les tests : SQLite, PostgreSQL, Prefect et Chromium réels
	@sh relogement/install.sh browser
	@status=0; trap 'exit 130' INT; trap 'exit 143' TERM; \
	step() { seconds=$$1; shift; $(call limit,$$seconds) $(BIN)/python -m pytest -q "$$@"; \
	    code=$$?; [ $$code -eq 0 ] || [ $$code -eq 5 ] || status=$$code; }; \
	step 330 -n 2 --dist worksteal -m "not browser and not prefect"; \
	step 830 -n 2 --dist loadfile -m "browser or prefect"; \
	exit $$status

lives: install ## des milliers de vies au hasard à travers la porte (une vingtaine de minutes)
	$(BIN)/python -m pytest -q tests/cases/test_lives.py --hypothesis-profile=long

check: install ## style, types, règles d’import, documents générés
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(DOCS) --check

docs: install ## réécrit les documents générés (cycles de vie)
	$(DOCS)

bench: install ## mesures (hors `make test`)
	@for part in door sweep digests pages moving year outage; do $(BIN)/python -m benchmarks.$$part || exit 1; done

year: install ## une année d’ICI, 5 000 dossiers, calme puis sous les pannes, puis Prefect tué en plein passage (cinq minutes)
	$(BIN)/python -m benchmarks.year
	$(BIN)/python -m benchmarks.outage

migration: install ## nouvelle migration d’après les tables : make migration m=ce_qui_change
	@[ -n "$(m)" ] || { echo "Donnez un nom : make migration m=ce_qui_change"; exit 1; }
	@$(scratch) && $(BIN)/python -m db.upgrade && $(BIN)/alembic revision --autogenerate -m "$(m)"

clean: ## retire .venv et les caches ; garde les données (var/)
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
