"""What led to what, on the pages of events and cases."""
