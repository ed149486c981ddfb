# Firstline's commands. A target's `##` comment is its line in `make help`.

PYTHON ?= python3.11
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
ROOMS := desk bots intake store inbox simulators
SIDE_BY_SIDE := --numprocesses auto --dist worksteal
PINS := --universal --generate-hashes --no-emit-index-url --no-header --quiet -p 3.11

# Who forbids Python to keep what it compiles makes each process of the tests compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run test coverage check bench catalogs words model pins screens wheel clean

help:  ## show these lines
	@sed -n 's/^\([a-z][a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

install: $(VENV)/.installed  ## make .venv with what Firstline needs to run

run: install  ## start the demo: the whole desk with a simulated outside world
	@env --block-signal=INT $(BIN)/firstline demo

test: $(VENV)/.installed-dev  ## install what tests need (PostgreSQL, Chromium, Dovecot, slapd) and run them on every core; ARGS=... goes to pytest
	@tests/tools/install.sh
	@$(BIN)/pytest $(SIDE_BY_SIDE) $(ARGS)

coverage: $(VENV)/.installed-dev  ## run the tests and measure which branches they take; ARGS=... as above
	@tests/tools/install.sh
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(SIDE_BY_SIDE) $(ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

check: $(VENV)/.installed-dev  ## format, lint, types, import rules, dependencies, templates, house rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy $(ROOMS)
	@$(BIN)/lint-imports
	@$(BIN)/deptry .
	@if find templates -name '*.html' | grep -q .; then $(BIN)/djlint --lint --quiet templates; fi
	@$(BIN)/pytest tests/house

bench: $(VENV)/.installed-dev $(PEERS)/.installed  ## measure speed and memory beside the limits of this machine
	@$(BIN)/python -m tests.bench $(ARGS)

catalogs: $(VENV)/.installed-dev  ## bring templates/locales/*.po up to date with the templates
	@tests/tools/catalogs.sh $(BIN)/pybabel

words: $(VENV)/.installed  ## make the word lists of the understanding ready (after a change in intake/understanding/words)
	@$(BIN)/python -m tests.tools.compile_words

model: words $(VENV)/.installed-dev  ## train the model of the understanding anew, from the lessons in tests/intake/corpus
	@$(BIN)/python -m tests.tools.train_understanding

pins: $(VENV)/.installed  ## write the requirements files anew from pyproject.toml (UPGRADE=--upgrade takes newer ones)
	@$(UV) pip compile pyproject.toml --extra demo $(PINS) $(UPGRADE) -o requirements.txt
	@$(UV) pip compile pyproject.toml --extra demo --extra ldap --group dev --group build $(PINS) $(UPGRADE) -o requirements-dev.txt
	@$(UV) pip compile --group peers $(PINS) $(UPGRADE) -o requirements-peers.txt
	@$(UV) pip compile --group build $(PINS) $(UPGRADE) -o requirements-build.txt

screens: $(VENV)/.installed-dev  ## take the pictures of docs/screens from a running demo
	@$(BIN)/python -m tests.tools.screens

wheel: $(VENV)/.installed  ## build dist/firstline-*.whl
	@$(PIP) wheel --no-deps --no-build-isolation --no-index --wheel-dir dist .

clean:  ## remove what these commands made
	rm -rf $(VENV) $(PEERS) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*

# The stamps remember what was installed; a changed requirements file installs again.
$(VENV)/.made:
	@PYTHON='$(PYTHON)' tests/tools/venv.sh $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements.txt requirements-build.txt pyproject.toml
	@echo 'Installing what Firstline needs into $(VENV)'
	@$(PIP) install --require-hashes -r requirements.txt -r requirements-build.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@echo 'Installing what its tests need into $(VENV)'
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(PEERS)/.made:
	@PYTHON='$(PYTHON)' tests/tools/venv.sh $(PEERS)
	@touch $@

$(PEERS)/.installed: $(PEERS)/.made requirements-peers.txt
	@echo 'Installing the help desks that the measurements stand beside into $(PEERS)'
	@$(PEERS)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-peers.txt
	@touch $@
