"""Each test gets the channel it is asked of, opened."""

import pytest


@pytest.fixture
async def channel(request):
    driver = request.param()
    async with driver.opened():
        yield driver
