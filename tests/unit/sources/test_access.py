from __future__ import annotations

import os
from pathlib import Path

import pytest

from ecliptic import legacy, sources
from ecliptic.errors import ConfigError
from ecliptic.model.access import Access, Proxy
from ecliptic.model.finding import Finding
from ecliptic.model.site import Site, Subscription
from ecliptic.sources import edit, findings

URL = "https://blog.example/feed.xml"
SECRET = "s3cret"


def write(folder: Path, feed: str, fetch: str = "") -> Path:
    path = folder / "planet.toml"
    path.write_text(f'[planet]\nname = "P"\n[fetch]\n{fetch}\n[[feed]]\n{feed}\n', "utf-8")
    return path


def load(folder: Path, feed: str, fetch: str = "") -> Site:
    return sources.load(write(folder, feed, fetch))


def feed_of(folder: Path, feed: str) -> Subscription:
    (found,) = load(folder, feed).subscriptions
    return found


def access_of(folder: Path, settings: str, url: str = URL) -> Access:
    found = feed_of(folder, f'url = "{url}"\n{settings}')
    assert found.access is not None
    assert found.access.home == found.url
    return found.access


def problem(folder: Path, feed: str, fetch: str = "") -> Finding:
    with pytest.raises(ConfigError) as caught:
        load(folder, feed, fetch)
    (found,) = findings.of_error(caught.value)
    assert SECRET not in str(caught.value) + repr(found)
    return found


def test_feed_when_it_is_plain_then_it_has_no_access(tmp_path: Path) -> None:
    assert feed_of(tmp_path, f'url = "{URL}"\ninsecure = false\nheaders = {{}}').access is None


# Names and passwords


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        (f'username = "me"\npassword = "{SECRET}:ä"', URL),
        ("", f"https://me:{SECRET}%3A%C3%A4@blog.example/feed.xml"),
    ],
)
def test_credentials_when_given_then_beside_the_address_and_not_in_it(
    tmp_path: Path, settings: str, url: str
) -> None:
    assert access_of(tmp_path, settings, url).credentials == f"me:{SECRET}:ä"
    assert feed_of(tmp_path, f'url = "{url}"\n{settings}').url == URL


def test_credentials_when_in_the_address_of_a_list_or_an_old_configuration_then_taken_out(
    tmp_path: Path,
) -> None:
    opml, ini = tmp_path / "feeds.opml", tmp_path / "config.ini"
    url = f"https://me:{SECRET}@blog.example/feed.xml"
    opml.write_text(f'<opml><body><outline text="a" xmlUrl="{url}"/></body></opml>', "utf-8")
    ini.write_text(f"[Planet]\nname = P\n[{url}]\nname = A\n", "utf-8")
    for site in (sources.load(opml), legacy.load(ini)):
        (feed,) = site.subscriptions
        assert feed.url == URL
        assert feed.access is not None
        assert feed.access.credentials == f"me:{SECRET}"
        assert SECRET not in repr(site)


@pytest.mark.parametrize(
    "settings",
    [
        f'url = "https://me:{SECRET}@blog.example/"\npassword = "{SECRET}"',
        f'url = "{URL}"\nusername = "me"\nheaders = {{ authorization = "Bearer {SECRET}" }}',
        f'url = "https://me@blog.example/"\nheaders = {{ Authorization = "{SECRET}" }}',
    ],
)
def test_credentials_when_given_twice_then_refused(tmp_path: Path, settings: str) -> None:
    found = problem(tmp_path, settings)
    assert found.code == "sources.bad_value"
    assert "allowed: one of them" in found.message


@pytest.mark.parametrize(
    "url",
    [
        f"https://me:{SECRET}@blog example/", f"ftp://me:{SECRET}@blog.example/",
        f"https://me:{SECRET}@[::1/", f"https://me:{SECRET}@blog\u2100.example/",
        f"https://me:{SECRET}@blog.example:x/", f"file://me:{SECRET}@host/feed.xml",
    ],
)  # fmt: skip
def test_address_when_it_is_bad_then_its_password_is_not_shown(tmp_path: Path, url: str) -> None:
    assert problem(tmp_path, f'url = "{url}"').code == "sources.bad_address"


def test_feeds_when_only_their_passwords_differ_then_one_is_a_duplicate(tmp_path: Path) -> None:
    second = f'[[feed]]\nurl = "https://me:{SECRET}@blog.example/feed.xml"'
    assert problem(tmp_path, f'url = "{URL}"\n{second}').code == "sources.duplicate_feed"


def test_edit_when_the_address_holds_a_password_then_found_without_it(tmp_path: Path) -> None:
    path = write(tmp_path, f'url = "https://me:{SECRET}@blog.example/feed.xml"')
    for url in (f"https://me:{SECRET}@blog.example/feed.xml", URL):
        with pytest.raises(ConfigError, match="already listed") as caught:
            edit.add_feed(path, url)
        assert SECRET not in str(caught.value)
    with pytest.raises(ConfigError, match="did you mean") as caught:
        edit.remove_feed(path, f"https://me:{SECRET}@blog.example/fed.xml")
    assert SECRET not in str(caught.value)
    edit.remove_feed(path, URL)
    assert sources.load(path).subscriptions == ()


# Values from elsewhere


def test_secret_when_it_is_in_the_environment_or_a_file_then_taken_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEED_TOKEN", f"Bearer {SECRET}")
    (tmp_path / "secret.txt").write_text(f"{SECRET}\n", "utf-8")
    settings = 'username = "me"\npassword = { file = "secret.txt" }\n'
    settings += 'headers = { X-Token = { env = "FEED_TOKEN" }, X-Plain = "a" }'
    access = access_of(tmp_path, settings)
    assert access.credentials == f"me:{SECRET}"
    assert access.headers == (("X-Token", f"Bearer {SECRET}"), ("X-Plain", "a"))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('{ env = "NOT_THERE" }', "the environment has no NOT_THERE"),
        ('{ file = "none.txt" }', "there is no file"),
        ('{ file = "pipe" }', "there is no file"),
        ('{ file = "empty.txt" }', "is empty"),
        ('{ file = "large.txt" }', "is too large"),
        ('{ file = "binary.txt" }', "is not UTF-8"),
        ('{ file = "two.txt" }', "one line"),
        ("{ env = 1 }", "neither"),
        (f'{{ value = "{SECRET}" }}', "neither"),
        (f'{{ env = "HOME", file = "{SECRET}" }}', "neither"),
        (f'["{SECRET}"]', "one line"),
        ("1", "one line"),
    ],
)
def test_secret_when_it_is_not_there_then_the_error_names_the_place_and_what_is_allowed(
    tmp_path: Path, value: str, said: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    contents = {"empty": b"\n", "large": b"x" * 20_000, "binary": b"\xff",
                "two": b"s3cret\ns3cret"}  # fmt: skip
    for name, data in contents.items():
        (tmp_path / f"{name}.txt").write_bytes(data)
    found = problem(tmp_path, f'url = "{URL}"\npassword = {value}')
    assert (found.code, found.line, found.key) == ("sources.bad_value", 7, "feed.password")
    assert said in found.message
    assert '{ env = "NAME" }' in found.allowed


@pytest.mark.parametrize("name", ["me:you", "a\\nb", "\\u0000"])
def test_username_when_it_cannot_be_sent_then_refused(tmp_path: Path, name: str) -> None:
    assert problem(tmp_path, f'url = "{URL}"\nusername = "{name}"').key == "feed.username"


# Headers


@pytest.mark.parametrize(
    "name",
    ["Host", "content-length", "COOKIE", "If-None-Match", "if-modified-since", "A-IM", "Range",
     "Transfer-Encoding", "Connection", "Proxy-Authorization", "Accept-Encoding", "", "a b",
     "a:", "X-\u00e4", "a\\r\\nHost"],
)  # fmt: skip
def test_header_when_it_is_not_the_feeds_then_refused(tmp_path: Path, name: str) -> None:
    found = problem(tmp_path, f'url = "{URL}"\nheaders = {{ "{name}" = "{SECRET}" }}')
    assert found.key == "feed.headers"


@pytest.mark.parametrize(
    "value",
    ["", " s3cret", "s3cret ", "s3cret\\r\\nHost: x", "a\\nb", "\\u0000", "\u00e4", "\\u007f"],
)
def test_header_when_its_value_is_not_one_line_of_ascii_then_refused(
    tmp_path: Path, value: str
) -> None:
    found = problem(tmp_path, f'url = "{URL}"\nheaders = {{ X-Token = "{value}" }}')
    assert "X-Token" in found.message


# Proxies


@pytest.mark.parametrize(
    "url",
    ["http://proxy.example:3128", "https://proxy.example:3129", "socks5h://[::1]:1080",
     f"socks5h://me:{SECRET}@127.0.0.1:1080", "http://proxy.example:3128/"],
)  # fmt: skip
def test_proxy_when_it_is_given_then_of_the_planet_or_of_a_feed(tmp_path: Path, url: str) -> None:
    site = load(tmp_path, f'url = "{URL}"\nproxy = "{url}"', f'proxy = "{url}"')
    assert site.fetch.proxy == Proxy(url.removesuffix("/"))
    assert site.subscriptions[0].access == Access(home=URL, proxy=Proxy(url.removesuffix("/")))
    assert SECRET not in repr(site)


@pytest.mark.parametrize("word", ["", "none"])
def test_proxy_when_a_feed_wants_none_then_none(tmp_path: Path, word: str) -> None:
    assert access_of(tmp_path, f'proxy = "{word}"').proxy == Proxy()


@pytest.mark.parametrize(
    "url",
    ["proxy.example:3128", "http://proxy.example", "socks4://a:1", "socks5://me:s3cret@a:1080",
     "ftp://a:21", "http://a:x", "http://a:99999", "http://a:0", "http://:80", "http://a:80/path",
     "http://a:80?s3cret", "http://[::1:80", "http://me:s3cret@a b:80", "http://\u00e4:80"],
)  # fmt: skip
def test_proxy_when_it_cannot_be_one_then_refused(tmp_path: Path, url: str) -> None:
    assert problem(tmp_path, f'url = "{URL}"', f'proxy = "{url}"').key == "fetch.proxy"
    assert problem(tmp_path, f'url = "{URL}"\nproxy = "{url}"').key == "feed.proxy"


# Files


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("file:feeds/own%20feed.xml", "feeds/own feed.xml"),
        ("file:../feed.xml", "../feed.xml"),
        ("file:own feed.xml", "own feed.xml"),
        ("file:///srv/feed.xml", "/srv/feed.xml"),
        ("file://localhost/srv/feed.xml", "/srv/feed.xml"),
        ("FILE:/srv/feed.xml", "/srv/feed.xml"),
    ],
)
def test_file_when_the_configuration_names_it_then_found_from_its_folder(
    tmp_path: Path, url: str, path: str
) -> None:
    feed = feed_of(tmp_path, f'url = "{url}"')
    wanted = Path(os.path.normpath(tmp_path / path)).as_uri()
    assert feed.url == wanted
    assert feed.access == Access(home=wanted, local=True)


@pytest.mark.parametrize(
    "url", ["file:", "file:///", "file://host/feed.xml", "file:a%00b", "file:a?b", "file:a#b"]
)
def test_file_when_it_cannot_be_one_then_refused(tmp_path: Path, url: str) -> None:
    assert problem(tmp_path, f'url = "{url}"').code == "sources.bad_address"


def test_file_when_it_is_given_what_only_servers_ask_for_then_refused(tmp_path: Path) -> None:
    found = problem(tmp_path, 'url = "file:feed.xml"\nusername = "me"\nproxy = "none"')
    assert found.code == "sources.bad_value"
    assert "a file has no proxy and no username" in found.message


def test_file_when_an_old_configuration_names_it_then_it_is_the_operators(tmp_path: Path) -> None:
    path = tmp_path / "config.ini"
    path.write_text("[Planet]\nname = P\n[file:feed.xml]\nname = A\n", "utf-8")
    (feed,) = legacy.load(path).subscriptions
    assert feed.access == Access(home=(tmp_path / "feed.xml").as_uri(), local=True)
    assert not feed.paused


def test_file_when_a_list_of_feeds_names_it_then_it_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text('<opml><body><outline xmlUrl="file:///etc/hosts"/></body></opml>', "utf-8")
    (feed,) = sources.load(path).subscriptions
    assert feed.paused
    assert feed.access is None


def test_file_when_it_is_removed_then_by_either_spelling(tmp_path: Path) -> None:
    for url in ("file:feed.xml", (tmp_path / "feed.xml").as_uri()):
        path = write(tmp_path, 'url = "file:feed.xml"')
        edit.remove_feed(path, url)
        assert sources.load(path).subscriptions == ()
