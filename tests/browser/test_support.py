"""Asking for help on the screen: a question with a file, its answer, and a disputed liquidation."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.desk import everyone_can_use

ASKS_AGAIN_MS = 20_000
"""The page asks every five seconds."""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def attach(page, content: bytes, name: str = "seen.png", kind: str = "image/png") -> None:
    file = {"name": name, "mimeType": kind, "buffer": content}
    page.get_by_test_id("ticket-file").set_input_files(file)


def test_a_question_goes_out_is_answered_and_closed(visit, venue):
    page = visit("support")
    words = page.get_by_role("textbox")
    words.fill("Why was this fill so dear?")
    attach(page, PNG + bytes(10_000_000))
    page.get_by_test_id("ticket-send").click()
    expect(page.get_by_test_id("ticket-refused")).to_contain_text("too large")
    attach(page, b"MZ", "seen.exe", "application/octet-stream")
    page.get_by_test_id("ticket-send").click()
    expect(page.get_by_test_id("ticket-refused")).to_contain_text("nothing else")
    attach(page, PNG)
    page.get_by_test_id("ticket-send").click()
    state = page.get_by_test_id("ticket-state")
    expect(state).to_have_attribute("data-state", "open")
    number = page.url.rsplit("/", 1)[1]
    expect(page.get_by_role("link", name="seen.png")).to_be_visible()
    venue.post(f"/operator/tickets/{number}/answers", {"template": "received"})
    expect(state).to_have_attribute("data-state", "answered", timeout=ASKS_AGAIN_MS)
    expect(page.get_by_test_id("message").last).to_contain_text("We have your ticket")
    everyone_can_use(page)
    words.fill("Thank you.")
    page.get_by_test_id("ticket-send").click()
    expect(page.get_by_test_id("message")).to_have_count(3)
    expect(words).to_have_value("")
    page.get_by_test_id("ticket-close").click()
    expect(state).to_have_attribute("data-state", "closed")
    page.get_by_test_id("ticket-reopen").click()
    expect(state).to_have_attribute("data-state", "reopened")
    page.get_by_test_id("to-tickets").click()
    expect(page.get_by_test_id(f"ticket-{number}")).to_contain_text("Opened again")
    everyone_can_use(page)
