# Everything that is done with this checkout. "make" alone says what there is.
#
# A fresh machine needs Python 3.11 or newer, pip, git and make. The rest goes into .venv, in the versions
# of requirements.lock, each checked against its hash.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/ready
PO := $(wildcard resources/translations/*/LC_MESSAGES/casetracker.po)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help demo run test nightly lint quick check shots golden bench package lock messages clean

help: ## Say what there is to do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Build the example casebook and its papers in demo/, and open it where there is a display
	$(BIN)/python packaging/qt_libraries.py
	$(BIN)/python packaging/demo.py demo

run: $(READY) ## Start the program
	$(BIN)/python packaging/qt_libraries.py --window
	$(BIN)/python -m casetracker

test: $(READY) ## Install what the tests need and run all of them, without a display
	$(BIN)/python packaging/qt_libraries.py --offscreen
	PYTHONHASHSEED=0 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto $(ARGS)

nightly: $(READY) ## Draw a thousand casebooks and look into their papers; takes an hour or so
	$(BIN)/python packaging/qt_libraries.py --offscreen
	PYTHONHASHSEED=0 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m "nightly or slow" -s $(ARGS)

lint: quick ## Look at format, rules, types, import contracts and the catalogue of texts
	$(BIN)/mypy --strict
	$(BIN)/lint-imports
	$(BIN)/python packaging/messages.py check

quick: $(READY) ## The quick half of "make lint": format and rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

check: test lint ## Both: "make test" and "make lint"

shots: $(READY) ## Draw every page of the window, from the example, into resources/manual/images/
	$(BIN)/python packaging/qt_libraries.py --offscreen
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.shots $(ARGS)

golden: $(READY) ## Draw the pages anew with which the papers of the example are compared (look at them before you commit)
	$(BIN)/python -m tests.reports.golden

bench: $(READY) ## Measure the program on large casebooks, each figure beside its floor
	$(BIN)/python packaging/qt_libraries.py --offscreen
	-$(BIN)/python -m pip install --quiet --require-hashes -r requirements-bench.lock
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks $(ARGS)

torture: $(READY) ## Kills, power cuts, full disks, damage, nonsense: the full numbers, for the night (an hour or two)
	$(BIN)/python packaging/qt_libraries.py --offscreen
	PYTHONHASHSEED=0 QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.torture $(ARGS)

package: $(READY) ## Build the program with its own Python in dist/casetracker/, and try it
	$(BIN)/python packaging/qt_libraries.py --window
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build packaging/casetracker.spec
	$(BIN)/python packaging/try_package.py dist/casetracker

# "uv" has to be installed; it is the only tool that pins for all systems and Pythons at once.
# ARGS=--upgrade takes the newest versions of everything, ARGS="--upgrade-package NAME" of one package.
lock: ## Pin all packages anew in requirements.lock, after pyproject.toml has changed (needs uv)
	$(PYTHON) packaging/lock.py $(ARGS)

messages: $(READY) ## Gather the texts for translators, update the languages and compile them
	$(BIN)/python packaging/messages.py update

clean: ## Remove all that was made here, but not demo/ (there might be work in it)
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find casetracker tests packaging -name __pycache__ -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml $(PO)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "casetracker needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python lacks its venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python packaging/messages.py compile
	@touch $(READY)
