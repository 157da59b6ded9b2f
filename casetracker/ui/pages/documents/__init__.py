"""The documents of a record, on any page."""
