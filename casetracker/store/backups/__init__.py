"""Backups: sealed copies of a casebook in another place, looked at after writing, thinned out with time.

In the place that the user chose lies a folder for each casebook, `casetracker-backup-…` with a part of its
random id, and in it a folder for each backup, named after its moment, and one folder `evidence` with the
sealed files that all of them share, under their random names: a file is copied once, also to a stick that
knows no hard links. Records and files are the encrypted ones, the key files are those of the casebook: a
backup opens with the passphrases that opened the casebook when it was made, and tells nobody anything
without one.
"""
