# The one door: every task of the project. `make` lists them.
#
# Nothing is needed but Python 3.11+, pip and make. Tools live in .venv, each group
# installed at its first use from a list of pinned, hashed packages (docs/adr/0010).

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMPS := $(VENV)/stamps
PIP := $(PY) -m pip -qq --disable-pip-version-check --no-input
# Folders are listed too, so that a deleted file rebuilds the wheel.
SOURCES := pyproject.toml README.md LICENSE \
  $(shell find src -not -name '*.pyc' -not -name __pycache__ -not -name '*.egg-info')

# Give tests by name: make test TESTS=tests/unit/parse ARGS="-x -n0"
TESTS ?=
# Files in their order: unit tests, which are short, fill the end of a run.
ARGS ?= -n auto --dist loadfile --no-loadscope-reorder
SECONDS ?= 20

.PHONY: help
help: ## list these tasks
	@echo "make …"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 10

.PHONY: demo
demo: $(STAMPS)/wheel ## build a planet from a dozen feeds on this machine (SERVE=1: and show it)
	@$(PY) demo/run.py $(if $(SERVE),--serve)

.PHONY: test
test: $(STAMPS)/wheel $(STAMPS)/test $(STAMPS)/topics $(STAMPS)/browser ## run every test against the built wheel
	@tools/system-packages
	@ECLIPTIC_TEST_WHEEL=1 $(PY) -m pytest $(ARGS) $(TESTS)

.PHONY: check
check: $(STAMPS)/wheel $(STAMPS)/lint $(STAMPS)/test $(STAMPS)/topics $(STAMPS)/browser ## format, lint, types, layers, references, fast tests
	@echo "  format" && $(VENV)/bin/ruff format --quiet --check . || { echo "not in the one format: run \`make format\`" && exit 1; }
	@echo "  lint" && $(VENV)/bin/ruff check --quiet .
	@echo "  types" && $(VENV)/bin/mypy --no-error-summary
	@echo "  layers" && PYTHONPATH=src $(VENV)/bin/lint-imports --no-cache >build/layers.log || { cat build/layers.log; exit 1; }
	@echo "  references" && $(PY) tools/reference.py --check
	@echo "  words of pages" && PYTHONPATH=src $(PY) tools/messages.py --check
	@echo "  fast tests" && ECLIPTIC_TEST_WHEEL=1 $(PY) -m pytest -q -m "not slow" --hypothesis-profile quick $(ARGS) tests/house tests/unit

# Bounded in time; what breaks is kept in build/fuzz: make fuzz TARGET=feed FILES=build/fuzz/feed/…
.PHONY: fuzz
fuzz: $(STAMPS)/wheel $(STAMPS)/test $(STAMPS)/fuzz ## look for input that breaks a promise (SECONDS=20)
	@PYTHONPATH=tests $(PY) -m fuzz.run --seconds $(SECONDS) $(if $(TARGET),--target $(TARGET)) $(FILES)

.PHONY: format
format: $(STAMPS)/lint ## put the code into the one format, and fix what lint can fix
	@$(VENV)/bin/ruff check --quiet --fix-only . && $(VENV)/bin/ruff format --quiet .

.PHONY: bench
bench: $(STAMPS)/wheel $(STAMPS)/bench ## measure, beside other engines (BENCH="--feeds 200")
	@PYTHONPATH= $(PY) bench/run.py $(BENCH)

.PHONY: docs
docs: $(STAMPS)/wheel $(STAMPS)/browser ## write the generated references and the screenshots again
	@PYTHONPATH=src $(PY) tools/reference.py
	@tools/system-packages
	@$(PY) demo/run.py --screenshot docs/images

.PHONY: lock
lock: $(STAMPS)/lock ## pin every requirement again, at versions at least a week old
	@tools/lock $(PY)

.PHONY: clean
clean: ## remove everything that was made
	rm -rf $(VENV) build dist demo-site bench/results .mypy_cache .ruff_cache .pytest_cache \
	  .import_linter_cache .hypothesis
	find src tests bench demo tools -name __pycache__ -type d -prune -exec rm -rf {} +

# Not $(PY) itself: it is a link to a Python that only root may touch.
$(STAMPS)/venv: tools/make-venv
	@tools/make-venv $(PYTHON) $(VENV)
	@touch $@

# A list is complete, so pip has nothing to resolve (--no-deps) and nothing to trust (--require-hashes).
$(STAMPS)/%: requirements/%.txt | $(STAMPS)/venv
	@echo "  installing requirements: $*"
	@$(PIP) install --require-hashes --no-deps -r $<
	@mkdir -p $(STAMPS) && touch $@

# Only a wheel will do: to build atheris takes a compiler of its own. Without it there is a plainer way.
$(STAMPS)/fuzz: requirements/fuzz.txt | $(STAMPS)/venv
	@echo "  installing requirements: fuzz"
	@$(PIP) install --only-binary :all: --require-hashes --no-deps -r $< || echo "  no atheris here: fuzzing goes by chance"
	@touch $@

$(STAMPS)/bench: bench/requirements.txt | $(STAMPS)/venv
	@echo "  installing requirements: bench"
	@$(PIP) install --require-hashes --no-deps -r $<
	@touch $@

$(STAMPS)/wheel: $(SOURCES) $(STAMPS)/core $(STAMPS)/build
	@echo "  building and installing the wheel"
	@rm -rf build/wheel
	@$(PIP) wheel --no-build-isolation --no-deps --no-index --wheel-dir build/wheel .
	@$(PIP) install --no-deps --no-index --force-reinstall build/wheel/ecliptic-*.whl
	@touch $@
