"""What the linters cannot say: how long things may be, and what must not stand in the files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = sorted(
    path for name in ("casetracker", "packaging", "tests") for path in (ROOT / name).rglob("*.py")
)
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".spec", ".lock", ".svg", ".pot", ".po", ""}
LONGEST_FILE = 450
LONG_FUNCTION = 31
SHARE_OF_LONG_FUNCTIONS = 0.05
# Tests of our own may invent the home of somebody with a name of one letter.
FOLDERS_OF_ONE_MACHINE = re.compile(r"(?<![\w.~])/(?:root|work|(?:home|Users)/\w\w+)/|[A-Z]:\\Users\\\w\w+")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function's place and the number of its lines, the docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = node.body[0] if ast.get_docstring(node) is not None else None
            words = (told.end_lineno or 0) - told.lineno + 1 if told else 0
            yield f"{named(path)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1 - words


def written_by_people() -> Iterator[Path]:
    """Yield the text files of the project, without what programs leave beside them."""
    folders = (ROOT / name for name in ("casetracker", "packaging", "resources", "tests", ".ci"))
    for path in (*ROOT.iterdir(), *(path for folder in folders for path in folder.rglob("*"))):
        # ".git" is a file where a checkout shares its history with another one.
        if path.is_file() and path.suffix in TEXT and not {"__pycache__", ".git"} & set(path.parts):
            yield path


def test_no_file_holds_more_than_one_idea() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in PYTHON}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    """Ninety-five of a hundred functions fit on a screen without scrolling."""
    lengths = dict(each for path in PYTHON for each in functions(path))
    long = {name: lines for name, lines in lengths.items() if lines > LONG_FUNCTION}

    assert len(long) <= SHARE_OF_LONG_FUNCTIONS * len(lengths), long


def test_no_module_is_called_after_nothing() -> None:
    vague = {"utils", "util", "helper", "helpers", "manager", "base", "common", "misc"}

    assert [named(path) for path in PYTHON if path.stem in vague] == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [
        f"{named(path)}:{number}"
        for path in written_by_people()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if FOLDERS_OF_ONE_MACHINE.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("line", ["see " + "/ro" + "ot/notes", "cd /ho" + "me/anna/casetracker"])
def test_folders_of_one_machine_would_be_found(line: str) -> None:
    assert FOLDERS_OF_ONE_MACHINE.search(line)


def test_the_lock_names_no_place_to_fetch_from() -> None:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pinned = [line for line in lines if re.match(r"[a-z0-9-]+==", line)]
    hashes = [line for line in lines if re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}( \\)?", line)]

    assert len(pinned) > 30
    assert [line for line in lines if line not in {*pinned, *hashes} and not line.startswith("#")] == []
    assert [line for line in pinned if "://" in line or "@" in line] == []
