"""How the tables came to be what they are: Alembic's environment and its versions, shipped with the program.

After a change of the model, write the next one with `python -m casetracker.store.migrations "what changed"`
and read what it wrote: Alembic cannot see a renamed column, a changed rule of a check, or a full-text table.
"""
