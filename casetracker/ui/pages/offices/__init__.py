"""Offices: what sort of body they are, their posts, and who held them."""
