"""Who can open the casebook: users together with their key slots, which lie in two places.

What is written first is what is safe to have alone. A new user gets the slot last: one without a slot cannot
open anything. One who leaves is written down as having left first: a slot without a user opens nothing in
this program, though whoever kept a copy of the folder can read the copy.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cache

from mnemonic import Mnemonic

from casetracker.errors import UserError
from casetracker.i18n import N_, current, tr
from casetracker.jobs import Progress
from casetracker.model.people.user import Role
from casetracker.store import keyfile, parts, rekey, users
from casetracker.store.casebook import Casebook
from casetracker.store.keyslots import KdfParameters, Owner, new_slot
from casetracker.store.passphrase import passphrase_problem
from casetracker.store.store import Store

WORDS = 6  # of a first passphrase: 66 bits, and Argon2id in front of them


@cache
def _list(language: str) -> tuple[str, ...]:
    """The list of words of BIP 39 in a language that its readers can type; Kazakh has none of its own."""
    named = {"ru": "russian", "kk": "russian"}.get(language, "english")
    return tuple(Mnemonic.normalize_string(word) for word in Mnemonic(named).wordlist)


def first_passphrase(language: str = "") -> str:
    """Return words by chance, to be told to a new user and changed at the first sign-in."""
    return " ".join(secrets.choice(_list(language or current())) for _ in range(WORDS))


class Access:
    """Users and slots of one open casebook."""

    def __init__(self, casebook: Casebook, store: Store, *, kdf: KdfParameters | None = None) -> None:
        self.casebook, self.store, self._kdf = casebook, store, kdf

    @property
    def may_manage(self) -> bool:
        """Whether this user may change who works with the casebook, here and now."""
        return self.store.rights.manages_users and not self.store.read_only and not self.casebook.keys_altered

    def lines(self) -> list[users.UserLine]:
        """Return all users."""
        return users.lines(self.store)

    def add(self, name: str, role: Role, families: Sequence[str] = (), words: str = "") -> str:
        """Add a user and return the first passphrase. Takes a second. Raises UserError."""
        self.store.rights.require_users()
        words = words or first_passphrase()
        user = secrets.token_hex(16)
        with self.casebook.changing_keys():
            keys = self._keys()
            owner = Owner(self.casebook.id, user, name.strip())
            bounds = self.casebook.bounds
            slot = new_slot(words, self.casebook.key, owner, kdf=self._kdf, bounds=bounds, first=True)
            users.write_new(self.store, user, name, role, tuple(families))
            self._write(keys.with_slots(*keys.slots, slot))
        return words

    def give_passphrase(self, user: str) -> str:
        """Give somebody who forgot theirs a new first passphrase and return it. Raises UserError."""
        self.store.rights.require_users()
        line = self._line(user)
        if line.left is not None:
            raise UserError(tr(N_("This user was deactivated; add a new one instead.")))
        words = first_passphrase()
        with self.casebook.changing_keys():
            keys = self._keys()
            owner = Owner(self.casebook.id, user, line.name)
            bounds = self.casebook.bounds
            slot = new_slot(words, self.casebook.key, owner, kdf=self._kdf, bounds=bounds, first=True)
            kept = [each for each in keys.slots if (each.kind, each.user) != ("passphrase", user)]
            self._write(keys.with_slots(*kept, slot))
        return words

    def change(self, user: str, role: Role, families: Sequence[str] = ()) -> None:
        """Give a user another role, or other families. Raises UserError."""
        users.change(self.store, user, role, tuple(families))

    def deactivate(self, user: str) -> None:
        """Take a user's slots away; the data key stays, so that a copy of the folder still opens to them.

        Raises UserError.
        """
        self._mark_left(user)
        with self.casebook.changing_keys():
            keys = self._keys()
            self._write(keys.with_slots(*(slot for slot in keys.slots if slot.user != user)))

    def deactivate_with_new_key(self, user: str, progress: Progress) -> None:
        """Take a user's slots away, give the casebook a new data key, and close it.

        What is saved and copied from now on does not open with what they may have kept. Raises UserError and
        Cancelled.
        """
        self._mark_left(user)
        rekey.renew(self.casebook, without={user}, progress=progress)

    def without_new_slot(self) -> list[str]:
        """Return the names of users who lose their slot with a new data key, because it is an old one."""
        old = rekey.who_cannot_stay(self._keys())
        return [line.name for line in self.lines() if line.id in old and line.left is None]

    def change_own_passphrase(self, old: str, new: str) -> None:
        """Take another passphrase. Raises UserError, WrongPassphrase."""
        if problem := passphrase_problem(new):
            raise UserError(problem)
        if old == new:
            raise UserError(tr(N_("This is the passphrase you have; take another one.")))
        self.casebook.change_passphrase(old, new, kdf=self._kdf)

    def new_recovery_code(self, secret: str) -> str:
        """Make a new recovery code and return it; the old one no longer opens. Raises UserError."""
        return self.casebook.new_recovery_code(secret, kdf=self._kdf)

    def new_recovery_parts(self, secret: str, needed: int, of: int) -> list[str]:
        """Make a new recovery code, part it among `of` people, any `needed` of whom can open the casebook.

        Nobody sees the code itself. The old code no longer opens. Raises UserError.
        """
        code, made = parts.new_parts(needed, of)
        self.casebook.new_recovery_code(secret, kdf=self._kdf, code=code)
        return made

    def _mark_left(self, user: str) -> None:
        self.store.rights.require_users()
        if user == self.casebook.user_id:
            raise UserError(tr(N_("You cannot deactivate yourself; another administrator can.")))
        if self._line(user).left is None:
            users.mark_left(self.store, user)

    def _line(self, user: str) -> users.UserLine:
        for line in self.lines():
            if line.id == user:
                return line
        raise UserError(tr(N_("This user is no longer there; look at the list again.")))

    def _keys(self) -> keyfile.KeyFile:
        keys = keyfile.newest(self.casebook.folder)
        if not keys.holds(self.casebook.key):
            raise UserError(tr(N_("The key files changed meanwhile; close the casebook and open it again.")))
        return keys

    def _write(self, keys: keyfile.KeyFile) -> None:
        keyfile.write(self.casebook.folder, keys.sealed(self.casebook.key))
