"""Which numbers of the network are public: nothing else is ever connected to.

After the IANA special-purpose address registries (RFC 6890 and its updates) and the forms in which an IPv6 address carries
an IPv4 one: mapped (RFC 4291, 2.5.5), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380), ISATAP (RFC 5214).
Such a form is refused whatever it carries: no page needs one, and who translates it is not ours to know.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

type Address = IPv4Address | IPv6Address

NOT_PUBLIC_4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a carrier's customers
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # what a large cloud tells its own machines, under a number that looks public
        "169.254.0.0/16",  # link-local, where clouds tell machines their secrets
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # of protocols
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Of IPv6 only this has been given out as public; mapped forms, NAT64, private and link-local ones lie elsewhere.
GIVEN_OUT_6 = IPv6Network("2000::/3")
NOT_PUBLIC_6 = tuple(
    IPv6Network(each)
    for each in (
        "2001::/23",  # of protocols, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
# The last 64 bits of an ISATAP address begin so, whatever stands before.
ISATAP = {0x00005EFE, 0x02005EFE}


def is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in NOT_PUBLIC_4)
    return (
        address in GIVEN_OUT_6
        and address.scope_id is None
        and address.is_global
        and not any(address in network for network in NOT_PUBLIC_6)
        and int(address) >> 32 & 0xFFFFFFFF not in ISATAP
    )
