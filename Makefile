# make demo: set everything up and make the brief of the example.   make test: all checks and tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
USE := $(VENV)/.installed
DEVELOP := $(VENV)/.installed-for-development

.PHONY: demo test check seeds bench clean

demo: $(USE)
	@mkdir -p out
	$(BIN)/treves brief examples/havenmonde --roster examples/havenmonde/roster.yaml --out out/havenmonde.html
	@echo "Open out/havenmonde.html in a browser."

test: check
	$(BIN)/pytest

check: $(DEVELOP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

seeds: $(USE)
	@test -d ../shared/seeds || { echo "../shared/seeds is not there: nothing to do."; exit 1; }
	@mkdir -p out
	$(BIN)/treves brief ../shared/seeds --out out/seeds.html
	@echo "Open out/seeds.html in a browser."

bench: $(DEVELOP)
	for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

$(USE): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $(USE)

$(DEVELOP): $(USE)
	$(BIN)/python -m pip install --quiet --editable '.[backtest,dask,frames,postgres]' --group dev
	@touch $(DEVELOP)

clean:
	rm -rf $(VENV) out .mypy_cache .pytest_cache .ruff_cache .hypothesis
