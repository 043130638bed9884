"""Where a webhook may go: by https to public addresses, never into a private network (SSRF).

The name is judged when it is registered and again when it is used; the addresses that it stands
for are judged when it is used, and the connection is made to an address that was judged.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

LONGEST_URL = 500
_VISIBLE = re.compile(r"[\x21-\x7e]+")
# The last label begins with a letter, so that no way of writing a number is a name (127.1, 0x7f).
_NAME = re.compile(
    r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])"
)
# Names that lead nowhere outside (RFC 6761, 6762, 8375, ICANN's list of collisions).
_INSIDE = frozenset(
    "localhost local localdomain internal intranet private lan home corp arpa invalid onion".split()
)
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"https": 443, "http": 80}
_FIRST_FREE_PORT = 1024
# IANA's special-purpose registries; said here, for the standard library's list changes by version.
_NOT_PUBLIC = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # of IPv6's global part: protocol assignments with Teredo, documentation, 6to4
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip
_GLOBAL_IPV6 = ip_network("2000::/3")


@dataclass(frozen=True)
class Target:
    """A URL taken apart: `path` with its query, as it is asked for."""

    is_https: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = _PORTS["https" if self.is_https else "http"]
        return host if self.port == usual else f"{host}:{self.port}"


def parse_target(url: str, *, allow_local: bool) -> Target | str:
    """The target, or the code of the reason why nothing is sent there.

    With `allow_local` (systems under development and test) this machine itself is a target too,
    also by plain http.
    """
    if len(url) > LONGEST_URL or not _VISIBLE.fullmatch(url) or "\\" in url:
        return "webhook-url-malformed"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "webhook-url-malformed"
    host = (parts.hostname or "").lower()
    if parts.scheme not in _PORTS or not host:
        return "webhook-url-malformed" if parts.scheme == "https" else "webhook-url-not-https"
    if "@" in parts.netloc or "#" in url:
        return "webhook-url-malformed"
    is_local = allow_local and host in _LOCAL_HOSTS
    if parts.scheme != "https" and not is_local:
        return "webhook-url-not-https"
    port = _PORTS[parts.scheme] if port is None else port
    if not is_local and not (_is_outside(host) and (port == 443 or port >= _FIRST_FREE_PORT)):
        return "webhook-url-not-public"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, port, path)


def may_connect(address: str, *, allow_local: bool) -> bool:
    """Whether a resolved address may be connected to; with `allow_local` also this machine."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return _is_public(parsed) or (allow_local and parsed.is_loopback)


def _is_outside(host: str) -> bool:
    return bool(_NAME.fullmatch(host)) and host.rpartition(".")[2] not in _INSIDE


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if address.version == 6 and address not in _GLOBAL_IPV6:
        return False
    if any(address.version == one.version and address in one for one in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast
