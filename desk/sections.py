"""What tables of firstline.toml have in common: what they refuse, and kinds of values."""

import re
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
    if value and (NO_ADDRESS.search(value) or not (scheme in ("http", "https") and host)):
        raise ValueError("is an address with https://, such as https://desk.example.org")
    if "?" in value or "#" in value:  # more is written behind it
        raise ValueError("ends before any ? or #")
    return value


def _host(value: str) -> str:
    if not HOST.fullmatch(value):
        raise ValueError("is a server's name alone, such as mail.example.org, without a port")
    return value


def said(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("can't be empty")
    return value


NO_ADDRESS = re.compile(r"[\s<>\"\\^`{|}]")  # none of these stands in one (RFC 3986, 2)
HOST = re.compile(r"[^\s:/?#@\[\]]*|[0-9a-fA-F:.]+")  # a name, or a number of either IP
WebAddress = Annotated[str, AfterValidator(_web_address)]
Host = Annotated[str, AfterValidator(_host)]


class Section(BaseModel):
    """A table of firstline.toml; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
