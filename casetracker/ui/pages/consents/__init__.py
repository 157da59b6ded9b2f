"""Consents by hand: the matrix of uses and people, asking all at once, withdrawing."""
