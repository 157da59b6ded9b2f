"""Casetracker: detained relatives, their families, protests and official meetings, kept safely."""

__version__ = "0.1.0"
