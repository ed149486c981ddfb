"""The settings of each channel, a table of firstline.toml; each is off while it is empty."""

import re
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, SecretStr, field_validator, model_validator

from desk.sections import Host, Section, WebAddress, said

TOKEN = re.compile(r"\d+:[\w-]+")
GROUP = re.compile(r"(\*|\w+)=-\d+")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
TELEGRAM = "https://api.telegram.org"
VIBER = "https://chatapi.viber.com"
GRAPH = "https://graph.facebook.com"


class BotSettings(Section):
    """One of the two bots on Telegram; each says what its token and its name are for."""

    token: SecretStr = SecretStr("")
    name: str = ""
    api_url: Annotated[WebAddress, BeforeValidator(said)] = Field(
        default=TELEGRAM, description="Bot API server"
    )

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("is no token: BotFather gives digits, a colon and letters")
        return value

    @property
    def is_on(self) -> bool:
        return bool(self.token.get_secret_value())

    @property
    def account(self) -> str:
        """The bot's id, the part of the token that is no secret."""
        return self.token.get_secret_value().split(":", 1)[0]


class TelegramSettings(BotSettings):
    """The employees' bot."""

    token: SecretStr = Field(
        default=SecretStr(""), description="from BotFather; empty: no Telegram"
    )
    name: str = Field(
        default="", pattern=r"^\w*$", description="the bot's name in t.me/…; empty: no links there"
    )
    receives_by: Literal["polling", "webhook"] = Field(
        default="polling", description="webhook needs web.public_url with https"
    )


class AgentsBotSettings(BotSettings):
    """The agents' bot on Telegram: another bot than the employees'."""

    token: SecretStr = Field(
        default=SecretStr(""), description="from BotFather; empty: no bot for agents"
    )
    name: str = Field(default="", pattern=r"^\w*$", description="the bot's name in t.me/…")
    groups: str = Field(
        default="", description="supergroups of agents: category=number, apart by spaces; *: all"
    )

    @field_validator("groups")
    @classmethod
    def _names_groups(cls, value: str) -> str:
        if not all(GROUP.fullmatch(one) for one in value.split()):
            raise ValueError("is category=number, such as printer=-1001234567890 *=-1009876543210")
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.is_on and not self.name:
            raise ValueError("`token` needs `name` too")
        return self

    @property
    def by_queue(self) -> dict[str, str]:
        """The group of each category."""
        pairs = (one.rpartition("=") for one in self.groups.split())
        return {category: chat for category, _, chat in pairs}


class ViberSettings(Section):
    """The employees' bot on Viber. It is always a webhook, and files are links to this desk."""

    token: SecretStr = Field(
        default=SecretStr(""), description="from the bot's admin panel; empty: no Viber"
    )
    uri: str = Field(
        default="", pattern=r"^[\w.-]*$", description="the bot's name in viber://pa?chatURI=…"
    )
    api_url: Annotated[WebAddress, BeforeValidator(said)] = Field(
        default=VIBER, description="Viber's API server"
    )
    sends_paid: bool = Field(
        default=False,
        description="also send what Viber charges for: 24 hours after a person's last words",
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.is_on and not self.uri:
            raise ValueError("`token` needs `uri` too")
        return self

    @property
    def is_on(self) -> bool:
        return bool(self.token.get_secret_value())


class MetaAccount(NamedTuple):
    """A Page or an account of Instagram, and how it is reached."""

    id: str
    token: SecretStr
    server: str


class MetaSettings(Section):
    """A Page on Messenger, an account of Instagram, or both, by one app of Meta's."""

    app_id: str = Field(default="", pattern=r"^\d*$", description="the app; empty: neither")
    app_secret: SecretStr = Field(default=SecretStr(""), description="signs what Meta brings")
    verify_token: SecretStr = Field(
        default=SecretStr(""), description="a word of your own, told to Meta with the address"
    )
    page_id: str = Field(default="", pattern=r"^\d*$", description="the Page; empty: no Messenger")
    page_token: SecretStr = Field(default=SecretStr(""), description="the Page's access token")
    instagram_id: str = Field(
        default="", pattern=r"^\d*$", description="the account's id; empty: no Instagram"
    )
    instagram_token: SecretStr = Field(
        default=SecretStr(""), description="its access token; empty: the Page's"
    )
    instagram_name: str = Field(
        default="",
        pattern=r"^[\w.]*$",
        description="the account's name in ig.me/m/…; empty: no links there",
    )
    graph_version: str = Field(
        default="v26.0", pattern=r"^v\d+\.\d+$", description="of the Graph API"
    )
    api_url: Annotated[WebAddress, BeforeValidator(said)] = Field(
        default=GRAPH, description="Graph API server of Messenger"
    )
    instagram_api_url: Annotated[WebAddress, BeforeValidator(said)] = Field(
        default=GRAPH,
        description="the same of Instagram; https://graph.instagram.com with Instagram Login",
    )
    human_agent: bool = Field(
        default=False,
        description="the app has the feature Human Agent: agents' answers go for seven days",
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not self.is_on:
            return self
        if not (self.app_secret.get_secret_value() and self.verify_token.get_secret_value()):
            raise ValueError("`app_id` needs `app_secret` and `verify_token` too")
        if not (self.page_id or self.instagram_id):
            raise ValueError("`app_id` needs `page_id`, `instagram_id` or both")
        if self.page_id and not self.page_token.get_secret_value():
            raise ValueError("`page_id` needs `page_token` too")
        if self.instagram_id and not self._own_or_page_token.get_secret_value():
            raise ValueError("`instagram_id` needs `instagram_token` or `page_token` too")
        return self

    @property
    def is_on(self) -> bool:
        return bool(self.app_id)

    @property
    def _own_or_page_token(self) -> SecretStr:
        return self.instagram_token if self.instagram_token.get_secret_value() else self.page_token

    @property
    def accounts(self) -> dict[str, MetaAccount]:
        """That of each channel that is served."""
        page = MetaAccount(self.page_id, self.page_token, self.api_url)
        instagram = MetaAccount(self.instagram_id, self._own_or_page_token, self.instagram_api_url)
        both = {"messenger": page, "instagram": instagram}
        return {channel: account for channel, account in both.items() if account.id}


class EmailSettings(Section):
    """The support mailbox."""

    address: str = Field(default="", description="support address; empty: no e-mail")
    imap_host: Host = Field(default="", description="IMAP server")
    imap_port: int = Field(default=993, ge=1, le=65535, description="IMAP port")
    imap_tls: bool = Field(default=True, description="TLS from the first byte")
    user: str = Field(default="", description="login; empty: the address")
    password: SecretStr = Field(default=SecretStr(""), description="password of the mailbox")
    folder: str = Field(default="INBOX", description="folder that is read")
    smtp_host: Host = Field(default="", description="SMTP server")
    smtp_port: int = Field(default=465, ge=1, le=65535, description="SMTP port")
    smtp_tls: Literal["tls", "starttls", "none"] = Field(
        default="tls", description="how SMTP is secured"
    )
    imports_days: int = Field(
        default=0, ge=0, le=365, description="at the first start, also mail this old"
    )
    plus_addresses: bool = Field(
        default=True, description="Reply-To is support+token@…, where the server delivers it"
    )
    vouching_server: str = Field(
        default="",
        pattern=r"^\S*$",
        description="name (authserv-id) by which your server signs Authentication-Results",
    )
    web_forms: str = Field(
        default="", description="addresses of web forms whose Reply-To is the requester"
    )
    first_cards_an_hour: int = Field(
        default=300, ge=0, le=1_000_000, description="to senders that nobody knows or vouches for"
    )
    largest_mail_mb: int = Field(
        default=50, ge=1, le=200, description="above it only the head is read"
    )

    @field_validator("address")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and not ADDRESS.fullmatch(value):
            raise ValueError("is no mail address")
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.address and not (self.imap_host and self.smtp_host):
            raise ValueError("`address` needs `imap_host` and `smtp_host` too")
        return self

    @property
    def is_on(self) -> bool:
        return bool(self.address)

    @property
    def login(self) -> str:
        return self.user or self.address
