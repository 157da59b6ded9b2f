"""Family trees as genealogy programs write them (GEDCOM 5.5.1 and 7): people and their families."""
