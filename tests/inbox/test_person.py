"""The page of a person: who it is, every way to reach them, their tickets and files."""

from tests.inbox.test_pages import text_of


async def test_a_person_is_shown_with_all_handles_tickets_and_files(agent):
    page = await text_of(agent, "/people/1")
    for words in ("<bdi>Олена Ткаченко</bdi>", "Writes in Ukrainian"):
        assert words in page
    reached = page[page.index('id="handles"') : page.index('id="tickets"')]
    assert "5512001" in reached
    assert "olena@firma.example" in reached
    assert "Mails to this address came back" in reached
    tickets = page[page.index('id="tickets"') : page.index('id="files"')]
    assert 'id="t1042"' in tickets
    assert 'id="t1041"' not in tickets
    files = page[page.index('id="files"') :]
    for words in (
        "принтер.png",
        "video_2026-11-23.mp4",
        "too big to fetch",
        'href="/tickets/1042"',
    ):
        assert words in files


async def test_a_ticket_leads_to_its_person(agent):
    page = await text_of(agent, "/tickets/1042")
    assert '<a href="/people/1">Олена Ткаченко</a>' in page


async def test_each_list_of_a_person_goes_on_while_the_other_stays(agent, desk):
    desk.listing.older = "77"
    page = await text_of(agent, "/people/1?older=1040&files=9.8.7")
    assert 'href="?older=77&amp;files=9.8.7" rel="next"' in page
    assert 'href="?older=1040&amp;files=77#files" rel="next"' in page
    assert '<a href="/people/1">Back to the newest</a>' in page


async def test_nobody_is_at_a_guessed_address(agent):
    await text_of(agent, "/people/99", status=404)
    await text_of(agent, "/people/999999999999999999", status=404)


async def test_a_person_without_a_name_or_files_has_a_page_too(agent, desk):
    desk.listing.people[7] = []
    page = await text_of(agent, "/people/7")
    assert "<bdi>(no name)</bdi>" in page
    assert "No tickets yet" in page
    assert "No files yet" in page
