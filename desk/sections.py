"""What tables of firstline.toml have in common: what they refuse, and kinds of values."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict


def _web_address(value: str) -> str:
    """Empty, or what a browser can open."""
    try:
        parts = urlsplit(value)
        scheme, host, _port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:  # a bracket too many, a port that is none
        scheme = host = ""
    if value and not (scheme in ("http", "https") and host):
        raise ValueError("is an address with https://, such as https://desk.example.org")
    return value


def said(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("can't be empty")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]


class Section(BaseModel):
    """A table of firstline.toml; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
