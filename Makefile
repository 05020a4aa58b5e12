# Every command there is; `make` alone lists them. All work from a fresh checkout.

PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done)
VENV := .venv
BIN := $(VENV)/bin
PROJECTS := libs/callscribe services/webhook-gateway services/recorder services/transcriber \
	services/results lambda/notifier
CODE := libs services lambda local bench tests

CALL ?=
CALLS ?= 1
ROUTE ?= sqs
ASR ?= sphinx
export ASR

RECOGNISER := $(if $(filter whisper,$(ASR)),$(VENV)/whisper)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint types imports bench sample screenshots lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/run $(RECOGNISER) ## one call from ring to transcript: CALL=file.wav CALLS=20 ROUTE=lambda ASR=whisper
	@$(BIN)/python -m local.demo --calls '$(CALLS)' --route '$(ROUTE)' --asr '$(ASR)' $(if $(CALL),--call '$(CALL)')

test: lint types imports $(RECOGNISER) ## every check and every test: TESTS=tests/unit for some, ASR=whisper for its own too
	$(BIN)/pytest -n 4 --dist loadfile $(TESTS)

lint: $(VENV)/dev ## ruff: style and format
	$(BIN)/ruff check --quiet $(CODE)
	$(BIN)/ruff format --quiet --check $(CODE)

types: $(VENV)/dev ## mypy --strict
	$(BIN)/mypy

imports: $(VENV)/dev ## import-linter: who may import whom
	$(BIN)/lint-imports

bench: $(VENV)/run ## measure against peers and limits (needs Node.js for the SQS emulator)
	$(BIN)/python -m bench

sample: $(VENV)/run ## make the sample call again (needs flite)
	$(BIN)/python -m local.sample.make

screenshots: $(VENV)/dev ## take docs/pictures again (needs Chromium)
	@$(BIN)/python -m tests.browser.screenshots docs/pictures

lock: $(VENV)/dev ## pin the requirements again, with hashes and no address
	@for name in run dev whisper; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --no-annotate --upgrade \
		requirements/$$name.in -o requirements/$$name.txt; done

clean: ## remove the environment, the caches and the demo's files
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/python:
	@test -n '$(PYTHON)' || { echo 'Callscribe needs Python 3.11 or newer.' >&2; exit 1; }
	@echo 'Preparing an environment in $(VENV) with $(PYTHON); the first time takes a minute.'
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { echo 'Python needs its venv module (Debian: python3-venv).' >&2; exit 1; }
	@touch $@

$(VENV)/run: requirements/run.txt $(PROJECTS:%=%/pyproject.toml) $(VENV)/python
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation $(PROJECTS:%=-e %)
	@touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/run
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/whisper: requirements/whisper.txt $(VENV)/run
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/whisper.txt
	@touch $@
