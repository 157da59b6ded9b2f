"""What paper the words of a command ask for, with what a profile says where they say nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casetracker.cli.words import Misuse, audience_named, language_named
from casetracker.errors import NotForAudience, UserError
from casetracker.i18n import N_, tr

if TYPE_CHECKING:
    from casetracker.reports.make import ReleaseWanted, Wanted
    from casetracker.reports.report import Report
    from casetracker.store.releases import Override
    from casetracker.store.report_profiles import Profile
    from casetracker.store.store import Store

WITHOUT = "none"


@dataclass(frozen=True)
class About:
    """What the paper is about: references that can only be looked up when the casebook is open."""

    refs: tuple[str, ...]
    meeting: str
    each: bool


@dataclass(frozen=True)
class Asked:
    """The words as they were written; empty ones leave it to the profile, or to what is usual."""

    report: Report
    audience: str
    language: str
    second_language: str
    to: str
    profile: str
    as_of: dt.date | None
    since: dt.date | None
    overrides: tuple[Override, ...]
    reply_form: bool
    registered: bool
    submitter: str = ""

    @property
    def leaves_no_trace(self) -> bool:
        """Whether nothing is written into the casebook."""
        return self.report.blank or not self.registered

    def wanted(self, kept: Profile | None) -> Wanted:
        """Return the paper, about everything; raises `Misuse` or `NotForAudience` if it cannot be made."""
        from casetracker.reports.make import Wanted, require_possible
        from casetracker.reports.options import Options, options_from
        from casetracker.reports.report import Scope

        if kept and kept.report != self.report.name:
            sentence = N_("The profile “{name}” is for the report “{report}”; write that name.")
            raise Misuse(tr(sentence, name=kept.name, report=kept.report))
        options = options_from(kept.options, kept.logo) if kept else Options()
        wanted = Wanted(
            self.report,
            audience_named(self.audience or (kept.audience if kept else "")),
            language_named(self.language or (kept.language if kept else "en")),
            Scope(since=self.since, reply_form=self.reply_form, options=options),
            self.as_of,
            frozenset(each.kind for each in self.overrides),
            self._second(kept),
        )
        if wanted.second_language == wanted.language:
            raise Misuse(tr(N_("The second language is the first one again; choose another, or “none”.")))
        try:
            require_possible(wanted)
        except NotForAudience:
            raise
        except UserError as error:
            raise Misuse(str(error)) from None
        return wanted

    def _second(self, kept: Profile | None) -> str:
        said = self.second_language.strip().lower()
        if said:
            return "" if said == WITHOUT else language_named(said)
        return kept.second_language if kept else ""

    def submitted(self, wanted: Wanted, store: Store) -> Wanted:
        """Return the paper with who submits it; raises `UserError` if nobody is called so."""
        from casetracker.store.submitters import choice_named

        if not self.submitter:
            return wanted
        if not wanted.report.submitter:
            raise Misuse(tr(N_("“{report}” has no sheet of a submitter."), report=tr(wanted.report.title)))
        choice = "" if self.submitter == WITHOUT else choice_named(store, self.submitter)
        options = replace(wanted.scope.options, submitter=choice)
        return replace(wanted, scope=replace(wanted.scope, options=options))

    def release(self, wanted: Wanted, kept: Profile | None) -> ReleaseWanted:
        """Return how the register is to keep it; raises `Misuse` where it may not be left out."""
        from casetracker.model.confidentiality import Audience
        from casetracker.reports.make import ReleaseWanted

        if not self.registered and wanted.audience is not Audience.INTERNAL:
            raise Misuse(
                tr(N_("Only papers for the office itself may leave no trace; leave out --no-register."))
            )
        to = self.to or (kept.addressee if kept else "")
        return ReleaseWanted(to, overrides=self.overrides, registered=not self.leaves_no_trace)
