"""The one door to the records: read, edit, undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from casetracker.errors import Conflict, ReadOnly, UserError
from casetracker.i18n import N_, tr
from casetracker.model.confidentiality import NOTHING, Audience, Sensitivity
from casetracker.model.entity import Entity, children_of, new_id
from casetracker.store import (
    attached,
    derived,
    found_texts,
    frozen,
    history,
    name_keys,
    own_rules,
    own_terms,
    papers,
    reply_days,
)
from casetracker.store.audit import chaining
from casetracker.store.audit.accesses import RESTRICTED, Access, Noted, rows
from casetracker.store.audit.chaining import Chain
from casetracker.store.audit.device import Device
from casetracker.store.bulk import stepping
from casetracker.store.bulk.edit import BulkEdit
from casetracker.store.bulk.logged import Logged
from casetracker.store.draft import Draft
from casetracker.store.edit import Edit
from casetracker.store.engine import Engines, user_errors
from casetracker.store.history import ActionKind, AuditAction, Changed, Told
from casetracker.store.reader import Reader
from casetracker.store.refusals import require_refusals_kept
from casetracker.store.rights import Rights, require_users_kept
from casetracker.store.trouble import Busy

_MOST_TOLD = 500  # records of one action


@dataclass(frozen=True)
class Change:
    """What an action changed: pairs of entity name and record id."""

    label: str
    records: tuple[tuple[str, str], ...]

    def touches(self, *entities: type[Entity]) -> bool:
        """Whether a record of one of these entities was changed."""
        names = {e.__name__ for e in entities}
        return any(name in names for name, _ in self.records)


class Store:
    """One open casebook.

    `who` is the user's name as the audit log writes it; `today` is the clock, handed in so that a paper can
    be made again as of another day; `folder` is the casebook's own, in which the files of documents lie;
    `device` is this computer, which signs the audit log; `rights` is what this user may do, as the casebook
    said when it was opened.
    """

    def __init__(
        self,
        database: sa.Engine,
        who: str,
        *,
        read_only: str = "",
        today: Callable[[], dt.date] = dt.date.today,
        folder: Path | None = None,
        device: Device | None = None,
        rights: Rights | None = None,
    ) -> None:
        engines = Engines.of(database)
        self._reads = sessionmaker(engines.reading, expire_on_commit=False)
        self._edits = sessionmaker(engines.editing, expire_on_commit=False)
        self.who = who
        self.rights = rights or Rights()
        self.read_only = read_only or self.rights.why_not_write
        self._log: sessionmaker[Session] | None = None
        self._viewed: set[tuple[str, str]] = set()
        self.folder = folder
        self.today = today
        self.saved_at: dt.datetime | None = None
        self.compact: Callable[[], None] = lambda: None  # overwrites the freed places of the file
        self.answers_key = b""  # by which what representatives answer in the program is sealed
        self.put_back = ""  # a sentence, if the log lacks what this computer has seen in it
        self.listeners: list[Callable[[Change], None]] = []
        with self.reading() as session:
            own_terms.load(session)
            own_rules.load(session)
            self.chain = Chain.of(session, who, device)

    # Reading

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for the store's own questions, closed at the end and never handed out of `store`."""
        with user_errors(), self._reads() as session:
            yield session

    @contextmanager
    def reader(
        self,
        audience: Audience = Audience.INTERNAL,
        as_of: dt.date | None = None,
        let_through: frozenset[Sensitivity] = NOTHING,
    ) -> Iterator[Reader]:
        """What one audience may see on one day (default today); all that pages and reports are given."""
        with self.reading() as session:
            yield Reader(session, audience, as_of or self.today(), let_through)

    def draft(self, entity: type[Entity], record_id: str = "") -> Draft:
        """Return a record to be edited; a new one if no id is given."""
        if not record_id:
            return Draft(entity, children={name: [] for name in children_of(entity)})
        with self.reading() as session:
            record = session.get(entity, record_id)
            if record is None:
                raise UserError(tr(N_("This record is no longer there; it may have been deleted or undone.")))
            return Draft.of(record)

    # Writing

    @contextmanager
    def edit(self, label: str, *, final: bool = False, passed_over: bool = False) -> Iterator[Edit]:
        """One action of the user: all of it happens, with its audit entry, or none of it.

        A `final` action cannot be undone, because something left the office. One that is `passed_over` cannot
        be undone either, but what was done before it can: that a paper was given out was written down.
        """
        kind = ActionKind.FINAL if final else ActionKind.NOTED if passed_over else ActionKind.EDIT
        with self._action(label, kind) as session:
            yield Edit(session)

    @contextmanager
    def rewriting(self, label: str) -> Iterator[Session]:
        """A session in which the store itself rewrites many records as one action of the user."""
        with self._action(label, ActionKind.EDIT) as session:
            yield session

    @contextmanager
    def unrecorded(self) -> Iterator[Session]:
        """A session for what is no record and has no history (what is being typed); it commits at the end."""
        if self.read_only:
            raise ReadOnly(self.read_only)
        with user_errors(), self._edits() as session:
            yield session
            session.commit()

    def save(self, draft: Draft, label: str = "") -> str:
        """Write one draft as one action; return its id."""
        kind = tr(draft.entity.singular)
        default = tr(N_("Edit {what}"), what=kind) if draft.id else tr(N_("New {what}"), what=kind)
        with self.edit(label or default) as edit:
            return edit.write(draft)

    def delete(self, entity: type[Entity], record_id: str) -> None:
        """Delete one record, and what belongs to it, as one action."""
        with self.edit(tr(N_("Delete {what}"), what=tr(entity.singular))) as edit:
            edit.delete(entity, record_id)

    @contextmanager
    def adding(self, label: str) -> Iterator[BulkEdit]:
        """One action that adds any number of records, such as a list of others, in little memory."""
        with self._logged(label, ActionKind.EDIT) as (session, logged):
            edit = BulkEdit(session, logged)
            yield edit
            edit.flush()

    @contextmanager
    def _logged(
        self, label: str, kind: ActionKind, of_id: str | None = None
    ) -> Iterator[tuple[Session, Logged]]:
        """A session for an action of very many records, and its log, which is written a part at a time."""
        undoing = kind is ActionKind.UNDO
        with self._transaction(label, kind, of_id) as (session, action):
            allowed = partial(self._require_allowed, undoing=undoing)
            logged = Logged(session, action, self.chain, allowed)
            yield session, logged
            logged.end()
            session.commit()
        if logged.told:
            self.tell(Change(label, tuple((name, id_) for name, ids in logged.told.items() for id_ in ids)))

    @contextmanager
    def _transaction(
        self, label: str, kind: ActionKind, of_id: str | None = None
    ) -> Iterator[tuple[Session, AuditAction]]:
        """A session for one action, and the action; what fails in it leaves nothing, and is said in words."""
        self.rights.require_writing()
        if self.read_only:
            raise ReadOnly(self.read_only)
        action = AuditAction(who=self.who, label=label[:300], kind=kind, of_id=of_id, at=_now())
        action.id = new_id()
        with user_errors(), own_rules.put_back_on_failure(self.reading), self._edits() as session:
            try:
                yield session, action
            except StaleDataError as error:
                raise Conflict(
                    tr(N_("This record was changed meanwhile; open it again and repeat."))
                ) from error
            except IntegrityError as error:
                raise UserError(_broken(error)) from error

    def _require_allowed(
        self, session: Session, changes: Sequence[Changed], *, undoing: bool = False
    ) -> None:
        """Raise `UserError` where this user may not do this, or a rule of the casebook stands against it."""
        self.rights.require(changes)
        require_users_kept(session, changes, undoing=undoing)
        if not undoing:  # what was never meant to be said may be taken back
            require_refusals_kept(session, changes)
        frozen.require_unchanged(session, changes)
        own_terms.require_kept(session, changes)

    @contextmanager
    def _action(self, label: str, kind: ActionKind, of_id: str | None = None) -> Iterator[Session]:
        with self._transaction(label, kind, of_id) as (session, action):
            changes = history.watch(session, action)
            yield session
            session.flush()
            attached.sweep(session, changes)
            self._require_allowed(session, changes, undoing=kind is ActionKind.UNDO)
            derived.refresh(session, list(changes))
            name_keys.refresh(session, list(changes))
            found_texts.refresh(session, list(changes))
            papers.refresh(session, list(changes))
            reply_days.refresh(session, changes)
            if changes:
                self.chain.add(session, action.at, chaining.lines_of(session, action, changes))
            session.commit()
        if own_terms.concerned(changes):
            with self.reading() as session:
                own_terms.load(session)
        if changes:
            self.tell(Change(label, tuple(dict.fromkeys((c.entity, c.record_id) for c in changes))))

    def tell(self, change: Change) -> None:
        """Tell whoever listens what was changed."""
        self.saved_at = dt.datetime.now().astimezone()
        for listener in list(self.listeners):
            listener(change)

    def require_writable(self) -> None:
        """Raise `ReadOnly` if nothing can be saved."""
        if self.read_only:
            raise ReadOnly(self.read_only)

    def log_with(self, engine: sa.Engine) -> None:
        """Take what writes into the audit log where nothing else can be written."""
        self._log = sessionmaker(engine, expire_on_commit=False)

    @property
    def notes(self) -> bool:
        """Whether what is looked at can be written into the log, whatever this user may change."""
        return self._log is not None or not self.read_only

    def note(self, *noted: Noted) -> bool:
        """Write into the log what was done without changing a record, whatever the role of the user.

        Nothing on a medium that cannot be written. Who may change nothing is not kept from reading by a
        colleague who is writing just then for so long that the line finds no room. Returns whether it was
        written.
        """
        if not self.notes or not noted:
            return False
        try:
            with self.logging() as (session, at):
                chaining.note(session, self.chain, at, rows(self.who, at, noted))
        except Busy:
            if not self.read_only:
                raise
            return False
        return True

    def viewed(self, entity: type[Entity], record_id: str) -> None:
        """Note, once while the casebook is open, that a record was looked at that is kept more closely."""
        key = (entity.__name__, record_id)
        new = key not in self._viewed and self._is_restricted(entity, record_id)
        if new and self.note(Noted(Access.VIEWED, *key)):
            self._viewed.add(key)

    def _is_restricted(self, entity: type[Entity], record_id: str) -> bool:
        with self.reading() as session:
            level = session.scalar(sa.select(entity.confidentiality).where(entity.id == record_id))
        return level is not None and level >= RESTRICTED

    @contextmanager
    def logging(self) -> Iterator[tuple[Session, dt.datetime]]:
        """A session and the moment, to write something into the audit log that changes no record."""
        if not self.notes:
            raise ReadOnly(self.read_only)
        with user_errors(), (self._log or self._edits)() as session:
            yield session, _now()
            session.commit()

    # Undo

    def can_undo(self) -> str:
        """Return the label of what undo would take back; empty if there is nothing."""
        with self.reading() as session:
            undo, _ = history.stacks(session, self.who)
            return undo[-1].label if undo else ""

    def can_redo(self) -> str:
        """Return the label of what redo would do again; empty if there is nothing."""
        with self.reading() as session:
            _, redo = history.stacks(session, self.who)
            return redo[-1].label if redo else ""

    def undo(self) -> str:
        """Take back the last own action, as a new action, and return its label; raises `UserError`."""
        return self._step_back(forward=False)

    def redo(self) -> str:
        """Do again what was last undone, as a new action; return its label."""
        return self._step_back(forward=True)

    def _step_back(self, *, forward: bool) -> str:
        with self.reading() as session:
            undo, redo = history.stacks(session, self.who)
            action = next(reversed(redo if forward else undo), None)
            large = action is not None and stepping.is_large(session, action)
        if action is None:
            raise UserError(
                tr(N_("There is nothing to redo.")) if forward else tr(N_("There is nothing to undo."))
            )
        if action.kind is ActionKind.FINAL:
            raise UserError(
                tr(
                    N_("“{label}” cannot be undone, because it left the office; withdraw it instead."),
                    label=action.label,
                )
            )
        kind, label = (
            (ActionKind.REDO, N_("Redo: {label}")) if forward else (ActionKind.UNDO, N_("Undo: {label}"))
        )
        said = tr(label, label=action.label)
        if large:
            step = stepping.do_again if forward else stepping.take_back
            with self._logged(said, kind, action.id) as (session, logged):
                step(session, action, logged)
        else:
            with self._action(said, kind, action.id) as session:
                history.apply(session, action, forward=forward)
        return action.label

    def recent(self, limit: int = 10) -> list[Told]:
        """Return the latest actions, newest first, with the records they changed; of very many the first."""
        with self.reading() as session:
            actions = list(
                session.scalars(sa.select(AuditAction).order_by(AuditAction.number.desc()).limit(limit))
            )
            changed: dict[str, list[tuple[str, str]]] = {a.id: [] for a in actions}
            c = history.AuditChange
            query = sa.select(c.entity, c.record_id).order_by(c.number).limit(_MOST_TOLD)
            for action_id, held in changed.items():
                held += [(name, id_) for name, id_ in session.execute(query.where(c.action_id == action_id))]
            return [Told(a.at, a.who, a.label, tuple(changed[a.id])) for a in actions]


def _broken(error: IntegrityError) -> str:
    """Say which rule of the database was broken; its own text stays out, it may hold what was typed."""
    if "FOREIGN KEY" in str(error.orig):
        return tr(N_("Another record still points at this one, or is gone, so nothing was changed."))
    return tr(N_("Something that is needed is missing or is there already, so nothing was changed."))


def _now() -> dt.datetime:
    """The moment in UTC, without its zone: portable between SQLite and PostgreSQL."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
