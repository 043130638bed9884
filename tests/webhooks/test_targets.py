"""Where webhooks may go: no way of writing a private address gets through (SSRF)."""

import pytest

from apoa.webhooks.targets import Target, may_connect, parse_target

GOOD = {
    "https://pms.example.com/hook": Target(True, "pms.example.com", 443, "/hook"),
    "https://pms.example.com": Target(True, "pms.example.com", 443, "/"),
    "https://PMS.Example.com:8443/a?b=c": Target(True, "pms.example.com", 8443, "/a?b=c"),
    "https://xn--bcher-kva.example/": Target(True, "xn--bcher-kva.example", 443, "/"),
    "https://127.0.0.1.example.com/": Target(True, "127.0.0.1.example.com", 443, "/"),
}
BAD = {
    "": "webhook-url-malformed",
    "pms.example.com/hook": "webhook-url-not-https",
    "http://pms.example.com/hook": "webhook-url-not-https",
    "HTTP://pms.example.com/hook": "webhook-url-not-https",
    "ftp://pms.example.com/": "webhook-url-not-https",
    "file:///etc/passwd": "webhook-url-not-https",
    "gopher://pms.example.com/": "webhook-url-not-https",
    "https://": "webhook-url-malformed",
    "https:///hook": "webhook-url-malformed",
    "https://pms.example.com:99999/": "webhook-url-malformed",
    "https://pms.example.com:x/": "webhook-url-malformed",
    "https://pms.example.com/#a": "webhook-url-malformed",
    "https://user@pms.example.com/": "webhook-url-malformed",
    "https://user:word@pms.example.com/": "webhook-url-malformed",
    "https://pms.example.com@127.0.0.1/": "webhook-url-malformed",
    "https://pms.example.com%40127.0.0.1/": "webhook-url-not-public",
    "https://pms.example.com\\@127.0.0.1/": "webhook-url-malformed",
    "https://pms.example.com/a b": "webhook-url-malformed",
    "https://pms.example.com/\r\nHost: x": "webhook-url-malformed",
    "https://pms.example.com/\x00": "webhook-url-malformed",
    "https://bücher.example/": "webhook-url-malformed",
    "https://１２７.0.0.1/": "webhook-url-malformed",
    "https://ⓛⓞcalhost/": "webhook-url-malformed",
    "https://pms。example.com/": "webhook-url-malformed",
    "https://" + "a" * 500 + ".com/": "webhook-url-malformed",
    "https://localhost/": "webhook-url-not-public",
    "https://LOCALHOST:8443/": "webhook-url-not-public",
    "https://api.localhost/": "webhook-url-not-public",
    "https://printer.local/": "webhook-url-not-public",
    "https://metadata.google.internal/": "webhook-url-not-public",
    "https://intranet/": "webhook-url-not-public",
    "https://nas.home.arpa/": "webhook-url-not-public",
    "https://127.0.0.1/": "webhook-url-not-public",
    "https://8.8.8.8/": "webhook-url-not-public",
    "https://169.254.169.254/latest/": "webhook-url-not-public",
    "https://127.1/": "webhook-url-not-public",
    "https://127.0.0.1./": "webhook-url-not-public",
    "https://2130706433/": "webhook-url-not-public",
    "https://0x7f000001/": "webhook-url-not-public",
    "https://0x7f.0.0.1/": "webhook-url-not-public",
    "https://127.0x1/": "webhook-url-not-public",
    "https://0177.0.0.1/": "webhook-url-not-public",
    "https://0/": "webhook-url-not-public",
    "https://[::1]/": "webhook-url-not-public",
    "https://[::]/": "webhook-url-not-public",
    "https://[::ffff:127.0.0.1]/": "webhook-url-not-public",
    "https://[::ffff:7f00:1]/": "webhook-url-not-public",
    "https://[fe80::1%25eth0]/": "webhook-url-not-public",
    "https://[fd00:ec2::254]/": "webhook-url-not-public",
    "https://[2606:4700::1111]/": "webhook-url-not-public",
    "https://[::1/": "webhook-url-malformed",
    "https://pms_x.example.com/": "webhook-url-not-public",
    "https://-pms.example.com/": "webhook-url-not-public",
    "https://pms.example.com./": "webhook-url-not-public",
    "https://pms..example.com/": "webhook-url-not-public",
    "https://pms.example.com:22/": "webhook-url-not-public",
    "https://pms.example.com:0/": "webhook-url-not-public",
    "https://pms.example.com:25/": "webhook-url-not-public",
}
NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.0.1
169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1
192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe ::ffff:0:7f00:1
64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:10::1 2001:db8::1
2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1
ff02::1 ff0e::1 4000::1
""".split()
PUBLIC = "8.8.8.8 1.1.1.1 103.28.12.1 172.15.0.1 172.32.0.1 2606:4700::1111 2400:cb00::1".split()


@pytest.mark.parametrize("url", GOOD)
def test_public_https_is_a_target(url: str) -> None:
    assert parse_target(url, allow_local=False) == GOOD[url]


@pytest.mark.parametrize("url", BAD)
def test_anything_else_is_refused(url: str) -> None:
    assert parse_target(url, allow_local=False) == BAD[url]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_address_inside_is_connected_to(address: str) -> None:
    assert not may_connect(address, allow_local=False)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_connected_to(address: str) -> None:
    assert may_connect(address, allow_local=False)


@pytest.mark.parametrize("address", ["", "localhost", "2130706433", "0x7f000001", "127.1"])
def test_what_is_no_address_is_not_connected_to(address: str) -> None:
    assert not may_connect(address, allow_local=True)


def test_only_this_machine_is_open_to_systems_under_development() -> None:
    for url in ("http://127.0.0.1:9000/x", "http://localhost/", "https://[::1]:9000/"):
        assert isinstance(parse_target(url, allow_local=True), Target)
        assert isinstance(parse_target(url, allow_local=False), str)
    for url in ("http://10.0.0.1/", "https://192.168.0.1/", "http://pms.example.com/"):
        assert isinstance(parse_target(url, allow_local=True), str)
    assert may_connect("127.0.0.1", allow_local=True)
    assert may_connect("::1", allow_local=True)
    assert not may_connect("10.0.0.1", allow_local=True)
    assert not may_connect("169.254.169.254", allow_local=True)


def test_the_host_header_names_what_was_asked_for() -> None:
    for url, wanted in (
        ("https://a.example/", "a.example"),
        ("https://a.example:8443/", "a.example:8443"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("https://[::1]:9000/", "[::1]:9000"),
    ):
        target = parse_target(url, allow_local=True)
        assert isinstance(target, Target)
        assert target.authority == wanted
