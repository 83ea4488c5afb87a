# `make demo` to look around, `make run` for a hub on one machine, `make test` before a commit.

PY ?= python3
VENV ?= .venv
VAR ?= var
ADDR ?= 127.0.0.1:8000
ARGS ?=
BIN := $(VENV)/bin
SHELL := bash
PIP := $(BIN)/python -m pip install --disable-pip-version-check -qq --require-hashes
SERVE := VAR=$(VAR) ADDR=$(ADDR) $(BIN)/python manage.py serve
SERVICES := . .ci/services.sh; trap services_stop EXIT; trap 'exit 130' INT TERM; services_start durable;
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade

.PHONY: demo run test test-fast lint check bench bench-load lock clean

demo: $(VENV)/.run $(VAR)/env  ## the demo network, on SQLite, in one process; again keeps what was entered
	$(SERVE) --demo

run: $(VENV)/.run $(VAR)/env  ## the same for real: an empty hub on this machine
	$(SERVE)

test: $(VENV)/.dev  ## every test this machine can run, on SQLite: make test ARGS="-k import"
	$(BIN)/python -m pytest $(ARGS)

test-fast: $(VENV)/.dev  ## ... without the browser
	$(BIN)/python -m pytest -m "not e2e" $(ARGS)

lint: $(VENV)/.dev  ## style, imports and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files '*.html')
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run --settings network.settings_test

check: lint test  ## before a commit

bench: $(VENV)/.run  ## the figures of docs/benchmarks.md: make bench ARGS="--database sqlite postgres --write"
	$(if $(findstring postgres,$(ARGS)),$(SERVICES)) $(BIN)/python -m tests.bench $(ARGS)

bench-load: $(VENV)/.dev  ## 250 people at once, on a PostgreSQL and a Redis of its own
	$(SERVICES) $(BIN)/python -m tests.bench.load $(ARGS)

lock: $(VENV)/.dev  ## requirements*.txt from pyproject.toml
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) --extra dev pyproject.toml -o requirements-dev.txt

clean:  ## everything that can be made again; never $(VAR)
	rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/pip:
	@$(PY) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Trellis needs Python 3.11 or newer: make PY=python3.12")'
	$(PY) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/pip
	$(PIP) -r $<
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/pip
	$(PIP) -r $<
	@touch $@ $(VENV)/.run

$(VAR)/env:
	@mkdir -p -m 700 $(VAR)
	@umask 077; $(PY) -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(48))' > $@
