"""Measures Firstline beside the limits of the machine it runs on: `make bench`.

Every figure stands next to a peer or a limit measured in the same run, turn by turn with it, so
that a busy machine moves both. What the targets are is in each area's module.
"""
