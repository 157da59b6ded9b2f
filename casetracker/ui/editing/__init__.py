"""Forms over drafts: an editor for each kind of field, what is wrong beside it, and a dialog around them."""
