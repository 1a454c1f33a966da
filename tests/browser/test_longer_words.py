"""Words that are longer, as in other languages, break no page and clip no control."""

from __future__ import annotations

import pytest

from tests.browser.test_trust import ROUTES

WIDTHS = (390, 1366)
LONGER = """(() => {
  const accents = {a: 'å', e: 'é', i: 'ï', o: 'ö', u: 'ü', y: 'ÿ', c: 'ç', n: 'ñ', A: 'Å', O: 'Ö'};
  const mark = '\\u2060';  // what is longer already; it has no width
  const longer = (node) => {
    const text = node.data.trim();
    if (node.data.includes(mark) || !/[a-z]{2}/i.test(text)) return;
    const more = text.length < 4 ? 2 : Math.ceil(text.length * 0.4);
    const tail = 'en lang word and more '.repeat(1 + more / 20).slice(0, more).trim();
    const accented = [...text].map((letter) => accents[letter] ?? letter).join('');
    node.data = node.data.replace(text, `${accented} ${tail}${mark}`);
  };
  const all = (root) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (!node.parentElement?.closest('script, style')) longer(node);
  };
  new MutationObserver((changes) => {
    for (const change of changes)
      if (change.type === 'characterData') longer(change.target);
      else change.addedNodes.forEach((node) => (node.nodeType === 3 ? longer(node) : all(node)));
  }).observe(document, { subtree: true, childList: true, characterData: true });
})()"""
CLIPPED = """() => [...document.querySelectorAll('button, summary, select, label, [role=tab], a')]
  .filter((each) => each.checkVisibility() && each.clientWidth > 0)
  .filter((each) => !each.closest('.hidden, .skip, [aria-hidden=true]'))
  .filter((each) => each.scrollWidth > each.clientWidth + 1 ||
    each.scrollHeight > each.clientHeight + 3)
  .map((each) => `${each.tagName} ${each.dataset.testid ?? ''} ${each.textContent.trim()}`)"""


@pytest.mark.parametrize("route", ROUTES)
def test_no_control_is_clipped_by_longer_words(visit, venue, page, route):
    """UX-68: forty percent longer and accented, on a phone and a desk."""
    if route == "trade":
        venue.order("buy", "0.1")
    page.add_init_script(LONGER)
    page = visit(route)
    page.wait_for_timeout(1_000)
    assert page.evaluate("document.body.innerText.includes('å')")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.evaluate(CLIPPED) == [], width
