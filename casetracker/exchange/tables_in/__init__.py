"""Lists that others made: read from any table, mapped to fields, looked over, and taken in as one action."""
