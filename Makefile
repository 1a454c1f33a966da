# `make run` and `make test` are all a newcomer needs; both set up what is missing.

SHELL := /bin/bash
PY := .venv/bin/python
PYTEST := $(PY) -m pytest -q
export PYTHONDONTWRITEBYTECODE := # tests start many programs; compiled each time, they cost minutes

.PHONY: run test check test-long clients bench ui-bench ui docs golden articles-mutate rules-mutate format clean

run: .venv/.ready ## a living market in the browser
	.venv/bin/longshore

test: .venv/.ready ## everything with small counts; browser tests last
	$(PY) -m longshore.venue.compile & compiling=$$!; \
		$(MAKE) --no-print-directory check || { kill $$compiling; exit 1; }; wait $$compiling
	$(PYTEST) -m "not long and not alone and not browser" -n 2 --dist loadfile --no-loadscope-reorder
	$(PYTEST) -m "alone and not long and not browser" $$(grep -rl mark.alone tests --include="test_*.py")
	export LONGSHORE_CHROMIUM="$$($(PY) tools/browsers.py chromium)"; \
		export LONGSHORE_FIREFOX="$$($(PY) tools/browsers.py firefox)"; \
		$(PYTEST) tests/browser -m "not long and not alone" -n 2 --dist loadfile --no-loadscope-reorder && \
		$(PYTEST) tests/browser -m "alone and not long"

check: .venv/.ready ## lint, format, types, import contracts
	.venv/bin/ruff check -q
	.venv/bin/ruff format -q --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

test-long: .venv/.ready articles-mutate rules-mutate ## the full counts; hours, not minutes
	$(PYTEST) -m long -n 2 --dist loadfile --timeout 14400

articles-mutate: .venv/.ready ## every rule made a no-op must fail a test that cites its article
	$(PY) tools/articles_mutate.py

rules-mutate: .venv/.ready ## every operator and constant of a rule turned: the share that tests notice
	$(PY) tools/operators_mutate.py

clients: .venv/.ready ## other people's bots against a venue, half an hour; MINUTES=5 for a short look
	$(PY) -m tools.bots $(if $(MINUTES),--minutes $(MINUTES))

bench: .venv/.ready ## ratios measured in one run
	$(PY) -m benchmarks

ui-bench: .venv/.ready ## the screen's budget in Chromium; MINUTES=30 watches its heap for as long
	LONGSHORE_CHROMIUM="$$($(PY) tools/browsers.py chromium)" \
		$(PY) -m benchmarks screen $(if $(MINUTES),--minutes $(MINUTES))

ui: .venv/.ready ## build the screen again
	$(UV) sync --frozen -q --reinstall-package longshore

docs: .venv/.ready ## write the generated reference pages
	$(PY) -m tools.reference

golden: .venv/.ready ## accept a changed row layout
	$(PY) -m tools.rows

format: .venv/.ready ## what a program can put right
	.venv/bin/ruff check -q --fix
	.venv/bin/ruff format -q

clean: ## everything that `make` made
	rm -rf .venv .clients .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# Set-up. uv keeps to the lock file; where a package index is known to pip alone, pip fetches the
# same versions. The newest Python on the machine that is new enough makes the environment.
UV = $$(command -v uv || echo .venv/bin/uv)
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.venv/.ready: pyproject.toml uv.lock hatch_build.py
	@test -n "$(PYTHON)" || { echo "Longshore needs Python 3.11 or newer." >&2; exit 1; }
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@command -v uv >/dev/null || test -x .venv/bin/uv || \
		{ $(PY) -m ensurepip >/dev/null && $(PY) -m pip install -q "uv>=0.5"; }
	@echo "Setting up; the first time takes a minute or two."
	@$(UV) sync --frozen -q || $(MAKE) --no-print-directory setup-by-pip
	@touch $@

.PHONY: setup-by-pip
setup-by-pip:
	$(UV) export --frozen -q --no-emit-project --no-hashes -o .venv/requirements.txt
	$(PY) -m ensurepip >/dev/null
	$(PY) -m pip install -q -r .venv/requirements.txt
	$(PY) -m pip install -q --no-deps -e .
