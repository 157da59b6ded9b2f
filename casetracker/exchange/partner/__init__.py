"""Bundles of cases that go to another office, sealed, and the receipts that come back."""
