"""What happened on a day: protests, meetings, and what was promised there."""
