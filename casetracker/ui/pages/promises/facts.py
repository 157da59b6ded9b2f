"""What is known of a promise beyond its words and its day."""

from __future__ import annotations

from casetracker.i18n import N_, tr
from casetracker.store import promises
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.ui.widgets.facts import Fact


def more_facts(promise: DisclosedRecord, reader: Reader) -> list[Fact]:
    """Return the post and who holds it now, how often it was promised, what would count, and the proof."""
    heard = ", ".join(h.text("person_id") for h in promise.children("heard"))
    now = promises.successor(reader, promise)
    inherited = tr(N_("now {name}, who inherits it"), name=now.name) if now else ""
    return [
        Fact(promise.label("post_id"), promise.text("post_id"), inherited),
        Fact(tr(N_("Promised how often")), promises.made_again(promise, reader)),
        Fact(promise.label("test"), promise.text("test")),
        Fact(promise.label("heard"), heard),
        Fact(promise.label("evidence"), promise.text("evidence")),
    ]
