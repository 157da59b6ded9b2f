"""Who changed what, when, and what stood there before: of a record, of a field, of the whole office."""
