"""The texts of the program for translators: gather them, bring every language up to date, compile them.

`update` does all three; `check` says whether a text was written that the catalogue does not have yet;
`compile` makes the files that the program reads, which are not kept in git.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "casetracker"
TRANSLATIONS = ROOT / "resources" / "translations"
TEMPLATE = TRANSLATIONS / "casetracker.pot"
KEYWORDS = {"N_": None, "tr": None, "ntr": (1, 2)}
LONG_AGO = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)  # a fixed day: a new date would change the file every time


def gathered() -> Catalog:
    """Return every text that stands in the source inside `N_`, `tr` or `ntr`."""
    catalog = Catalog(
        project="casetracker", copyright_holder="the casetracker authors", creation_date=LONG_AGO
    )
    found = extract_from_dir(
        SOURCES, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for name, _line, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        where = (f"casetracker/{Path(name).as_posix()}", 0)
        catalog.add(message, locations=[where], auto_comments=comments, context=context)
    return catalog


def languages() -> list[Path]:
    """Return the catalogue of each language that somebody has begun to translate."""
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/casetracker.po"))


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalogue for people: with the file a text stands in, but not its line, which changes daily."""
    with path.open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False, sort_by_file=True)


def update() -> int:
    """Gather the texts, carry them into every language, and compile."""
    fresh = gathered()
    write(TEMPLATE, fresh)
    for path in languages():
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parent.parent.name)
        catalog.update(fresh, update_creation_date=False)
        write(path, catalog)
    print(f"{len(fresh)} texts, {len(languages())} languages besides English")
    return compile_all()


def compile_all() -> int:
    """Make the files that the program reads."""
    for path in languages():
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parent.parent.name)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
    return 0


def check() -> int:
    """Return 1 if the catalogue for translators is not what the source says."""
    with TEMPLATE.open("rb") as file:
        kept = {message.id for message in read_po(file)}
    written = {message.id for message in gathered()}
    for text in sorted(map(str, written ^ kept)):
        print(f"  {text!r}", file=sys.stderr)
    if written != kept:
        print('The catalogue of texts is not up to date; run "make messages".', file=sys.stderr)
    return int(written != kept)


if __name__ == "__main__":
    tasks = {"update": update, "check": check, "compile": compile_all}
    sys.exit(tasks[sys.argv[1]]())
