"""A backup of the whole folder: one archive, and a new folder from it.

`collect` finds what belongs into it, `pack` writes it, `unpack` makes the folder, and `archive` is what both know of
its form.
"""
