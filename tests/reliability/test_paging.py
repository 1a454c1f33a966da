"""A history read in pages of any size tells of every order what one page tells."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.reliability.quiet import BID, quiet
from tests.venue.desk import in_loop

PATH = "/api/history/v3/orders"


async def placements(venue, sort, count):
    """Every placement, page by page: order id to what it had filled."""
    asked = {"sort": sort, "count": str(count)}
    found = {}
    while True:
        page = (await venue.kraken("taker", "GET", PATH, urlencode(asked))).json()
        for element in page["elements"]:
            if "OrderPlaced" in element["event"]:
                order = element["event"]["OrderPlaced"]["order"]
                assert order["uid"] not in found
                found[order["uid"]] = (order["filled"], order["quantity"])
        if "continuationToken" not in page:
            return found
        asked["continuation_token"] = page["continuationToken"]


@pytest.mark.parametrize("sort", ["asc", "desc"])
def test_a_page_that_ends_inside_a_command_tells_all_that_the_command_filled(tmp_path, sort):
    @in_loop
    async def check():
        async with quiet(tmp_path) as venue:
            for name in ("maker", "taker"):
                await venue.open(name, USD="1000000")
            for price in ("160000", "160001", "160002"):
                await venue.send("maker", side="sell", limitPrice=price, size="0.01")
            await venue.send("taker", limitPrice=BID)
            crossing = await venue.send("taker", limitPrice="160002", size="0.04")
            await venue.send("taker", limitPrice=BID)
            whole = await placements(venue, sort, 1_000)
            assert whole[crossing["order_id"]] == ("0.03", "0.01")
            for count in range(1, 8):
                assert await placements(venue, sort, count) == whole, count

    check()
