"""The words of what `ecliptic theme check` finds in pages."""

from __future__ import annotations

from typing import Final

THEME: Final = {
    "theme.no_title": "the page has no title: fill <title>, which tabs and search engines show",
    "theme.no_language": "the page does not say its language: give <html> the attribute lang",
    "theme.no_main": "the page has not one <main>: readers who do not see skip to it",
    "theme.no_skip_link": "the first link inside the page does not lead to its content: those who "
    "read by keyboard go through the menu each time",
    "theme.inline": "the page has {found} in it, which its policy forbids: put it into a file of "
    "assets/",
    "theme.form": "the page has a form, which its policy forbids: link to a page that has one",
    "theme.no_alt": "an image has no alt: {found}; an empty one says that it is decoration",
    "theme.idle_template": "{found} is used by no page, and no template of the theme includes it",
    "theme.idle_block": "the block {found} is shown nowhere: what this template extends has none "
    "of that name",
    "theme.dead_link": "the page names {found}, which the site does not have",
}
