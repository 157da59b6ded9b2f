"""Intake day: the queue, the one-page sheet, and what is to be completed."""
