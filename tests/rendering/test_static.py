"""What browsers get of the static files. The browser's tests run on it, so here is only what they would not notice."""

import re

import pytest
from django.conf import settings
from django.test import Client, override_settings
from playwright.sync_api import Page

from factcheck.rendering.static import small

MODULES = sorted((settings.BASE_DIR / "static" / "js").rglob("*.js"))


def test_comments_and_needless_space_are_left_out_and_words_are_not() -> None:
    assert small("one.js", 'const a = "b // c"; // why\n\nconst d = `e   f`;\n') == 'const a="b // c";const d=`e   f`;'
    assert small("one.css", '/* why */ a::after { content: "  /* b */"; }') == 'a::after{content:"  /* b */"}'


def test_what_comes_small_and_what_is_no_code_is_left_alone() -> None:
    for file in ("htmx.min.js", "favicon.svg"):
        assert small(file, "// a  b") == "// a  b"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_module_has_a_text_inside_a_text(module):
    """`a ${b ? `c` : ""}`: the one who makes modules small would take the inner text for code."""
    assert not re.search(r"`[^`]*\$\{[^`}]*`", module.read_text())


@override_settings(WHITENOISE_USE_FINDERS=True)
def test_files_are_read_as_what_they_are_told_to_be() -> None:
    answer = Client().get("/static/js/desk.js")
    assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_what_stands_within_something_is_not_taken_for_the_thing_itself() -> None:
    text = ".a { > .b :is(c, d) { x: y } }\n.e :not(.f) { x: y }"
    assert small("one.css", text) == ".a{>.b *:is(c,d){x:y}}.e *:not(.f){x:y}"


def test_a_browser_reads_the_same_rules_out_of_small_style_sheets(page: Page) -> None:
    # Selectors and conditions as they are, what is declared without its spaces: those of custom properties are kept as written.
    read = """sheet => {
        const read = new CSSStyleSheet();
        read.replaceSync(sheet);
        const told = rules => [...rules].map(rule => [
            rule.selectorText ?? rule.conditionText ?? rule.name ?? rule.constructor.name,
            (rule.style?.cssText ?? "").replace(/\\s+/g, ""),
            told(rule.cssRules ?? []),
        ]);
        return told(read.cssRules);
    }"""
    for sheet in sorted((settings.BASE_DIR / "static").rglob("*.css")):
        whole = sheet.read_text()
        rules = page.evaluate(read, whole)
        assert rules
        assert page.evaluate(read, small(sheet.name, whole)) == rules, sheet.name
