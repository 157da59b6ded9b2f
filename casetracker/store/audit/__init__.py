"""The audit log as a chain: what is written is bound to all that was written before it."""
