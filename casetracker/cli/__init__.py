"""The command line: the same functions as the window, without a display.

What goes wrong is one sentence on standard error; 1 says that it went wrong, 2 that the words of the command
were not right. The passphrase is asked for, or read from CASETRACKER_PASSPHRASE; it is never shown.
A command is a function of one of the files beside this one, and a line below `app`.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

import typer

from casetracker.cli import casebooks, erasing, exchange, in_hand, keeping, papers
from casetracker.cli.words import MISUSED, PASSPHRASE, Misuse, complain
from casetracker.errors import NotForAudience, UserError
from casetracker.i18n import N_, tr

__all__ = ["PASSPHRASE", "app", "main"]

STOPPED = N_("Stopped.")
INTERRUPTED = 130  # what Typer makes of Ctrl+C

app = typer.Typer(
    name="casetracker",
    help="The memory of a human-rights advocacy office: cases, families, protests, meetings, promises.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.callback(invoke_without_command=True)(casebooks.start)
app.command()(casebooks.new)  # in the order in which --help shows them
app.command("open")(casebooks.open_window)
app.command()(casebooks.example)
app.command()(casebooks.review)
app.command()(papers.report)
app.command()(exchange.export)
app.command("import")(exchange.import_list)
app.command()(in_hand.verify)
app.command()(in_hand.certificate)
app.command()(casebooks.check)
app.command()(erasing.erase_person)
app.command()(keeping.backup)
app.command()(keeping.backups)
app.command()(keeping.restore)
app.command()(keeping.rescue)
app.command(hidden=True)(in_hand.read_text)
app.command(hidden=True)(in_hand.look)
app.command()(in_hand.import_reply)
app.command()(casebooks.search)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    _speak_unicode()
    try:
        done = app(list(sys.argv[1:] if words is None else words), standalone_mode=False)
        sys.stdout.flush()
        return complain(tr(STOPPED)) if done == INTERRUPTED else int(done or 0)
    except (Misuse, NotForAudience) as error:
        return complain(error, MISUSED)
    except UserError as error:
        return complain(error)
    except (KeyboardInterrupt, typer.Abort):
        return complain(tr(STOPPED))
    except BrokenPipeError:  # whoever read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last place before a traceback with the user's data in it
        if say := getattr(error, "format_message", None):  # Typer's, whose class depends on its version
            return complain(say(), MISUSED)
        return _crashed(error)


# How it ends


def _crashed(error: Exception) -> int:
    from casetracker.logs import write_report

    path = write_report(error)
    kind = type(error).__name__
    if path is None:
        return complain(tr(N_("Something is wrong in the program itself ({kind})."), kind=kind))
    sentence = N_(
        "Something is wrong in the program itself ({kind}); where, but none of your data, is in {path}."
    )
    return complain(tr(sentence, kind=kind, path=path))


def _speak_unicode() -> None:
    """Names are in four scripts: what a console cannot show becomes a question mark, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
