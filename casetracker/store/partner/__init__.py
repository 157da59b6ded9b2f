"""Cases that go to and fro between offices: by which ids they are known, how copies differ and merge."""
