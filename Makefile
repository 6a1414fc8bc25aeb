# Everything runs from this folder and from .venv alone.

.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help setup run test bench lock screenshots chromium backup restore clean

PYTHON := .venv/bin/python
LOCK := $(PYTHON) -m uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header $(UPGRADE)
# The checks and tests are about the program as it is, not about a database that this shell points at.
UNSET := env -u DATABASE_URL -u MIGRATION_DATABASE_URL -u SITE_URL -u SECRET_KEY -u VAR_DIR -u PORT \
	-u DJANGO_SETTINGS_MODULE -u PYTHONPATH -u PYTHONHOME
heading = @printf '\n--- %s\n' '$(1)'

help:
	@echo 'make setup        install everything into .venv (the other commands do it by themselves)'
	@echo 'make run          run the program at http://127.0.0.1:8000 (PORT=8001 make run: elsewhere)'
	@echo 'make test         every check and test'
	@echo 'make backup       copy the embedded database and the attached files into factcheck.dump and beside it (FILE=…)'
	@echo 'make restore      put it back to what that file holds'
	@echo 'make bench        how fast the pages are (BENCH=quick: fewer figures)'
	@echo 'make screenshots  take the pictures of the README from the running demo'
	@echo 'make lock         pin the dependencies anew (UPGRADE=--upgrade: to newer versions)'
	@echo 'make clean        delete what the checks and tests left; no data'

setup: .venv/.installed

# A Python of the system may lack venv or pip, and one of pyenv may answer to its name without being there.
.venv/.installed: requirements-dev.txt
	@fits='import sys, venv, ensurepip; sys.exit(not (3, 12) <= sys.version_info < (3, 15))'; \
	if ! $(PYTHON) -c "$$fits" 2>/dev/null; then \
		for found in python3 python3.14 python3.13 python3.12 \
				"$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[234]*/bin/python3 none; do \
			if "$$found" -c "$$fits" 2>/dev/null; then break; fi; \
		done; \
		if [ "$$found" = none ]; then \
			echo 'No Python 3.12, 3.13 or 3.14 with venv and pip is found.' \
				'Install one (Debian: apt-get install python3 python3-venv).' >&2; \
			exit 1; \
		fi; \
		echo "Making .venv with $$("$$found" --version)"; \
		"$$found" -m venv --clear .venv; \
	fi
	@echo 'Installing the dependencies'
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@

run: setup
	@$(PYTHON) -m factcheck.running

test: setup chromium
	$(call heading,ruff)
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	$(call heading,templates)
	@find templates factcheck -name '*.html' -exec .venv/bin/djade --check --target-version 6.1 {} +
	$(call heading,types)
	@$(UNSET) VAR_DIR=var/check $(PYTHON) -m mypy
	$(call heading,direction of imports)
	@$(UNSET) .venv/bin/lint-imports
	$(call heading,migrations)
	@$(UNSET) VAR_DIR=var/check $(PYTHON) manage.py makemigrations --check --dry-run
	$(call heading,settings of a server)
	@$(UNSET) VAR_DIR=var/check DATABASE_URL=postgresql://factcheck@/factcheck SITE_URL=https://check.example.org \
		SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
		$(PYTHON) manage.py check --deploy --fail-level WARNING
	$(call heading,tests)
	@$(UNSET) $(PYTHON) -m pytest

chromium:
	@if ! command -v chromium-headless-shell >/dev/null && ! command -v chromium >/dev/null && \
			! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then \
		if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
			echo 'The browser tests need Chromium, which is not found. Install it' \
				'(Debian, as root: apt-get install chromium) and try again.' >&2; \
			exit 1; \
		fi; \
		echo 'Installing Chromium'; \
		export DEBIAN_FRONTEND=noninteractive; apt-get update -qq; \
		apt-get install -qq --no-install-recommends chromium-headless-shell || \
			apt-get install -qq --no-install-recommends chromium; \
	fi

# A copy of the embedded database in one file, and back; FILE=somewhere.dump for another place.
FILE := factcheck.dump

backup: setup
	@$(PYTHON) -m factcheck.running backup $(FILE)

restore: setup
	@$(PYTHON) -m factcheck.running restore $(FILE)

bench: setup chromium
	@$(UNSET) $(PYTHON) -m tests.bench

screenshots: setup chromium
	@$(UNSET) $(PYTHON) -m tests.browser.screenshots

lock: setup
	@$(PYTHON) -m uv --version >/dev/null 2>&1 || $(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	@$(LOCK) --output-file requirements.txt
	@$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt

# A database of root's may live outside this folder, so it is not enough to delete var/.
clean:
	@for folder in var/check/postgres var/test-postgres; do \
		if [ -d "$$folder" ] && [ -x $(PYTHON) ]; then \
			$(PYTHON) -c 'import pathlib, sys; from factcheck.embedded import Cluster; \
				Cluster(pathlib.Path(sys.argv[1])).delete()' "$$folder"; \
		fi; \
	done
	@rm -rf var/check var/static .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	@find factcheck tests -name __pycache__ -prune -exec rm -rf {} +
