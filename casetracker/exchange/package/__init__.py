"""The open package: everything that one audience may have, in one encrypted zip that other programs read."""
