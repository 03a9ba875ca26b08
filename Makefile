# make demo    a graph of the sample articles, in demo/
# make test    the whole test suite
# make lint    ruff and mypy
# make clean   remove what these made
#
# Everything is installed into VENV, nothing outside it.

PYTHON ?= python3
VENV ?= .venv
DEMO ?= demo
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test lint format clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

demo: $(VENV)/.installed
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/kg build data/articles -o $(DEMO)/graph
	$(BIN)/kg validate $(DEMO)/graph
	$(BIN)/kg export $(DEMO)/graph -o $(DEMO)/graph.ttl
	$(BIN)/kg export $(DEMO)/graph -o $(DEMO)/graph.trig
	$(BIN)/kg view $(DEMO)/graph -o $(DEMO)/graph.html
	@printf '\nTry next:\n'
	@printf '  %s\n' \
	  '$(BIN)/kg view $(DEMO)/graph -o $(DEMO)/graph.html --open' \
	  '$(BIN)/kg query $(DEMO)/graph contradictions' \
	  '$(BIN)/kg show $(DEMO)/graph Hamas'

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(DEMO) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -f $(VENV)/.installed $(VENV)/.installed-dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'kg needs Python 3.11 or newer; name one with: make PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo 'Python cannot make environments; on Debian and Ubuntu: sudo apt install python3-venv'; exit 1; }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) install -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[dev]'
	@touch $@ $(VENV)/.installed
