# Everything a person does here, by name. On a fresh machine `make app` and `make test` need Python 3.11 or
# newer and nothing else; both make .venv on their first run and leave it alone until a lock file changes.

PORT ?= 8501
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

python := .venv/bin/python
pip := $(python) -m pip install --quiet --disable-pip-version-check --no-compile
compile := $(python) -m uv pip compile --quiet --universal --python-version 3.11 \
	--no-header --no-emit-index-url --no-emit-find-links

arithmetic = @echo "Compiling the arithmetic (up to a minute, once)." && \
	$(python) -c "from engine.diagnose import warm_up; warm_up(lambda *_: None, 9)"

# A Python that may not keep its bytecode compiles every library anew at each start, which takes seconds.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help app test test-browser test-engine test-texts test-pages check format pictures bench lock clean

help:  ## Say what each word here does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

app: .venv/.app-installed  ## Start the studio at http://127.0.0.1:8501 (PORT=... for another port)
	$(python) -m streamlit run streamlit_app.py --server.address 127.0.0.1 --server.port $(PORT) --server.headless true

test: .venv/.tests-installed  ## Run every test, those in a real browser included
	$(python) -m tests.browser.chromium
	@$(MAKE) --no-print-directory --jobs 4 test-browser test-engine test-texts test-pages

test-browser:
	$(python) -m pytest tests/browser

test-engine:
	nice $(python) -m pytest tests --ignore tests/browser --ignore tests/llm --ignore tests/views

test-texts:
	nice $(python) -m pytest tests/llm

test-pages:
	nice $(python) -m pytest tests/views

check: .venv/.tests-installed  ## Lint, format and types, without changing anything
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy -p engine -p llm -p data

format: .venv/.tests-installed  ## Put the code in its one format and mend what the linter can
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

pictures: .venv/.tests-installed  ## Take the README's screenshots anew, into docs/images
	$(python) -m tests.browser.chromium
	MAKE_PICTURES=1 $(python) -m pytest tests/browser

bench: .venv/.tests-installed  ## Measure each claim of speed against its peer
	@set -e; for script in bench/*.py; do echo "$$script"; $(python) -m bench.$$(basename $$script .py); done

lock: .venv/.tests-installed  ## Pin the newest versions that requirements*.txt allow
	$(pip) uv
	$(compile) --upgrade requirements-dev.txt --output-file .venv/tests.lock
	$(compile) --upgrade requirements.txt --constraints .venv/tests.lock --no-annotate --output-file .venv/app.lock
	@for name in tests:requirements-dev app:requirements; do \
		{ echo "# Exact versions for Python 3.11 and newer. Made by make lock; do not edit."; \
		  grep -v '^ *#' .venv/$${name%%:*}.lock; } > $${name##*:}.lock; done

clean:  ## Remove .venv and everything that tools left behind; saved work stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found. Install it, then run make again." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "$(PYTHON) could not make .venv. On Debian and Ubuntu: apt-get install python3-venv." >&2; exit 1; }

.venv/.app-installed: requirements.lock | .venv/bin/python
	@echo "Installing what the studio needs into .venv (a minute or two, once)."
	$(pip) --requirement requirements.lock
	$(arithmetic)
	@touch $@

.venv/.tests-installed: requirements-dev.lock | .venv/bin/python
	@echo "Installing what the tests need into .venv (a minute or two, once)."
	$(pip) --requirement requirements-dev.lock
	$(arithmetic)
	@touch $@
