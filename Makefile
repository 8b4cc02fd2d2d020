# Two commands do all the set-up on a machine with Python (3.11 or newer), pip and make:
#   make site   builds the exhibition from content/ and brands/ into site/
#   make test   passes the tests
# and one tries everything else: the built site in full, and what takes long:
#   make audit
PYTHON ?= python3
VENV   := .venv
TESTS  := .venv-test
CRATES := .venv-crates
BIN    := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
FROM   := $(if $(wildcard wheels),--no-index --find-links wheels,)
JOBS   ?= auto
EXAMPLES ?= all
# Of properties alone the tests have tried a few examples already.
AUDITED := $(if $(filter few,$(EXAMPLES)),audit,audit or property)
NODE   := tests/tools/node_modules/ready

# Compiled once and not by every process that is started, also where the machine says otherwise.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: site serve check test audit measure lint bench lock docs clean

site: $(VENV)/ready
	@echo "== building the site into site/"
	@$(VENV)/$(BIN)/python -m generator build --out site

serve: $(VENV)/ready
	@$(VENV)/$(BIN)/python -m generator serve

check: $(VENV)/ready
	@$(VENV)/$(BIN)/python -m generator check

test: $(TESTS)/ready $(NODE)
	@echo "== checking the code (ruff)"
	@$(TESTS)/$(BIN)/python -m ruff check generator tests benchmarks docs
	@$(TESTS)/$(BIN)/python -m compileall -q generator tests
	@echo "== running the tests, the types (mypy) among them (pytest, $(JOBS) processes)"
	@$(TESTS)/$(BIN)/python -m pytest -m "not audit" -n $(JOBS) --dist loadscope

audit: $(TESTS)/ready $(NODE) $(CRATES)/ready
	@$(TESTS)/$(BIN)/python -m compileall -q generator tests
	@echo "== trying everything that takes long (pytest, $(JOBS) processes)"
	@EXHIBIT_EXAMPLES=$(EXAMPLES) $(TESTS)/$(BIN)/python -m pytest -m "$(AUDITED)" -n $(JOBS) --dist loadscope

bench: $(TESTS)/ready
	@$(TESTS)/$(BIN)/python benchmarks/scale.py

# Parts of the documentation and the schemas are generated; a test says so when they are stale.
docs: $(VENV)/ready
	@$(VENV)/$(BIN)/python -m generator schema --out docs/schema
	@$(VENV)/$(BIN)/python docs/generate.py

$(VENV)/ready: requirements.lock pyproject.toml
	@echo "== preparing $(VENV) (once; needs a few minutes at most)"
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/$(BIN)/python -m pip install --quiet --disable-pip-version-check $(FROM) --require-hashes -r requirements.lock
	@$(VENV)/$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(TESTS)/ready: requirements-test.lock pyproject.toml
	@echo "== preparing $(TESTS) (once; needs a few minutes at most)"
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(TESTS)
	@$(TESTS)/$(BIN)/python -m pip install --quiet --disable-pip-version-check $(FROM) --require-hashes -r requirements-test.lock
	@$(TESTS)/$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

# What `make audit` measures of the pages, and the speed of every template: the middle of five runs. Takes some minutes.
measure: $(TESTS)/ready $(NODE)
	@$(TESTS)/$(BIN)/python -m tests.audit.measure

# The tools that measure the built site. Without them the tests say what they skip; in CI they must be there.
$(NODE): tests/tools/package-lock.json tests/tools/install.py $(TESTS)/ready
	@$(TESTS)/$(BIN)/python tests/tools/install.py

$(CRATES)/ready: tests/tools/crates.lock tests/tools/install.py $(TESTS)/ready
	@$(TESTS)/$(BIN)/python tests/tools/install.py crates $(FROM)

# Locks carry hashes and no addresses. Needs uv.
lock:
	uv pip compile pyproject.toml --extra make --extra signing --extra archive --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -o requirements.lock
	uv pip compile pyproject.toml --extra make --extra signing --extra archive --extra test --extra cluster --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -o requirements-test.lock
	uv pip compile tests/tools/crates.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -o tests/tools/crates.lock

clean:
	rm -rf $(VENV) $(TESTS) $(CRATES) site build tests/tools/node_modules
