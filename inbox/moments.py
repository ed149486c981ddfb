"""Moments as agents read them: how long ago, and in full, in their language and time zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from babel.dates import format_datetime, format_skeleton, format_timedelta

FULL = "EEEE d MMMM y, HH:mm"
CACHED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """One moment, ready for a <time> element."""

    iso: str
    ago: str
    full: str


class Moments:
    """Words for moments in one language. Formatting is slow, and few words are needed: cached."""

    def __init__(self, language: str, zone: tzinfo) -> None:
        self._language = language
        self._zone = zone
        self._ago = lru_cache(CACHED)(self._say_ago)
        self._full = lru_cache(CACHED)(self._say_full)

    def when(self, at: datetime, now: datetime) -> When:
        return self.said(at, self.ago(at, now))

    def said(self, at: datetime, ago: str) -> When:
        """With words for how long ago that were chosen before."""
        return When(
            iso=at.isoformat(timespec="seconds"),
            ago=ago,
            full=self._full(at.replace(second=0, microsecond=0)),
        )

    def ago(self, at: datetime, now: datetime) -> str:
        return self._ago(rounded(max(int((now - at).total_seconds()), 0)))

    def clock(self, at: datetime, now: datetime) -> str:
        """The time of day; with its day where that is not today."""
        here = at.astimezone(self._zone)
        time = here.strftime("%H:%M")
        if here.date() == now.astimezone(self._zone).date():
            return time
        return f"{format_skeleton('MMMEd', here, locale=self._language)}, {time}"

    def _say_ago(self, seconds: int) -> str:
        past = timedelta(seconds=-seconds)
        return format_timedelta(
            past, granularity="minute", add_direction=True, format="short", locale=self._language
        )

    def _say_full(self, at: datetime) -> str:
        return format_datetime(at.astimezone(self._zone), FULL, locale=self._language)


def rounded(seconds: int) -> int:
    """To whole minutes, hours or days, so that the same words are looked up again."""
    for span in (86400, 3600, 60):
        if seconds >= span:
            return seconds // span * span
    return 60
