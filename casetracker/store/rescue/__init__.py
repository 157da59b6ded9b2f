"""Saving what can be read of damaged records, without ever taking an altered page for a true one."""
