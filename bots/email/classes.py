"""What kind of mail it is by its headers: a person's, or one that a machine sent.

A class deletes nothing and refuses nothing; it only says who must never be answered by a machine,
and what surely is a machine's own answer.
What a bounce reports is read in bounces.
"""

import re
from collections.abc import Collection
from enum import StrEnum

from bots.email.headers import Headers
from bots.email.structure import Part

LOOP_HEADER = "X-Firstline-Loop"  # names the desk: the mail of another desk is not our own


class MailClass(StrEnum):
    NORMAL = "normal"
    AUTO_REPLY = "auto_reply"
    DOUBTFUL = "doubtful"  # a machine's, or a person's whose server adds the same header
    BOUNCE = "bounce"
    MDN = "mdn"  # "was displayed" (RFC 8098)
    ARF = "arf"  # abuse report (RFC 5965)
    LIST = "list"  # a person's, by way of a mailing list
    BULK = "bulk"
    OWN = "own"
    CALENDAR = "calendar"  # its own word on a meeting (RFC 5546)


_REPORTS = {
    "delivery-status": MailClass.BOUNCE,
    "disposition-notification": MailClass.MDN,
    "feedback-report": MailClass.ARF,
}
_AUTO_SUBJECT = re.compile(
    r"^(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|autoreply"
    r"|out of (?:the )?office|автоматична відповідь|автовідповідь|автоматический ответ|автоответ"
    r"|automatická odpoveď|automatická odpověď|mimo kanceláriu|αυτόματη απάντηση|εκτός γραφείου"
    r"|risposta automatica|fuori sede|automatische antwort|réponse automatique)\b",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|has failed)|returned mail|mail delivery failed"
    r"|failure notice|не доставлено|nedoručen|mancato recapito|αποτυχία παράδοσης",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|bounces?)(?:[+-].*)?@")
_NO_REPLY = re.compile(r"^(?:no-?reply|do-?not-?reply)(?:[+._-].*)?@")
_NEVER_ANSWERED = re.compile(r"^(?:mailer-daemon|postmaster|bounces?)(?:[+._-].*)?@")


def classify(
    root: Part, subject: str, sender: str, *, own_addresses: Collection[str] = ()
) -> MailClass:
    """`own_addresses` in lower case; Message-IDs of ours are told apart in threads."""
    found = root.headers
    if found.plain(LOOP_HEADER.lower()) in own_addresses:
        return MailClass.OWN
    is_bounce = _is_bounce(found, subject, sender)
    reported = _report(root, sender) or (MailClass.BOUNCE if is_bounce else None)
    if reported:
        return reported
    if _is_auto_reply(found):
        return MailClass.AUTO_REPLY
    if sender.lower() in own_addresses or _is_bulk(found, sender):  # we would answer ourselves
        return MailClass.BULK
    return _of_a_person(found, subject)


def has_null_sender(found: Headers) -> bool:
    return found.has("return-path") and found.plain("return-path").strip("<> \t") == ""


def is_of_mail_system(sender: str, *, is_report: bool) -> bool:
    """Whether no person wrote it; a postmaster may be one, unless it holds a real report."""
    found = _MACHINE.match(sender.lower())
    is_postmaster = found is not None and found.group().startswith("postmaster")
    return not sender or (found is not None and (is_report or not is_postmaster))


def is_never_answered(sender: str) -> bool:
    """Addresses behind which nobody reads."""
    return not sender or is_no_reply(sender) or bool(_NEVER_ANSWERED.match(sender.lower()))


def is_no_reply(sender: str) -> bool:
    return bool(_NO_REPLY.match(sender.lower()))


def without_token(address: str) -> str:
    """`support@…` of `support+token@…`."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _report(root: Part, sender: str) -> MailClass | None:
    """A person's mail may hold a report that is forwarded: that makes nobody a machine."""
    if root.headers.plain("content-type").startswith("multipart/report"):
        kind = root.parameters.get("report-type", "").lower()
        if kind in _REPORTS:
            return _REPORTS[kind]
    if not (_MACHINE.match(sender.lower()) or has_null_sender(root.headers)):
        return None
    for part in root.walk():
        kind = part.media_type.removeprefix("message/")
        if kind in _REPORTS and root.media_type.startswith("multipart/"):
            return _REPORTS[kind]
    return None


def _is_bounce(found: Headers, subject: str, sender: str) -> bool:
    if found.has("x-failed-recipients"):
        return True
    is_machine = bool(_MACHINE.match(sender.lower()))
    return bool(_BOUNCE_SUBJECT.search(subject)) and (is_machine or has_null_sender(found))


def _is_auto_reply(found: Headers) -> bool:
    submitted = found.plain("auto-submitted").partition(";")[0].strip()
    if submitted and submitted != "no":
        return True
    if any(found.has(name) for name in ("x-autoreply", "x-autorespond", "x-autoresponder")):
        return found.plain("x-autoreply") != "no"
    if found.plain("precedence") in {"auto_reply", "auto-reply"}:
        return True
    return has_null_sender(found)


def _of_a_person(found: Headers, subject: str) -> MailClass:
    """Exchange adds the header to people's mails too, and some have trouble with such subjects.

    Their replies begin with `Re:`, a machine's do not.
    """
    if found.has("x-auto-response-suppress") and _AUTO_SUBJECT.match(subject):
        return MailClass.DOUBTFUL
    return MailClass.LIST if _is_of_list(found) else MailClass.NORMAL


def _is_bulk(found: Headers, sender: str) -> bool:
    """A newsletter, to whose list nobody can write, or a list that speaks in its own name."""
    if found.plain("precedence") in {"bulk", "junk"} or found.has("feedback-id"):
        return True
    if found.has("list-unsubscribe") and not found.has("list-post"):
        return True
    return bool(sender) and f"mailto:{sender.lower()}" in found.plain("list-post")


def _is_of_list(found: Headers) -> bool:
    """A group's address adds these to what people write to it."""
    if found.plain("precedence") == "list":
        return True
    return any(found.has(name) for name in ("list-id", "list-post"))
