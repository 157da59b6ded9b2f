"""`python -m casetracker.store.migrations "what changed"`: write the next migration from the model."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from casetracker.model.entity import Base
from casetracker.store import upgrade

TABLES = ("casetracker.model", "casetracker.store.history", "casetracker.store.meta")


def write_migration(message: str, versions: Path | None = None) -> Path:
    """Bring an empty database in memory to the newest revision, compare it with the model, write the rest."""
    for module in TABLES:
        importlib.import_module(module)
    engine = sa.create_engine("sqlite+pysqlite://", module=sqlcipher, poolclass=StaticPool)
    with engine.connect() as connection:
        config = upgrade.configuration(connection, versions)
        config.attributes["metadata"] = Base.metadata
        command.upgrade(config, "head")
        number = f"{len(upgrade.revisions(versions)) + 1:04d}"
        command.revision(config, message, autogenerate=True, rev_id=number)
    engine.dispose()
    folder = versions or upgrade.MIGRATIONS / "versions"
    return next(folder.glob(f"{number}_*.py"))


def main() -> None:
    """Read the message and say which file was written."""
    parser = argparse.ArgumentParser(prog="python -m casetracker.store.migrations", description=__doc__)
    parser.add_argument("message", help="what changed, in a few words")
    sys.stdout.write(f"{write_migration(parser.parse_args().message)}\n")


if __name__ == "__main__":
    main()
