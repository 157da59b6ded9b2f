"""What stands above a list: a field, the conditions it is narrowed by, the sentence they make, and views."""
