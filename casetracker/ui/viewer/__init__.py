"""Looking at documents inside the program, from memory; see `window`."""
