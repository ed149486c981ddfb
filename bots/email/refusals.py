"""What a refusing answer over SMTP is about: us, the recipient, or this one mail (RFC 5321, 3463).

Pure. What is about us (who we are, whether we have logged in, whom it relays for) an administrator
mends in the settings. Said before a recipient is named it holds for every mail, and all wait. Said
later it may hold for one recipient alone, and one mail waits. What is about the recipient or the
text ends a delivery. Servers say it with the basic code, with a finer one, or in words alone.
"""

import re

from aiosmtplib.errors import SMTPResponseException

from intake.speech import Permanent, RetryAfter, SendResult, UserGone

TEMPORARY, PERMANENT = range(400, 500), range(500, 600)
# Permanent answers at RCPT TO that mean the mailbox itself, where no finer code says more.
NO_SUCH_USER = (550, 551, 553)
FINER_CODE = re.compile(r"(?:^|#)[45]\.(\d{1,3})\.(\d{1,3})\b")  # qmail writes it at the end
ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>]{1,255}")
GONE_CODES = {("1", "1"), ("1", "2"), ("1", "3"), ("1", "6"), ("1", "10"), ("2", "1")}  # RFC 3463

# Login or encryption is wanted, or was in vain (RFC 4954, 3207).
NOT_IN = (454, 530, 534, 535, 538)
# The same in finer codes (RFC 5248), and Exchange's for whom a login may send as and relay for.
NOT_IN_CODES = {("7", code) for code in ("8", "9", "10", "11", "12", "13", "54", "57", "60", "64")}
SEND_AS_DENIED = ("2", "252")
NOT_IN_WORDS = re.compile(
    r"relay(ing)?( access)? (is )?(denied|not|prohibited|refused)|(unable to|not|no) relay"
    r"|rcpthosts|authenti\w+ (is )?required|must (first )?(authenticate|log ?in)",
    re.IGNORECASE,
)


def of_us(error: SMTPResponseException) -> SendResult:
    """Before the recipient was named: whatever it minds, it is not the recipient."""
    if error.code in PERMANENT:
        return RetryAfter(seconds=0, reason=said(error), is_refused=True)
    return RetryAfter(seconds=0, reason=said(error), is_away=True)


def of_recipient(error: SMTPResponseException) -> SendResult:
    finer = _finer(error)
    is_gone = finer in GONE_CODES if finer else error.code in NO_SUCH_USER
    if is_gone and error.code in PERMANENT and not _is_about_us(error):
        return UserGone(reason=said(error))
    return of_mail(error)


def of_mail(error: SMTPResponseException) -> SendResult:
    """Once the recipient is taken; also for the answer to the text itself."""
    if error.code in PERMANENT and not _is_about_us(error):
        return Permanent(reason=said(error))
    return RetryAfter(seconds=0, reason=said(error))


def said(error: SMTPResponseException) -> str:
    """In the server's words, but for addresses: it goes into logs too."""
    return f"{error.code} {ADDRESS.sub('…', error.message)}"[:200]


def _is_about_us(error: SMTPResponseException) -> bool:
    finer = _finer(error)
    if error.code in NOT_IN or finer in NOT_IN_CODES or finer == SEND_AS_DENIED:
        return True
    says_nothing_finer = finer is None or finer[0] == "7"
    return says_nothing_finer and NOT_IN_WORDS.search(error.message) is not None


def _finer(error: SMTPResponseException) -> tuple[str, str] | None:
    found = FINER_CODE.search(error.message)
    return (found[1], found[2]) if found else None
