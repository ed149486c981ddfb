"""What people do in one of the two apps, and what the simulator remembers of it.

Lives in one event loop; nothing here is thread-safe.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from simulators.graph_api.chats import Chat, Entry
from simulators.telegram_api.errors import NotPossibleOnPhone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulators.chat_files import ChatFile, ChatFiles
    from simulators.graph_api.chats import Json
    from simulators.graph_api.checks import Platform
    from simulators.graph_api.webhook import Webhook
    from simulators.people import Person
    from simulators.telegram_api.files import Upload

FIRST_NUMBER = 1001


class Phones:
    """The chats of everybody on one platform."""

    def __init__(
        self,
        platform: Platform,
        webhook: Webhook,
        files: ChatFiles,
        on_change: Callable[[], None],
    ) -> None:
        self.platform = platform
        self.url = ""
        self.chats: dict[int, Chat] = {}  # by person
        self.files = files
        self.version = 0
        self.questions: list[Json] = []  # what a new chat offers to ask, where that is set
        self._webhook = webhook
        self._number = FIRST_NUMBER
        self._on_change = on_change

    # people

    def begin(self, person: Person, ref: str = "") -> None:
        """The button that opens a chat, perhaps by a link with something to pass on."""
        chat = self.chat_of(person)
        about: Json = {"mid": self._next_mid(), "title": "Get started", "payload": "begin"}
        self._act(chat, {"postback": about | self._referral(ref or self._left_ref(chat))})

    def follow(self, person: Person, ref: str) -> None:
        """A link with something to pass on, into a chat that there was, or a new one.

        Instagram tells of somebody new with the first thing they do there, and only where the
        business has set a question to begin with.
        """
        chat = self.chat_of(person)
        if chat.opened:
            self._act(chat, self._referral(ref))
        elif self.platform.object != "instagram":
            self.begin(person, ref)
        elif self.questions:
            chat.ref = ref

    def write(self, person: Person, text: str, reply_to: str = "") -> Entry:
        message: Json = {"text": text}
        if reply_to:
            message["reply_to"] = {"mid": reply_to}
        return self._say(person, message)

    def send_files(self, person: Person, uploads: Sequence[Upload], text: str = "") -> Entry:
        """Several in one message; words that go with them stand in it too."""
        kept = tuple(self._keep_upload(one) for one in uploads)
        attachments = [
            {"type": one.kind, "payload": {"url": self._address_of(one)}} for one in kept
        ]
        words = {"text": text} if text else {}
        return self._say(person, {**words, "attachments": attachments}, kept)

    def tap(self, person: Person, wanted: str) -> Entry:
        """Choose a quick reply; its words stand in the chat as if they had been typed."""
        chat = self.chat_of(person)
        reply = chat.reply(wanted)
        if reply is None:
            raise NotPossibleOnPhone(f"no quick reply {wanted!r}")
        words = reply.get("title", person.phone)
        chosen = {"payload": reply.get("payload", person.phone)}
        return self._say(person, {"text": words, "quick_reply": chosen})

    def edit(self, person: Person, mid: str, text: str) -> None:
        chat = self.chat_of(person)
        self._change(chat, mid, text=text, edited=True)
        self._act(chat, {"message_edit": {"mid": mid, "text": text, "num_edit": 1}})

    def delete(self, person: Person, mid: str) -> None:
        chat = self.chat_of(person)
        self._change(chat, mid, text="", files=(), deleted=True)
        self._act(chat, {"message": {"mid": mid, "is_deleted": True}})

    def read(self, person: Person) -> None:
        """The chat is looked at: Messenger tells until when, Instagram which message."""
        chat = self.chat_of(person)
        came = [entry for entry in chat.entries if entry.from_business]
        if len(came) == chat.seen:
            return
        chat.seen = len(came)
        moment = {"watermark": int(time.time() * 1000)}
        is_named = self.platform.object == "instagram"
        self._emit(chat, {"read": {"mid": came[-1].mid} if is_named else moment})

    def block(self, person: Person) -> None:
        """Meta tells nobody."""
        self.chat_of(person).blocked = True
        self.touch(self.chat_of(person))

    def unblock(self, person: Person) -> None:
        self.chat_of(person).blocked = False
        self.touch(self.chat_of(person))

    def be_silent(self, person: Person, seconds: float) -> None:
        """As if that much time had passed since the person last did something."""
        self.chat_of(person).heard_at -= seconds

    def answer_outside(self, person: Person, text: str) -> Entry:
        """Somebody of the business types it in Meta's own inbox."""
        chat = self.chat_of(person)
        entry = self.post(chat, {"text": text}, from_business=True)
        self.echo(chat, entry, app_id=None)
        return entry

    def answers(self, person: Person) -> list[Entry]:
        return [entry for entry in self.chat_of(person).entries if entry.from_business]

    # what is remembered

    def chat_of(self, person: Person) -> Chat:
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = Chat(person, self.platform.name)
        return chat

    def chat_by_id(self, user_id: str) -> Chat | None:
        return next((chat for chat in self.chats.values() if chat.user_id == user_id), None)

    def post(
        self, chat: Chat, wire: Json, *, from_business: bool, files: tuple[ChatFile, ...] = ()
    ) -> Entry:
        """Put a message into a chat; whatever quick replies stood there are gone."""
        entry = Entry(
            number=self._number,
            mid=self._next_mid(),
            sent_at=int(time.time()),
            from_business=from_business,
            kind=files[0].kind if files else "text",
            text=wire.get("text", ""),
            files=files,
            wire=wire,
        )
        self._number += 1
        chat.entries.append(entry)
        chat.replies = list(wire.get("quick_replies", [])) if from_business else []
        self.touch(chat)
        return entry

    def echo(self, chat: Chat, entry: Entry, app_id: int | None) -> None:
        message: Json = {"mid": entry.mid, "is_echo": True}
        if app_id is not None and self.platform.tells_apps:
            message["app_id"] = app_id
            message["metadata"] = entry.wire.get("metadata", "")
        if entry.text:
            message["text"] = entry.text
        if entry.files:
            message["attachments"] = [
                {"type": one.kind, "payload": {"url": self._address_of(one)}}
                for one in entry.files
            ]
        self._emit(chat, {"message": message}, is_ours=True)

    def tell_delivered(self, chat: Chat, entry: Entry) -> None:
        moment = int(time.time() * 1000)
        self._emit(chat, {"delivery": {"mids": [entry.mid], "watermark": moment}})

    def touch(self, chat: Chat) -> None:
        self.version += 1
        chat.version = self.version
        self._on_change()

    def _say(self, person: Person, message: Json, files: tuple[ChatFile, ...] = ()) -> Entry:
        chat = self.chat_of(person)
        if chat.blocked:
            raise NotPossibleOnPhone("the business is blocked")
        entry = self.post(chat, message, from_business=False, files=files)
        came_by = self._referral(self._left_ref(chat))
        self._act(chat, {"message": {"mid": entry.mid, **message, **came_by}})
        return entry

    def _referral(self, ref: str) -> Json:
        if not ref:
            return {}
        source = "IGME-SOURCE-LINK" if self.platform.object == "instagram" else "SHORTLINK"
        return {"referral": {"ref": ref, "source": source, "type": "OPEN_THREAD"}}

    def _left_ref(self, chat: Chat) -> str:
        ref, chat.ref = chat.ref, ""
        return ref

    def _act(self, chat: Chat, about: Json) -> None:
        chat.opened, chat.heard_at = True, time.time()
        self._emit(chat, about)
        self.touch(chat)

    def _emit(self, chat: Chat, about: Json, *, is_ours: bool = False) -> None:
        person, business = {"id": chat.user_id}, {"id": self.platform.account}
        event = {
            "sender": business if is_ours else person,
            "recipient": person if is_ours else business,
            "timestamp": int(time.time() * 1000),
            **about,
        }
        self._webhook.emit(self.platform.object, self.platform.account, event)

    def _change(self, chat: Chat, mid: str, **news: object) -> None:
        places = [at for at, one in enumerate(chat.entries) if one.mid == mid]
        if not places or chat.entries[places[0]].from_business:
            raise NotPossibleOnPhone("no message of one's own")
        chat.entries[places[0]] = replace(chat.entries[places[0]], **news)  # type: ignore[arg-type]

    def _keep_upload(self, upload: Upload) -> ChatFile:
        major = upload.mime_type.partition("/")[0]
        kind = major if major in ("image", "audio", "video") else "file"
        return self.files.keep(kind, upload.name, upload.mime_type, upload.content)

    def _address_of(self, file: ChatFile) -> str:
        return f"{self.url}/files/{file.file_id}/{file.name}?oh=signed"

    def _next_mid(self) -> str:
        return f"m_{self.platform.name}-{self._webhook.next_number()}"
