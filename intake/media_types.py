"""What a file is, told by its first bytes and not by who sent it (RFC 6838 names the types)."""

UNKNOWN_TYPE = "application/octet-stream"


def media_type(content: bytes, *, name: str = "", said: str = UNKNOWN_TYPE) -> str:
    """By the content's signature; what has none is what its sender `said`."""
    import puremagic

    try:
        return str(puremagic.from_string(content, mime=True, filename=name or None)) or said
    except (puremagic.PureError, ValueError):
        return said
