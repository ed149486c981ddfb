"""What a refusal of the Bot API means for what was to be sent, whichever bot sends it."""

from bots.bot_refusals import Refused
from bots.failures import CallFailed, result_unanswered
from intake.speech import Permanent, RetryAfter, SendResult, Unknown, UserGone

NOT_MODIFIED = "message is not modified"
_NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "user_id_invalid")
_BAD_REQUEST = 400


def result_of(failure: CallFailed) -> SendResult:
    """What a failed call means for a message that was to be sent."""
    if isinstance(failure, Refused):
        return _result_of_refusal(failure)
    return result_unanswered(failure)


def _result_of_refusal(refusal: Refused) -> SendResult:
    status, reason = refusal.status, str(refusal)
    words = refusal.description.lower()
    is_nobody_there = any(known in words for known in _NOBODY_THERE)
    if status in (401, 404):  # the token is wrong or was revoked
        return RetryAfter(seconds=0, reason=reason, is_refused=True)
    if status == 403 or (status == _BAD_REQUEST and is_nobody_there):  # noqa: PLR2004 - Bot API
        return UserGone(reason=reason)  # blocked, deleted, or never started
    if status in (409, 429) or status >= 500:  # noqa: PLR2004 - the server's own trouble, RFC 9110
        return RetryAfter(seconds=refusal.retry_after, reason=reason)
    return Permanent(reason=reason)


def again_if_unclear(result: SendResult) -> SendResult:
    if isinstance(result, Unknown):
        return RetryAfter(seconds=0, reason=result.reason)
    return result
