"""The rules of time of the office, its days off and the monthly indices."""
