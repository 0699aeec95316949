# Two commands: `make run` starts Ownjournal, `make test` runs every test.
# Each does all the set-up it needs. The others are for daily work.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A process more than there are cores: tests wait for others. Each takes what lies
# together, so that what many tests share is made once.
PROCESSES ?= 3
# Hundreds of processes are started: they need not compile the program each time.
export PYTHONDONTWRITEBYTECODE :=
XDIST := -n $(PROCESSES) --dist worksteal

.PHONY: run test test-cluster check format lint types bench evaluate drill screenshots audit licences sbom clean

run: $(VENV)/.run
	@exec $(BIN)/ownjournal up $(if $(DATA),$(foreach part,$(DATA),--data $(part)))

# Everything that CI runs: style, types, contracts, and every test on SQLite and
# on PostgreSQL. As root on Debian or Ubuntu it installs what is missing.
test: $(VENV)/.dev
	@tools/install-test-programs
	@$(MAKE) --no-print-directory lint types
	$(BIN)/pytest $(XDIST) --maxfail=20
	cd tests && ../$(BIN)/python -m made.postgres -- ../$(BIN)/pytest $(XDIST) \
		catalogue readers notes issues collections site cli -m "not browser"
	cd tests && ../$(BIN)/python -m made.postgres -- ../$(BIN)/pytest \
		site/test_whole_story.py

# The tests of the search cluster: three nodes of OpenSearch on this machine. Needs
# Java 17 and Maven, which fetches the server once; as root on Debian or Ubuntu it
# installs them.
test-cluster: $(VENV)/.dev
	@tools/install-test-programs cluster
	cd tests && ../$(BIN)/python -m made.cluster -- ../$(BIN)/pytest cluster

# The everyday tests, with fewer drawn examples: three minutes.
check: $(VENV)/.dev lint types
	$(BIN)/pytest $(XDIST) -m "not slow and not browser" --hypothesis-profile everyday

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

# Known vulnerabilities of what is locked; status 3 where they could not be asked for.
audit: $(VENV)/.dev
	$(BIN)/python tools/audit.py

licences: $(VENV)/.dev
	$(BIN)/python tools/licences.py

# What a site is made of, for the tools of others: build/sbom.cdx.json.
sbom: $(VENV)/.dev
	@mkdir -p build
	$(BIN)/python -m cyclonedx_py requirements --pyproject pyproject.toml \
		--output-reproducible -o build/sbom.cdx.json requirements.lock

types: $(VENV)/.dev
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.dev
	PYTHONPATH=tests $(BIN)/python -m bench.speed

evaluate: $(VENV)/.dev
	PYTHONPATH=tests $(BIN)/python -m bench.evaluate

# The pictures of the README, of a site with invented articles.
screenshots: $(VENV)/.dev
	PYTHONPATH=tests $(BIN)/python tools/screenshots.py

drill: $(VENV)/.dev
	@tools/install-test-programs drill
	PYTHONPATH=tests $(BIN)/python -m bench.drill

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache

$(VENV)/bin/python:
	@tools/make-environment $(PYTHON) $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing Ownjournal into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installing what tests need into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
