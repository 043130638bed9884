# APOA: `make run` starts everything, `make test` proves it. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test lint bench migrate lock test-needs bench-linkage
export PYTHONDONTWRITEBYTECODE = 1

help: ## Show these lines
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.venv/.run: requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "APOA needs Python 3.11 or newer")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the locked dependencies ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/.test: requirements/test.txt .venv/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

TRANSLATIONS := $(wildcard apoa/translations/en/*.po)
apoa/translations/en/LC_MESSAGES/messages.mo: $(TRANSLATIONS) tools/compile_translations.py .venv/.run
	@$(BIN)/python tools/compile_translations.py

run: .venv/.run apoa/translations/en/LC_MESSAGES/messages.mo ## Start database, web server and worker on PORT (8000); Ctrl-C ends all
	@exec $(BIN)/python -m apoa.start

lint: .venv/.test ## Style, types and floors
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

test-needs: .venv/.test
	@sh tools/test_needs.sh

test: lint test-needs apoa/translations/en/LC_MESSAGES/messages.mo ## Everything that proves the system; sets itself up
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

migrate: .venv/.run ## Bring the database of this instance up to date
	@$(BIN)/flask prepare

bench: .venv/.test apoa/translations/en/LC_MESSAGES/messages.mo ## Measure speed as ratios; writes benchmarks/results/
	@$(BIN)/python -m benchmarks

bench-linkage: .venv/.test requirements/bench.txt ## Measure the matching beside Splink, which gets an environment of its own
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@$(BIN)/python -m benchmarks linkage

lock: ## Lock the dependencies anew (needs uv)
	@sh tools/lock.sh
