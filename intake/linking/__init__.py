"""Linking: that several handles are one person's, wished for, proven, noted and undone.

The shapes stand in `intake.links`, since rows and lists bear them too.
"""
