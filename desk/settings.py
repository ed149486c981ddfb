"""Every setting, from `firstline.toml` and the environment; a wrong key or value stops the start.

The environment wins over the file: FIRSTLINE_TELEGRAM__TOKEN is `token` in `[telegram]`.
"""

import os
import secrets
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from desk.channels import (
    GRAPH,
    TELEGRAM,
    VIBER,
    AgentsBotSettings,
    EmailSettings,
    MetaSettings,
    TelegramSettings,
    ViberSettings,
)
from desk.ldap import LdapSettings
from desk.sections import Section, WebAddress, said
from intake.errors import Invalid, Unavailable
from intake.sla import WorkingHours
from intake.timers import Patience
from intake.turns.strangers import Strangers
from store.private import keep_private, make_private_folder

FILE = "firstline.toml"
PREFIX = "FIRSTLINE_"
KEY_BYTES = 32
# What is wrong, by pydantic's types of errors; in braces what it knows of the case.
WRONG = {
    "extra_forbidden": "there is no such setting",
    "value_error": "{error}",
    "model_type": "is a table; write [{key}] and its keys below",
    "model_attributes_type": "is a table; write [{key}] and its keys below",
    "path_type": "is a path in quotation marks",
    "string_type": "is text in quotation marks",
    "int_type": "is a whole number",
    "int_parsing": "is a whole number",
    "int_from_float": "is a whole number",
    "float_type": "is a number",
    "float_parsing": "is a number",
    "bool_type": "is true or false",
    "bool_parsing": "is true or false",
    "time_type": "is a time such as 08:00",
    "time_parsing": "is a time such as 08:00",
    "enum": "is one of {expected}",
    "literal_error": "is one of {expected}",
    "greater_than": "is more than {gt:g}",
    "greater_than_equal": "is {ge} at least",
    "less_than_equal": "is {le} at most",
}


def _database_address(value: str) -> str:
    """Its words are never shown: they may hold a password."""
    try:
        urlsplit(value)
    except ValueError:
        raise ValueError("is no address; write postgres://user:password@host/name") from None
    return value


class DeskSettings(Section):
    """How the desk presents itself and what it promises."""

    name: Annotated[str, BeforeValidator(said)] = Field(
        default="IT help desk", description="who signs the bot's words"
    )
    time_zone: str = Field(
        default="Europe/Kyiv", description="IANA name; for dates and working hours"
    )
    language: Literal["uk", "en", "sk", "el", "it"] = Field(
        default="en", description="of new agents and of whoever's language is not known"
    )
    country: Literal["", "UA", "GB", "SK", "GR", "IT"] = Field(
        default="", description="where telephone numbers without a country code are from"
    )
    opens: time = Field(default=time(8), description="when work starts, Monday to Friday")
    closes: time = Field(default=time(18), description="when work ends")
    answers_within_hours: float = Field(
        default=4, gt=0, le=240, description="working hours until the promised first answer"
    )
    reminds_after_hours: float = Field(
        default=4,
        ge=0,
        le=240,
        description="working hours until the one reminder of a card without answer; 0: none",
    )
    goes_on_after_days: float = Field(
        default=1, gt=0, le=60, description="working days until the ticket goes on without answers"
    )
    unknown_people: Strangers = Field(
        default=Strangers.OPEN, description="whom the directory does not know: served how"
    )
    keeps_raw_days: int = Field(
        default=90, ge=0, le=36500, description="raw messages and mails; 0: for ever"
    )
    partner: bool = Field(
        default=True, description="a second process decides along while many messages wait"
    )
    catalogue: Path | None = Field(default=None, description="own service catalogue (TOML)")

    @field_validator("time_zone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError) as error:
            raise ValueError("is no IANA time zone, such as Europe/Kyiv") from error
        return value

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("`opens` must be earlier than `closes`")
        return self

    @property
    def home(self) -> str:
        """The country set, else that of the language; English is spoken at desks anywhere."""
        of_language = {"uk": "UA", "sk": "SK", "el": "GR", "it": "IT"}
        return self.country or of_language.get(self.language, "")

    @property
    def hours(self) -> WorkingHours:
        zone = ZoneInfo(self.time_zone)
        return WorkingHours(zone=zone, opens=self.opens, closes=self.closes)

    @property
    def answers_within(self) -> timedelta:
        return timedelta(hours=self.answers_within_hours)

    @property
    def patience(self) -> Patience:
        return Patience(
            hours=self.hours,
            reminds_within=timedelta(hours=self.reminds_after_hours),
            goes_on_within=self.goes_on_after_days * self.hours.a_day,
        )


class WebSettings(Section):
    """The inbox and the webhooks."""

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8080, ge=0, le=65535, description="port to listen on")
    public_url: WebAddress = Field(
        default="", description="address that people and platforms reach, https://…"
    )
    trusts_proxy: bool = Field(
        default=False, description="a reverse proxy in front writes X-Forwarded-For"
    )

    @property
    def is_secure(self) -> bool:
        return self.public_url.startswith("https://")


class _File(TomlConfigSettingsSource):
    """Also with the mark that some editors put before UTF-8."""

    def _read_file(self, file_path: Path) -> dict[str, object]:  # type: ignore[override]
        return tomllib.loads(file_path.read_text("utf-8-sig"))


class Settings(BaseSettings):
    """All of it. `load` is the way to make one."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        toml_file=FILE,
        extra="forbid",
        frozen=True,
    )

    folder: Annotated[Path, BeforeValidator(said)] = Field(
        default=Path("var"), description="database, files and keys"
    )
    database: Annotated[str, AfterValidator(_database_address)] = Field(
        default="", description="postgres://…; empty: SQLite in `folder`"
    )
    desk: DeskSettings = DeskSettings()
    web: WebSettings = WebSettings()
    telegram: TelegramSettings = TelegramSettings()
    agents_bot: AgentsBotSettings = AgentsBotSettings()
    viber: ViberSettings = ViberSettings()
    meta: MetaSettings = MetaSettings()
    email: EmailSettings = EmailSettings()
    ldap: LdapSettings = LdapSettings()

    @model_validator(mode="after")
    def _has_two_bots(self) -> Self:
        if self.agents_bot.is_on and self.agents_bot.account == self.telegram.account:
            raise ValueError("agents_bot.token: must be of another bot than telegram.token")
        return self

    @model_validator(mode="after")
    def _is_reached_by_webhooks(self) -> Self:
        if self.telegram.receives_by == "polling":
            return self
        # A Bot API server of one's own calls http too; Telegram's never does.
        is_own_server = self.telegram.api_url != TELEGRAM
        if not self.web.public_url or not (self.web.is_secure or is_own_server):
            raise ValueError("telegram.receives_by: webhook needs web.public_url with https://")
        return self

    @model_validator(mode="after")
    def _is_reached_by_viber(self) -> Self:
        is_own_server = self.viber.api_url != VIBER
        if self.viber.is_on and not (
            self.web.is_secure or (self.web.public_url and is_own_server)
        ):
            raise ValueError("viber.token needs web.public_url with https://")
        return self

    @model_validator(mode="after")
    def _is_reached_by_meta(self) -> Self:
        is_own_server = GRAPH not in (self.meta.api_url, self.meta.instagram_api_url)
        if self.meta.is_on and not (self.web.is_secure or (self.web.public_url and is_own_server)):
            raise ValueError("meta.app_id needs web.public_url with https://")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is theirs
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _File(settings_cls)

    @property
    def database_url(self) -> str:
        """A folder may be called like a part of an address: `desk #2`."""
        return self.database or f"sqlite:///{quote(bytes(self.folder / 'firstline.db'))}"

    @property
    def blobs(self) -> Path:
        return self.folder / "files"

    @property
    def key(self) -> Path:
        return self.folder / "secret.key"

    def secret(self) -> bytes:
        """The key that signs mail tokens; made at the first start, kept in `folder`.

        Raises Unavailable where the folder can't be written, Invalid for a part of a key: with
        an empty one anybody could sign.
        """
        try:
            if not self.key.exists():
                _make_key(self.key)
            return whole_key(self.key)
        except OSError as error:
            folder, reason = str(self.folder.resolve()), error.strerror or type(error).__name__
            raise Unavailable("folder_refused", folder=folder, reason=reason) from error


def is_key_damaged(path: Path) -> bool:
    """Where there is none the start makes one."""
    return path.is_file() and path.stat().st_size != KEY_BYTES


def whole_key(path: Path) -> bytes:
    """Raises Invalid for what a torn write has left."""
    if is_key_damaged(path):
        raise Invalid("key_damaged", path=str(path.resolve()))
    return path.read_bytes()


def _make_key(path: Path) -> None:
    make_private_folder(path.parent)
    fresh = path.with_suffix(f".{os.getpid()}")
    keep_private(fresh)
    with fresh.open("wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)  # two processes starting together agree on one key
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def load() -> Settings:
    """Read the settings. Raises Invalid that names every wrong key and value."""
    with wrong_settings_told():
        return Settings()


@contextmanager
def wrong_settings_told() -> Iterator[None]:
    """Raises Invalid in one line for whatever is wrong with the environment or the file."""
    for name in os.environ:
        if name.startswith(PREFIX):
            _require_known(name)
    if Path(FILE).is_dir():  # the library would pass over it
        raise Invalid(f"{FILE}: is a folder")
    try:
        yield
    except UnicodeDecodeError as error:
        raise Invalid(f"{FILE}: is not written in UTF-8; save it so") from error
    except tomllib.TOMLDecodeError as error:
        raise Invalid(f"{FILE}: {error}") from error
    except ValidationError as error:
        raise Invalid("; ".join(_told(error))) from error


def _require_known(name: str) -> None:
    """A setting, or a key of a table; which keys a table has, it knows itself."""
    first, _, key = name.removeprefix(PREFIX).lower().partition("__")
    setting = Settings.model_fields.get(first)
    is_table = setting is not None and isinstance(setting.default, Section)
    if setting is None or (key and not is_table):
        raise Invalid(f"{name}: there is no such setting")
    if is_table and not key:
        raise Invalid(f"{name}: is a table; name a key of it, as in {name}__KEY")


def _told(error: ValidationError) -> Iterator[str]:
    """Each key and what is wrong with it; pydantic's own words only where we have none."""
    for found in error.errors():
        key = ".".join(str(part) for part in found["loc"])
        told = found.get("ctx", {}) | {"key": key}
        words = WRONG.get(found["type"], "")
        reason = words.format_map(told) if words else found["msg"]
        yield f"{key}: {reason}" if key else reason
