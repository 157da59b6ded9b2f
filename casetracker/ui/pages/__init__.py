"""The pages that people live in, designed by hand."""
