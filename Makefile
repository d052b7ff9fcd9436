# Leitplanke. `make run` starts the demo town, `make test` runs every test.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VENDOR := src/leitplanke/base/ui/static/vendor
ADDRESS ?= 127.0.0.1:8000

.PHONY: run setup lokal test test-deps check bench lock messages format clean

run: setup ## Start Musterstadt on http://127.0.0.1:8000
	@$(BIN)/leitplanke demo --serve --address $(ADDRESS)

setup: $(VENV)/.run-installed $(VENDOR)/.installed $(VENV)/.messages-compiled

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 oder neuer fehlt (gefunden: $$($(PYTHON) --version))."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Das Modul venv fehlt. Unter Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.run-installed: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installiere Python-Pakete (einmalig) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev-installed: requirements/dev.txt $(VENV)/.run-installed
	@echo "Installiere Prüf- und Testwerkzeuge (einmalig) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements/dev.txt
	@touch $@

$(VENDOR)/.installed: package.json package-lock.json tools/vendor.py | $(VENV)/bin/python
	@command -v npm >/dev/null || { echo "npm fehlt. Unter Debian: apt-get install npm"; exit 1; }
	@echo "Hole KERN-UX und htmx (einmalig) ..."
	@npm ci --silent --no-audit --no-fund
	@$(BIN)/python tools/vendor.py
	@touch $@

$(VENV)/.messages-compiled: $(wildcard src/leitplanke/locale/*/LC_MESSAGES/django.po) $(VENV)/.run-installed
	@for po in src/leitplanke/locale/*/LC_MESSAGES/django.po; do [ -e "$$po" ] || continue; \
	  $(BIN)/pybabel --quiet compile -i "$$po" -o "$${po%.po}.mo"; done
	@touch $@

test-deps: setup $(VENV)/.dev-installed ## Get PostgreSQL, Chromium and Tesseract where that is possible
	@$(BIN)/python tools/test_deps.py

test: test-deps ## Every test: SQLite, PostgreSQL, Chromium
	@$(BIN)/python tools/run_tests.py

check: setup $(VENV)/.dev-installed ## Style, types, layers, content, docs, licences
	@{ $(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports && $(BIN)/python tools/check_project.py; } & \
	  rest=$$!; $(BIN)/mypy; types=$$?; wait $$rest && exit $$types

bench: setup $(VENV)/.dev-installed ## Measure what docs/explanation/messwerte.md states
	@$(BIN)/python benchmarks/run.py

lock: $(VENV)/bin/python ## Renew the lock files with hashes, for every platform
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --custom-compile-command "make lock" pyproject.toml --group build -o requirements/run.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --custom-compile-command "make lock" -c requirements/run.txt pyproject.toml --group dev --group bench --group build -o requirements/dev.txt
	@$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['lokal'], sep='\n')" | \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --custom-compile-command "make lock" -c requirements/run.txt - -o requirements/lokal.txt

lokal: setup ## Install what runs a model from a file on this machine (docs/how-to/lokales-modell.md)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lokal.txt

messages: $(VENV)/.dev-installed ## Collect the texts of the interface for translation
	@$(BIN)/python tools/messages.py

format: $(VENV)/.dev-installed
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

clean:
	rm -rf $(VENV) node_modules $(VENDOR) var
