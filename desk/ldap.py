"""The settings of an LDAP server, the table `ldap` of firstline.toml; off while it is empty."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from desk.sections import Section
from intake.errors import Invalid

COLUMNS = (
    "id", "name", "first_name", "last_name", "mail", "phone", "place", "machine", "language",
    "department", "organization",
)  # fmt: skip
USUAL = (
    "id=entryUUID name=cn mail=mail phone=telephoneNumber,mobile place=roomNumber"
    " language=preferredLanguage department=departmentNumber organization=o"
)


class LdapSettings(Section):
    """Where people are looked up, and which attribute tells what."""

    url: str = Field(default="", description="ldaps://host or ldap://host; empty: no LDAP")
    starttls: bool = Field(default=True, description="with ldap://, TLS before anything is said")
    ca_file: Path | None = Field(
        default=None, description="certificate of whoever signed the server's; empty: the system's"
    )
    bind_dn: str = Field(default="", description="who we are there; empty: nobody")
    password: SecretStr = Field(default=SecretStr(""), description="of bind_dn")
    password_file: Path | None = Field(default=None, description="a file that holds it")
    base: str = Field(default="", description="below which people are looked for")
    filter: str = Field(
        default="(objectClass=inetOrgPerson)", description="which entries they are"
    )
    attributes: str = Field(default=USUAL, description="column=attribute,attribute …")

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            is_whole = (
                parts.scheme in ("ldap", "ldaps") and bool(parts.hostname) and parts.port != 0
            )
        except ValueError:
            is_whole = False
        if value and not is_whole:
            raise ValueError("is an address such as ldaps://ldap.example.org")
        return value

    @field_validator("attributes")
    @classmethod
    def _names_columns(cls, value: str) -> str:
        for pair in value.split():
            column, _, names = pair.partition("=")
            if column not in COLUMNS or not names:
                raise ValueError(f"{pair!r} is no column=attribute; columns: {', '.join(COLUMNS)}")
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.is_on and not self.base:
            raise ValueError("`url` needs `base` too")
        return self

    @property
    def is_on(self) -> bool:
        return bool(self.url)

    @property
    def starts_tls(self) -> bool:
        return self.starttls and self.url.startswith("ldap://")

    @property
    def ca_path(self) -> str | None:
        return str(self.ca_file) if self.ca_file else None

    @property
    def columns(self) -> Mapping[str, Sequence[str]]:
        """Attributes by what they tell."""
        pairs = (pair.partition("=") for pair in self.attributes.split())
        return {column: names.split(",") for column, _, names in pairs}

    def secret(self) -> str:
        """Raises Invalid where its file can't be read."""
        if self.password_file is None:
            return self.password.get_secret_value()
        try:
            return self.password_file.read_text("utf-8").rstrip("\r\n")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise Invalid("people_file", path=str(self.password_file), reason=reason) from error
