"""Which network addresses may be reached."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Where clouds keep the secrets of their machines; nothing of ours is ever there, whoever registered it.
METADATA = frozenset(
    ipaddress.ip_address(text) for text in ("169.254.169.254", "100.100.100.200", "192.0.0.192", "fd00:ec2::254")
)
SHARED = ipaddress.ip_network("100.64.0.0/10")
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@lru_cache(maxsize=1024)
def permitted(text: str, *, local: bool, plain: bool) -> bool:
    """Return whether a connection to this address may be made.

    Args:
        text: the address, as a resolver says it.
        local: an admin registered the destination as an inner one.
        plain: without TLS, which is for inner addresses alone.
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    seen = _meant(address)
    if METADATA.intersection(seen):
        return False
    if all(_outer(one) for one in seen):
        return not plain
    return local and all(_inner(one) for one in seen)


def _meant(address: Address) -> tuple[Address, ...]:
    """Return an address with those that are packed into it, all of which must be fine."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address, address.sixtofour)
    if address.teredo:
        return (address, *address.teredo)
    if address in NAT64:
        return (address, ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return (address,)


def _outer(address: Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: Address) -> bool:
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    if address.is_loopback:
        return True
    return (address.is_private or address in SHARED) and not address.is_reserved
