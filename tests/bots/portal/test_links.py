"""A link opens one ticket for a week, and nobody else can make one."""

from datetime import UTC, datetime, timedelta

import pytest

from bots.portal.links import APP, Expired, Forged, FormLinks

NOW = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
LINKS = FormLinks(key=b"k" * 32, address="https://desk.example.org/form", has_apps=True)


def test_a_link_names_its_ticket_and_lives_a_week():
    token = LINKS.token(1042, NOW)
    assert LINKS.read(token, NOW) == 1042
    assert LINKS.read(token, NOW + timedelta(days=6, hours=23)) == 1042
    with pytest.raises(Expired):
        LINKS.read(token, NOW + timedelta(days=7))


def test_a_link_is_short_and_made_of_letters_that_survive_every_mail():
    token = LINKS.token(2**40, NOW)
    assert token.isalnum()
    assert token == token.lower()
    assert len(token) == 49


def test_no_changed_letter_opens_anything():
    token = LINKS.token(1042, NOW)
    for at in range(len(token)):
        other = "b" if token[at] != "b" else "c"
        with pytest.raises((Forged, Expired)):
            LINKS.read(token[:at] + other + token[at + 1 :], NOW)


@pytest.mark.parametrize(
    "token", ["", "a", "1042", "a" * 49, "z" * 5000, "аббв", "a!?", "a" + "=" * 48, "\0"]
)
def test_what_is_no_link_of_ours_is_forged(token):
    with pytest.raises(Forged):
        LINKS.read(token, NOW)


def test_another_desks_key_makes_no_link_of_ours():
    stranger = FormLinks(key=b"x" * 32, address="", has_apps=False)
    with pytest.raises(Forged):
        LINKS.read(stranger.token(1042, NOW), NOW)


def test_a_mini_apps_link_opens_no_form_by_itself():
    with pytest.raises(Forged):
        LINKS.read(LINKS.token(1042, NOW, APP), NOW)


def test_the_mark_of_a_file_counts_for_its_ticket_alone():
    mark = LINKS.mark(1042, 7)
    assert LINKS.is_marked(1042, 7, mark)
    assert not LINKS.is_marked(1043, 7, mark)
    assert not LINKS.is_marked(1042, 8, mark)
    assert not LINKS.is_marked(1042, 7, "ü")


def test_a_link_shows_no_key_when_it_is_printed():
    assert "kkkk" not in repr(LINKS)


def test_only_where_telegram_opens_apps_a_link_has_one():
    assert LINKS.link(7, "Form", NOW).app_url.startswith("https://desk.example.org/form/app/a")
    plain = FormLinks(key=b"k", address="http://127.0.0.1:8080/form")
    assert plain.link(7, "Form", NOW).app_url == ""
