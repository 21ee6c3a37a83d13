# Everything in two commands: `make demo` shows the product, `make test` proves it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# CI adds `train`, so that the training code is tested too (PyTorch, several hundred MB).
TEST_EXTRAS ?= test
DEMO_STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-$(TEST_EXTRAS)

.PHONY: demo test check bench clean

demo: $(DEMO_STAMP)
	$(BIN)/fengping demo

test: $(TEST_STAMP)
	$(BIN)/python -m pytest

check: $(TEST_STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEMO_STAMP)
	$(BIN)/fengping bench index --posts 100000

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(DEMO_STAMP): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) --editable .
	@touch $@

$(TEST_STAMP): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) --editable '.[$(TEST_EXTRAS)]'
	@touch $@

clean:
	rm -rf $(VENV) .venv-spirit fengping-data
