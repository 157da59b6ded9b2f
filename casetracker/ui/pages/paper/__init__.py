"""What stands beside the preview of a paper: its options, the profiles, what is missing."""
