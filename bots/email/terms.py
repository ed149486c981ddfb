"""What mail takes of an agent's words: any length, at any time."""

from intake.terms import Terms


def terms() -> Terms:
    return Terms()
