"""Release register: what was given to whom, by whom, on which consents, and what was let through and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.leaving.formats import registered_title
from casetracker.model import Release
from casetracker.model.confidentiality import AUDIENCE_LABELS, Audience
from casetracker.model.dates import KnownDate
from casetracker.reports.blocks import (
    Block,
    Callout,
    Cell,
    Chip,
    Cover,
    Facts,
    Heading,
    Muted,
    Note,
    Para,
    Part,
    Section,
    Strong,
    Table,
    Tone,
)
from casetracker.reports.case_pages import handling
from casetracker.reports.report import Report, Scope
from casetracker.store.reader import DisclosedRecord, Reader


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the papers that were given out, the newest first; with the chosen cases, if any are chosen."""
    found = _chosen(reader, scope)
    day = KnownDate.on(reader.as_of).text()
    title = tr(N_("Release register"))
    yield Section(title, day, new_page=False)
    yield Cover(title, tr(N_("As of {day}"), day=day), _counts(found), handling(reader.audience))
    if code := reader.log_code():
        said = N_(
            "By this code the program tells later whether the log still holds all that was done until now: "
            "choose “Compare with a code” on the page “History”. Keep this paper outside the office."
        )
        yield Callout(tr(N_("Code of the log: {code}"), code=code), tr(said))
    if not found:
        yield Para(tr(N_("No paper was given out.")))
        return
    progress.step(0, 1, title)
    heads = (tr(N_("Given out")), tr(N_("Paper")), tr(N_("To whom")), tr(N_("Cases, consents, people")))
    yield Table(heads, tuple(_row(release) for release in found), widths=(2.2, 3.2, 3, 5))
    yield from _exceptions(found)
    yield Note(
        tr(
            N_(
                "The hash is that of the file as it was given. Whether a paper in hand is that file is said "
                "by the program: choose “Check a paper” on the page “Given out”."
            )
        )
    )


def _chosen(reader: Reader, scope: Scope) -> list[DisclosedRecord]:
    found = [r for r in reader.all(Release) if r.value("released") and r.value("released") <= reader.as_of]
    if scope.case_ids:
        wanted = set(scope.case_ids)
        found = [r for r in found if wanted & {c.value("case_id") for c in r.children("cases")}]
    return sorted(found, key=lambda r: (-r.value("released").toordinal(), r.text("ref")))


def _counts(found: Sequence[DisclosedRecord]) -> tuple[tuple[str, Cell], ...]:
    outside = [r for r in found if r.value("audience") != Audience.INTERNAL.value]
    return (
        (tr(N_("Papers")), str(len(found))),
        (tr(N_("Of these outside the office")), str(len(outside))),
        (tr(N_("Asked back")), str(sum(r.value("recalled") is not None for r in found))),
    )


def _row(release: DisclosedRecord) -> tuple[Cell, ...]:
    day = KnownDate.on(release.value("released")).short()
    pages = release.value("pages")
    long = ntr("{n} page", "{n} pages", pages) if pages else ""
    paper: list[Part] = [report_title(release.text("report"))]
    paper += [Muted(part) for part in (long, release.text("file_name"), release.text("digest")) if part]
    whom: list[Part] = [release.text("addressee") or audience_words(release.text("audience"))]
    if release.text("addressee"):
        whom.append(Muted(audience_words(release.text("audience"))))
    if recalled := release.value("recalled"):
        whom.append(Chip(tr(N_("asked back {day}"), day=KnownDate.on(recalled).short()), Tone.AMBER))
        whom.append(Muted(release.text("recall_note")))
    by = tr(N_("by {name}"), name=release.text("by"))
    return (Strong(release.text("ref")), day, Muted(by)), tuple(paper), tuple(whom), _held(release)


def _held(release: DisclosedRecord) -> Cell:
    """Say which cases stand in the paper and on which consent, and who is named in it."""
    parts: list[Part] = []
    for held in release.children("cases"):
        use, since = held.value("use"), held.value("consented")
        rested = " · ".join(
            part for part in (use.name if use else "", KnownDate.on(since).short() if since else "") if part
        )
        parts.append(tr(N_("{case} ({consent})"), case=held.text("case_id"), consent=rested) if rested
                     else held.text("case_id"))  # fmt: skip
    names = sorted({person.text("person_id") for person in release.children("people")})
    if names:
        parts.append(Muted(", ".join(names)))
    return tuple(parts) or tr(N_("no case"))


def _exceptions(found: Sequence[DisclosedRecord]) -> Iterator[Block]:
    """Yield what was let through although it is held back for its readers; the reason is never left out."""
    let = [(release, each) for release in found for each in release.children("overrides")]
    if not let:
        return
    yield Heading(tr(N_("Let through for one paper")), level=2, anchor="exceptions")
    for release, each in let:
        yield Facts(
            (
                (release.text("ref"), Strong(each.text("kind"))),
                (tr(N_("Why")), each.text("reason")),
                (tr(N_("Who decided it")), each.text("by")),
            )
        )


def report_title(name: str) -> str:
    """Return the title of a kind of paper as the register keeps it; its name if there is none such now."""
    from casetracker.reports import REPORTS

    if exported := registered_title(name):
        return tr(exported)
    return next((tr(r.title) for r in REPORTS if r.name == name), name)


def audience_words(name: str) -> str:
    """Return the words for an audience as the register keeps it."""
    return next((tr(label) for audience, label in AUDIENCE_LABELS.items() if audience.value == name), name)


REPORT = Report(
    name="releases",
    title=N_("Release register"),
    about=N_("What was given to whom, when, by whom, on which consents; what was let through, and why."),
    audiences=(Audience.INTERNAL,),
    build=build,
    two_languages=True,
)
