"""The page on which the office sends reviews to families and decides what came back."""
