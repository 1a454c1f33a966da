"""The table of clients says what the tests have shown, and leaves nothing out."""

from __future__ import annotations

import pytest

from tests.clients.covering import ABSENT, Client
from tests.clients.shelf import CLIENTS
from tools.clients import section


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_each_method_a_class_has_is_called(client):
    checked = {method for check in client.checks for method in check.methods}
    assert checked == set(client.methods)


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_what_is_not_there_has_a_reason(client):
    absent = [check for check in client.checks if check.outcome == ABSENT]
    assert all(check.reason for check in absent)


def test_a_method_that_no_test_calls_is_not_in_the_table():
    client = Client("somebody's", {"sync": ["one", "two"]})
    client.passes("one")(lambda calls, ground: None)
    with pytest.raises(LookupError, match="no test calls two"):
        section(client)
