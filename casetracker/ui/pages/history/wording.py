"""Lines of the history as rich text: days, sentences, and what was taken out and put in."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from babel.dates import format_date

from casetracker.i18n import N_, locale, ntr, tr
from casetracker.store.audit.entries import Op
from casetracker.store.audit.reading import HistoryLine
from casetracker.store.audit.telling import FieldDiff, RecordDiff
from casetracker.ui.desk import PAGE_OF
from casetracker.ui.style import COLOURS, TONES, Tone, px

_SHORT = 60  # letters, up to which a value is shown whole beside the other
_AGAIN = 24  # letters of the value that a link brings back
_AROUND = 6  # words that are shown beside what differs in a long text
_MOST_FIELDS, _MOST_RECORDS = 8, 12
_DONE = {
    "added": (N_("added"), Tone.GREEN),
    "changed": (N_("changed"), Tone.GREY),
    "deleted": (N_("deleted"), Tone.RED),
    "erased": (N_("erased"), Tone.GREY),
    "seen": ("", Tone.GREY),
}


@dataclass(frozen=True)
class Shown:
    """How lines are shown: `unfolded` are the entries shown whole; `about` is the record of the page.

    Lines `of_field` all tell of one field.
    """

    unfolded: frozenset[int] = frozenset()
    about: str = ""
    restorable: bool = False
    of_field: bool = False


def page(lines: Sequence[HistoryLine], shown: Shown, foot: str = "") -> str:
    """Return the lines under their days, the newest first."""
    parts = []
    for day, of_day in groupby(lines, key=lambda line: line.local.date()):
        said = format_date(day, "full", locale=locale())
        parts.append(f'<p style="margin:{px(14)}px 0 {px(6)}px 0; font-weight:600">{html.escape(said)}</p>')
        parts += [_line(line, shown) for line in of_day]
    return f'<div style="color:{COLOURS["text"]}">{"".join(parts)}{foot}</div>'


def _line(line: HistoryLine, shown: Shown) -> str:
    head = f"{_tint(f'{line.local:%H:%M}', 'muted')}&nbsp; {html.escape(line.who)}"
    said = html.escape(line.label)
    links = []
    if shown.restorable and line.op is Op.ACTION and line.records:
        links.append(_link(f"restore:{line.seq}", _way_back(line, of_field=shown.of_field)))
    if line.carried:
        links.append(_tint(tr(N_("from before the log was sealed")), "muted"))
    records = line.records if line.seq in shown.unfolded else line.records[:_MOST_RECORDS]
    body = "".join(_record(record, line, shown) for record in records)
    if len(records) < len(line.records):
        more = ntr("and {n} more record", "and {n} more records", len(line.records) - len(records))
        body += f"<br>{_link(f'unfold:{line.seq}', more)}"
    tail = f" &nbsp; {' &nbsp; '.join(links)}" if links else ""
    return (
        f'<table width="100%" cellspacing="0" cellpadding="0" style="margin:0 0 {px(8)}px 0"><tr>'
        f'<td width="{px(4)}" bgcolor="{COLOURS["line"]}"></td>'
        f'<td style="padding:{px(4)}px {px(4)}px {px(5)}px {px(11)}px" bgcolor="{COLOURS["paper"]}">'
        f"{head} &nbsp;<b>{said}</b>{tail}{body}</td></tr></table>"
    )


def _way_back(line: HistoryLine, *, of_field: bool) -> str:
    """Say what the link of a line does."""
    if not of_field:
        return tr(N_("Bring back…"))
    before = line.records[0].fields[0].before
    if not before:
        return tr(N_("Empty it again"))
    short = before if len(before) <= _AGAIN else f"{before[:_AGAIN].rstrip()}…"
    return tr(N_("Restore “{value}”"), value=short)


def _record(record: RecordDiff, line: HistoryLine, shown: Shown) -> str:
    done, tone = _DONE[record.op]
    title = html.escape(record.title) if record.title else ""
    if title and record.record_id != shown.about and record.entity in PAGE_OF and record.op != "deleted":
        title = _link(f"open:{record.entity}:{record.record_id}", record.title)
    word = f'<span style="color:{TONES[tone].text}">{html.escape(tr(done))}</span>' if done else ""
    what = " ".join(part for part in (html.escape(record.kind), title, word) if part)
    whole = line.seq in shown.unfolded
    fields = record.fields if whole else record.fields[:_MOST_FIELDS]
    if record.op in ("added", "deleted"):
        rows = [_said(f, record.op) for f in fields]
    else:
        rows = [_changed(f, whole=whole) for f in fields]
    text = "".join(f'<div style="margin:0 0 0 {px(18)}px">{row}</div>' for row in rows)
    if len(fields) < len(record.fields):
        more = ntr("and {n} more field", "and {n} more fields", len(record.fields) - len(fields))
        text += f'<div style="margin:0 0 0 {px(18)}px">{_link(f"unfold:{line.seq}", more)}</div>'
    return f'<div style="margin:{px(3)}px 0 0 {px(2)}px">{what}</div>{text}'


def _said(field: FieldDiff, op: str) -> str:
    text = field.after if op == "added" else field.before
    shown = _short(text) if op == "added" else _tint(_cut(text), "muted")
    return f"{_label(field)} {shown}"


def _changed(field: FieldDiff, *, whole: bool) -> str:
    if not field.before:
        return f"{_label(field)} {_in(field.after if whole else _cut(field.after))}"
    if not field.after:
        return f"{_label(field)} {_out(field.before if whole else _cut(field.before))}"
    if max(len(field.before), len(field.after)) <= _SHORT:
        return f"{_label(field)} {_out(field.before)} → {_in(field.after)}"
    return f"{_label(field)} {words_that_differ(field.before, field.after, whole=whole)}"


def words_that_differ(before: str, after: str, *, whole: bool = False) -> str:
    """Return two long texts as one, with what was taken out and put in marked, and cut where they agree."""
    was, becomes = before.split(), after.split()
    parts = []
    steps = SequenceMatcher(None, was, becomes, autojunk=False).get_opcodes()
    for number, (deed, a, b, c, d) in enumerate(steps):
        if deed == "equal":
            parts.append(html.escape(_near(was[a:b], number > 0, number < len(steps) - 1, whole=whole)))
            continue
        if b > a:
            parts.append(_out(" ".join(was[a:b])))
        if d > c:
            parts.append(_in(" ".join(becomes[c:d])))
    return " ".join(part for part in parts if part)


def _near(words: list[str], after: bool, before: bool, *, whole: bool) -> str:
    """Cut words that both texts have, but for those next to what differs."""
    keep = _AROUND * (int(after) + int(before))
    if whole or len(words) <= keep + 2:
        return " ".join(words)
    begin = " ".join(words[:_AROUND]) if after else ""
    end = " ".join(words[-_AROUND:]) if before else ""
    return f"{begin} … {end}".strip()


def _label(field: FieldDiff) -> str:
    return _tint(f"{field.label}:", "muted")


def _cut(text: str) -> str:
    return text if len(text) <= 3 * _SHORT else f"{text[: 3 * _SHORT].rstrip()}…"


def _short(text: str) -> str:
    return html.escape(_cut(text))


def _out(text: str) -> str:
    return (
        f'<span style="background:{TONES[Tone.RED].fill}; color:{TONES[Tone.RED].text};'
        f' text-decoration:line-through">{html.escape(text)}</span>'
    )


def _in(text: str) -> str:
    return (
        f'<span style="background:{TONES[Tone.GREEN].fill}; color:{TONES[Tone.GREEN].text}">'
        f"{html.escape(text)}</span>"
    )


def _tint(text: str, colour: str) -> str:
    return f'<span style="color:{COLOURS[colour]}">{html.escape(text)}</span>'


def _link(target: str, text: str) -> str:
    return (
        f'<a href="{html.escape(target)}" style="color:{COLOURS["primary"]}; text-decoration:none">'
        f"{html.escape(text)}</a>"
    )


def more_link(target: str, texts: Iterable[str]) -> str:
    """Return a line at the foot that leads on."""
    return f"<p>{' · '.join(_link(target, text) for text in texts)}</p>"
