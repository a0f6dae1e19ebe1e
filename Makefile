# The commands of the project; `make help` lists them. Each does the set-up that it needs: python3 (3.11 or later), make and git are enough.
# make itself exits with 2 whenever a command fails and prints the command's own code; scripts that need the code call .venv/bin/jindu.

PYTHON ?= python3
PACK   ?= beiguan
INBOX  ?=
ARGS   ?=

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed
SQL   := dbt_project

# A home holds one pack. Without a word from you beiguan lives in data/, any other pack in data/<its name>.
JINDU_HOME ?= $(if $(filter beiguan,$(notdir $(patsubst %/,%,$(PACK)))),data,data/$(notdir $(patsubst %/,%,$(PACK))))

# Outside the home: an inbox that a run only reads must not be one of the folders that it writes.
DEMO       := build/demonstration
DEMO_STAMP := build/.demonstration
# Only the beiguan pack has demonstration years, and only when you bring no inbox of your own.
FROM       := $(if $(INBOX),$(INBOX),$(if $(filter beiguan,$(PACK)),$(DEMO)))

export JINDU_HOME
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DO_NOT_TRACK := 1
export GX_ANALYTICS_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench bench-gate dev docs lock

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make the virtual environment (the other commands do it by themselves)

$(STAMP): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Jindu needs Python 3.11 or later; say which: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "Setting up $(VENV): once, a minute or two …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(STAMP) $(if $(filter $(DEMO),$(FROM)),$(DEMO_STAMP)) ## read, build, audit, release, print the brief  [PACK=beiguan] [INBOX=folder] [ARGS="--as-of 2023-10-31"]
	@$(BIN)/jindu run --pack $(PACK) $(if $(FROM),--inbox "$(FROM)") $(ARGS)

$(DEMO_STAMP): $(wildcard demo/*.py demo/*/*.py) | $(STAMP)
	@echo "Writing the demonstration years (simulated files) to $(DEMO) …"
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@$(BIN)/python -m demo --out $(DEMO)
	@touch $@

test: $(STAMP) ## run the whole test suite  [ARGS="-k ranking"]
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal $(ARGS)

check: $(STAMP) ## lint, format, types, SQL, packs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 2 $(SQL)
	$(BIN)/jindu check-pack --pack beiguan
	$(BIN)/jindu check-pack --pack shaoyang

bench: $(STAMP) ## measure speed against the floor of the stack and against pandas, the gate's share of a run, the forecasts' skill (a quarter of an hour)  [ARGS="--rounds 5"]
	@$(BIN)/python -m benchmarks $(ARGS)

bench-gate: $(STAMP) ## put faults into clean files and count what the gate finds, and false alarms (about 20 minutes)  [ARGS="--cases-per-kind 12"]
	@$(BIN)/python -m benchmarks.gate $(ARGS)

dev: $(STAMP) ## open Dagster on this machine (127.0.0.1:3000)
	@$(BIN)/python -m orchestration.instance "$(JINDU_HOME)"
	@JINDU_PACK=$(PACK) JINDU_HOME="$(abspath $(JINDU_HOME))" DAGSTER_HOME="$(abspath $(JINDU_HOME))/dagster" \
	  PYTHONWARNINGS='ignore:Function `dev_command` is superseded' \
	  $(BIN)/dagster dev --workspace workspace.yaml --host 127.0.0.1 $(ARGS)

docs: $(STAMP) ## write the data dictionary and the dbt pages to docs/build, the schemas of packs to docs/schema
	@$(BIN)/python docs/build_docs.py --home "$(JINDU_HOME)" --out docs/build

lock: ## compile the hash-pinned requirements from pyproject.toml (needs uv; keeps versions that still fit)  [ARGS=--upgrade]
	@for extra in "" dev; do \
	  uv pip compile pyproject.toml $${extra:+--extra $$extra} --output-file requirements$${extra:+-$$extra}.txt --quiet $(ARGS) \
	    --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" > /dev/null; \
	done
