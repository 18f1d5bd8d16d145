# Every target does the set-up it needs on a machine that has Python 3.11, make and a compiler.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

$(STAMP): requirements.lock pyproject.toml
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

.PHONY: setup
setup: $(STAMP) ## make the virtual environment from the hash-locked requirements

.PHONY: demo
demo: $(STAMP) ## run the main job on a bundled case and say where the report is
	$(BIN)/alkanet report examples/demo/case.yaml --out demo-report
	@echo "The report: demo-report/report.html (and report.json, report.tsv beside it)"

.PHONY: test
test: $(STAMP) ## run every test
	$(BIN)/python -m pytest -n auto

.PHONY: lint
lint: $(STAMP) ## ruff, mypy strict, import rules, and the check of the knowledge
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/alkanet kb check

.PHONY: format
format: $(STAMP) ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: golden
golden: $(STAMP) ## write golden files and generated pages anew, to be reviewed as a diff
	$(BIN)/python -m pytest -n auto --update-golden

.PHONY: pages
pages: $(STAMP) ## write the pages of docs/knowledge anew from the knowledge
	$(BIN)/alkanet kb pages -o docs/knowledge

.PHONY: bench
bench: $(STAMP) ## measure whole processes from an installed wheel, as ratios
	$(BIN)/python benchmarks/assess.py
	$(BIN)/python benchmarks/knowledge.py
	$(BIN)/python benchmarks/processes.py

.PHONY: verify
verify: $(STAMP) ## hold the models against published groups; figures and tables go to docs/
	$(BIN)/python verification/patient_groups.py --write

.PHONY: wheel
wheel: $(STAMP) ## build the wheel, knowledge compiled into it
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

.PHONY: lock
lock: ## resolve requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --quiet --output-file requirements.lock

.PHONY: clean
clean: ## remove what the targets made
	rm -rf $(VENV) build dist demo-report .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
