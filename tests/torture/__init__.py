"""What a casebook must survive: kills, power cuts, full disks, damage; the floors in `make torture`."""
