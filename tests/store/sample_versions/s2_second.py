"""The next state: a table that others point to is rebuilt, which would empty them if foreign keys were on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "s2"
down_revision = "s1"


def upgrade() -> None:
    with op.batch_alter_table("people", recreate="always") as people:
        people.add_column(sa.Column("born", sa.String(40), nullable=False, server_default="?"))
