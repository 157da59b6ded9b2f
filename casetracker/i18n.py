"""Translation without Qt: texts are marked where they are written and translated where they are shown.

`N_` marks a text for the catalogue (labels in the model), `tr` translates it late, `ntr` chooses the plural.
The window's language is set once with `use`; a report in another language is built inside `language(...)`.
"""

from __future__ import annotations

import gettext
import locale as system_locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from casetracker.paths import resource

DOMAIN = "casetracker"
PSEUDO = "qps"
# How each language calls itself: whoever looks for theirs may read no other.
OWN_NAMES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}

BETWEEN = " / "  # the same in two languages on one line

_window = "en"
_override: ContextVar[str | None] = ContextVar("language", default=None)


class _Pseudo(gettext.NullTranslations):
    """A made-up language that shows which texts never went through the catalogue."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid1 if n == 1 else msgid2}]"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == PSEUDO:
        return _Pseudo()
    written = resource("translations") / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = written.with_suffix(".mo")
    if written.exists() and not (compiled.exists() and compiled.stat().st_mtime >= written.stat().st_mtime):
        return _compiled(written, language)
    return gettext.translation(DOMAIN, resource("translations"), [language], fallback=True)


def _compiled(written: Path, language: str) -> gettext.NullTranslations:
    """Return a catalogue that nobody compiled yet ("make messages" does), as in a fresh checkout."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = BytesIO()
    with written.open("rb") as file:
        write_mo(made, read_po(file, locale=language))
    made.seek(0)
    return gettext.GNUTranslations(made)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext users expect
    """Mark a text for the catalogue; it is translated later, when it is shown."""
    return message


def tr(message: str, **values: object) -> str:
    """Return the text in the language now in use, with `{name}` replaced by the values."""
    text = _catalogue(current()).gettext(message) if message else ""
    return _filled(text, values) if values else text


def ntr(one: str, many: str, n: int, **values: object) -> str:
    """Return the text in the plural form that `n` asks for; `{n}` is the number."""
    return _filled(_catalogue(current()).ngettext(one, many, n), {"n": n, **values})


def in_window(message: str, **values: object) -> str:
    """Return the text in the language of the window: how far the work is, while a paper speaks another."""
    with of_window():
        return tr(message, **values)


def _filled(text: str, values: dict[str, object]) -> str:
    """Put the values into their places; an abbreviation at the end of a sentence has one point, not two.

    Dates in Russian end with "г.", as in "до 8 ноября 2021 г."
    """
    shown = {
        name: value.removesuffix(".") if isinstance(value, str) and f"{{{name}}}." in text else value
        for name, value in values.items()
    }
    return text.format(**shown)


def current() -> str:
    """The language now in use: that of the report being built, else that of the window."""
    return _override.get() or _window


def locale() -> str:
    """The locale by which Babel writes dates and numbers in the language now in use."""
    return {"en": "en_GB", PSEUDO: "en_GB"}.get(current(), current())


def languages() -> list[str]:
    """Return the languages that there are texts in: English, and those it was translated into."""
    translated = [
        file.parent.parent.name
        for kind in ("mo", "po")
        for file in resource("translations").glob(f"*/LC_MESSAGES/{DOMAIN}.{kind}")
    ]
    return ["en", *sorted(set(translated))]


def fitting(wanted: str = "") -> str:
    """Return the language to use: the one that was chosen, else that of the system where we speak it."""
    known = languages()
    if wanted in known or wanted == PSEUDO:
        return wanted
    system = (system_locale.getlocale()[0] or os.environ.get("LANG", ""))[:2].lower()
    return system if system in known else "en"


def use(code: str) -> None:
    """Set the language of the window ("en", "ru", "kk")."""
    global _window  # noqa: PLW0603 - one window, one language
    _window = code


@contextmanager
def language(code: str) -> Iterator[None]:
    """Use another language inside the `with`, in this thread only."""
    token = _override.set(code)
    try:
        yield
    finally:
        _override.reset(token)


@contextmanager
def of_window() -> Iterator[None]:
    """Use the language of the window inside the `with`, though a paper in another one is being made."""
    token = _override.set(None)
    try:
        yield
    finally:
        _override.reset(token)
