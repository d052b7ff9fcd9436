import pytest

from leitplanke.base.outbound import Destination, OutboundError, destination
from leitplanke.base.outbound.addresses import permitted

pytestmark = pytest.mark.security


@pytest.mark.parametrize(
    "address",
    [
        "", "model.example", "file:///etc/passwd", "gopher://model.example/", "unix:///run/x.sock", "ftp://model.example",
        "https://", "https:///v1", "https://u@model.example/v1", "https://u:p@model.example/v1", "https://@model.example",
        "https://model.example/v1?x=1", "https://model.example/v1#x", "https://model.example/../v1 ",
        "https://model.example\\@127.0.0.1/", "https://2130706433/v1", "https://0x7f.1/v1", "https://127.1/v1",
        "https://0177.0.0.1/v1", "https://model.example:99999/v1", "https://mod el.example/v1", "https://[::1/v1",
        "https://modéll.example/v1", "https://model.example/v1/%2e%2e",
    ],
)  # fmt: skip
@pytest.mark.parametrize("local", [True, False])
def test_what_is_no_plain_address_is_no_destination(address: str, local: bool) -> None:
    with pytest.raises(OutboundError, match="adresse_ungueltig"):
        destination(address, local=local)


def test_without_tls_only_registered_inner_addresses_exist() -> None:
    with pytest.raises(OutboundError, match="adresse_gesperrt"):
        destination("http://model.example/v1", local=False)
    assert destination("http://127.0.0.1:8080/v1", local=True) == Destination("http", "127.0.0.1", 8080, "/v1", True)


def test_an_address_is_written_one_way_only() -> None:
    assert (
        destination("https://Model.Example./v1/", local=False).url("/models") == "https://model.example:443/v1/models"
    )
    assert destination("https://[2001:db8::1]:8443/v1", local=True).url("/x") == "https://[2001:db8::1]:8443/v1/x"


INNER = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "::1", "fd00::1",
    "::ffff:10.0.0.1", "::ffff:127.0.0.1",
]  # fmt: skip
NEVER = [
    "169.254.169.254", "169.254.1.1", "fe80::1", "fe80::1%eth0", "::", "224.0.0.1", "ff02::1",
    "0.0.0.0", "255.255.255.255",  # noqa: S104
    "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1", "240.0.0.1", "kein.name", "",
]  # fmt: skip
DISGUISED = ["64:ff9b::a00:1", "2002:7f00:1::1", "2001:0:a00:1::1"]
OUTER = ["8.8.8.8", "2a00:1450:4001::1"]


@pytest.mark.parametrize("address", [*INNER, *NEVER, *DISGUISED])
def test_inner_addresses_are_closed_to_outer_destinations(address: str) -> None:
    assert not permitted(address, local=False, plain=False)


@pytest.mark.parametrize("address", INNER)
def test_registered_destinations_may_be_inner(address: str) -> None:
    assert permitted(address, local=True, plain=False)
    assert permitted(address, local=True, plain=True)


@pytest.mark.parametrize("address", [*NEVER, *DISGUISED])
def test_nobody_can_register_addresses_of_secrets_and_neighbours(address: str) -> None:
    assert not permitted(address, local=True, plain=False)


@pytest.mark.parametrize("address", OUTER)
def test_outer_addresses_are_reached_with_tls_only(address: str) -> None:
    assert permitted(address, local=False, plain=False)
    assert permitted(address, local=True, plain=False)
    assert not permitted(address, local=True, plain=True)
