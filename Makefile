# Every command there is; `make` alone lists them. All work from a fresh checkout.

PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done)
VENV := .venv
BIN := $(VENV)/bin
PROJECTS := libs/callscribe services/webhook-gateway services/recorder services/transcriber \
	services/results lambda/notifier
CODE := libs services lambda infra local bench tests

CALL ?=
CALLS ?= 1
PARTIES ?=
ROUTE ?= sqs
ASR ?= sphinx
SCALE ?=
# After their defaults: make takes a variable that is exported for one that is set.
export ASR VERSION LOCAL_AWS ROUTE PARTIES URL APPLY BUY

RECOGNISER := $(if $(filter whisper,$(ASR)),$(VENV)/whisper)

PLAN ?=
ARCHITECTURE ?= X86_64
TERRAFORM = $(BIN)/python -m infra.cli

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: images up call down test-docker vonage-setup help demo test lint types imports bench sample screenshots lock tf-check tf-test tf-plan package costs clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/run $(RECOGNISER) ## one call from ring to transcript: KEEP=1 CALL=file.wav PARTIES=5 CALLS=20 ROUTE=lambda ASR=whisper
	@$(BIN)/python -m local.demo --calls '$(CALLS)' --parties '$(PARTIES)' --route '$(ROUTE)' --asr '$(ASR)' $(if $(CALL),--call '$(CALL)') $(if $(KEEP),--keep)

images: ## build the container images: VERSION=1.2.3
	@local/compose/stack images

up: ## run everything in containers: SCALE="recorder=3 transcriber=2" ROUTE=lambda LOCAL_AWS=ministack
	@local/compose/stack up '$(SCALE)'

call: ## place a call there and follow it to the transcript: CALL=file.wav
	@local/compose/stack call '$(CALL)'

down: ## stop the containers and remove all they left
	@local/compose/stack down

test-docker: $(VENV)/dev ## the tests that need Docker
	$(BIN)/pytest -p no:xdist -m docker tests/docker

vonage-setup: $(VENV)/run ## what Vonage needs, shown first: URL=https://calls.example.com APPLY=1 BUY=1 (docs/vonage.md)
	@$(BIN)/python -m infra.vonage --url '$(URL)' $(if $(APPLY),--apply) $(if $(BUY),--buy) \
		$(if $(REPLACE_KEY),--replace-key) $(foreach option,NAME COUNTRY REGION NUMBER,\
		$(if $($(option)),--$(shell echo $(option) | tr A-Z a-z) '$($(option))')) \
		$(if $(KEY_FILE),--key-file '$(KEY_FILE)') $(if $(KEY_SECRET),--key-secret '$(KEY_SECRET)') \
		$(if $(KEY_PARAMETER),--key-parameter '$(KEY_PARAMETER)')

test: lint types imports $(RECOGNISER) ## every check and every test: TESTS=tests/unit for some, ASR=whisper for its own too
	$(BIN)/pytest -n 4 --dist loadfile -m "not docker and not terraform" $(TESTS)

lint: $(VENV)/dev ## ruff: style and format
	$(BIN)/ruff check --quiet $(CODE)
	$(BIN)/ruff format --quiet --check $(CODE)

types: $(VENV)/dev ## mypy --strict
	$(BIN)/mypy

imports: $(VENV)/dev ## import-linter: who may import whom
	$(BIN)/lint-imports

bench: $(VENV)/run ## measure against peers and limits (needs Node.js for the SQS emulator)
	$(BIN)/python -m bench

sample: $(VENV)/run ## make the sample calls again (needs flite)
	$(BIN)/python -m local.sample.make

screenshots: $(VENV)/dev ## take docs/pictures again (needs Chromium)
	@$(BIN)/python -m tests.browser.screenshots docs/pictures

lock: $(VENV)/dev ## pin the requirements again, with hashes and no address
	@for name in run dev whisper build lambda infra; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --no-annotate --upgrade \
		requirements/$$name.in -o requirements/$$name.txt; done
	@for service in webhook-gateway recorder transcriber results; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-emit-package callscribe \
		-c requirements/run.txt services/$$service/pyproject.toml -o requirements/$$service.txt; done

tf-check: $(VENV)/dev $(VENV)/checkov/installed ## check Terraform: format, validity, tflint where it is, checkov
	@$(TERRAFORM) fmt -check -recursive
	@$(TERRAFORM) validate
	@if command -v tflint >/dev/null; then cd infra/terraform && tflint --recursive; \
		else echo 'tflint is not on this machine; the other checks run without it.'; fi
	@$(VENV)/checkov/bin/checkov --directory infra/terraform --framework terraform --compact --quiet --skip-download

tf-test: $(VENV)/dev ## test Terraform: with a mocked provider, then applied to MiniStack with a call through it
	@for folder in . modules/work_queue modules/worker; do $(TERRAFORM) --in $$folder test || exit 1; done
	$(BIN)/pytest -n 2 --dist loadgroup --timeout 1200 -m terraform tests/infra tests/e2e/test_on_terraform.py

tf-plan: $(VENV)/dev ## show what an apply would change: PLAN='-var-file=staging.tfvars'
	@$(TERRAFORM) plan $(PLAN)

package: $(VENV)/run ## build the notifier's zip for Lambda: ARCHITECTURE=ARM64
	@$(BIN)/python -m infra.package out/notifier.zip --architecture $(ARCHITECTURE)

costs: $(VENV)/run ## write the documents' tables of costs anew from infra/rates.toml
	@$(BIN)/python -m infra.costs

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

# An environment of its own, because it pins much that the services use.
$(VENV)/checkov/installed: requirements/infra.txt $(VENV)/python
	@rm -rf $(VENV)/checkov
	@$(PYTHON) -m venv $(VENV)/checkov
	@$(VENV)/checkov/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/infra.txt
	@touch $@

$(VENV)/whisper: requirements/whisper.txt $(VENV)/run
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/whisper.txt
	@touch $@
