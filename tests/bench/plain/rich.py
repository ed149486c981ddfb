"""Stands before the real `rich`, which comes with the development tools alone.

Where it is installed structlog loads it: what is measured is what a desk installs.
"""

raise ImportError("not in a plain install")
