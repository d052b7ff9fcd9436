from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from leitplanke.core.privacy import Label
from leitplanke.core.privacy.digits import is_ausweis, is_german_iban, is_iban, is_kvnr, is_steuer_id, is_svnr
from tests.core.privacy.reading import found, found_as


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (is_iban, "DE89 3704 0044 0532 0130 00"),
        (is_steuer_id, "86 095 742 719"),
        (is_svnr, "65 170839 J 003"),
        (is_svnr, "15070649C103"),
        (is_kvnr, "A123456780"),
        (is_ausweis, "L01X00T471"),
    ],
)
def test_check_digits_fit_and_another_last_digit_does_not(check: Callable[[str], bool], value: str) -> None:
    assert check(value)
    other = value[:-1] + str((int(value[-1]) + 1) % 10)
    assert not check(other)


def test_german_ibans_are_checked_as_all_others_are() -> None:
    draw = random.Random(6)  # noqa: S311 - the same numbers each time
    values = [f"DE{draw.randrange(10**20):020d}" for _ in range(200)]
    values += [f"DE{98 - int(value[4:] + '131400') % 97:02d}{value[4:]}" for value in values[:20]]
    assert [is_german_iban(value) for value in values] == [is_iban(value) for value in values]
    assert all(is_german_iban(value) for value in values[200:])


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("Bitte auf DE89 3704 0044 0532 0130 00 überweisen", Label.IBAN, "DE89 3704 0044 0532 0130 00"),
        ("Konto de89370400440532013000.", Label.IBAN, "de89370400440532013000"),
        ("mit Zahlendreher: DE89 3704 0044 0532 0310 00", Label.IBAN, "DE89 3704 0044 0532 0310 00"),
        ("Konto AT61 1904 3002 3457 3201 BIC", Label.IBAN, "AT61 1904 3002 3457 3201"),
        ("Die Nummer 86 095 742 719 steht im Bescheid", Label.STEUER_ID, "86 095 742 719"),
        ("Steuer-ID: 86095742710", Label.STEUER_ID, "86095742710"),
        ("St.-Nr. 133/8150/8159", Label.STEUERNUMMER, "133/8150/8159"),
        ("SVNR 65 170839 J 003", Label.SVNR, "65 170839 J 003"),
        ("vers. nr. 65170839j003", Label.SVNR, "65170839j003"),
        ("AOK-Karte A123456780 liegt vor", Label.KVNR, "A123456780"),
        ("Versichertennummer A 123 456 789", Label.KVNR, "A 123 456 789"),
        ("Personalausweis L01X00T47 liegt vor", Label.AUSWEIS, "L01X00T47"),
        ("Seriennummer L01X00T471", Label.AUSWEIS, "L01X00T471"),
        ("Reisepass der Mutter: C01X0006H", Label.AUSWEIS, "C01X0006H"),
        ("Az.: 50.2-AS-12345/24 vom 3.4.2024", Label.AKTENZEICHEN, "50.2-AS-12345/24"),
        ("AZ 12 K 345/24, Kläger", Label.AKTENZEICHEN, "12 K 345/24"),
        ("Vorgangsnr. der Polizei ST/0447812/2024.", Label.AKTENZEICHEN, "ST/0447812/2024"),
        ("BG-Nummer 35502//0012345", Label.AKTENZEICHEN, "35502//0012345"),
        ("verurteilt vom AG Musterstadt (523 Ds 118/23)", Label.AKTENZEICHEN, "523 Ds 118/23"),
        ("Kassenzeichen\n5.0100.123456.7", Label.KASSENZEICHEN, "5.0100.123456.7"),
        ("Hundesteuer-Kassenzeichen 0032-118-77409", Label.KASSENZEICHEN, "0032-118-77409"),
        ("Kd.-Nr. 4711-0815", Label.KUNDENNR, "4711-0815"),
        ("Kundennr. Jobcenter: 961B404412", Label.KUNDENNR, "961B404412"),
    ],
)
def test_number_is_found_however_it_is_spaced(text: str, label: Label, value: str) -> None:
    assert (label.value, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Das Urteil des BVerwG vom 3. Mai 2021, 5 C 12/20, ist veröffentlicht.",
        "Nach § 12 Abs. 3 Satz 2 SGB II und Art. 6 DSGVO gilt das nicht.",
        "Am 12.03.2024 wurden 12.500 Euro für 340 Haushalte bewilligt.",
        "Artikel Nr. 4711-0815-22, DIN EN ISO 9001:2015, Verordnung (EU) 2016/679",
        "Die Zahl 12345678901 ist keine Steuernummer.",
    ],
)
def test_norms_sums_and_judgments_are_no_findings(text: str) -> None:
    assert found(text) == []


def test_serial_numbers_of_identity_cards_are_found_with_the_check_digit_in_position_ten() -> None:
    signs = "CFGHJKLMNPRTVWXYZ0123456789"
    draw = random.Random(4)  # noqa: S311 (test data)
    for _ in range(200):
        serial = draw.choice("LMNPRTVWXY") + "".join(draw.choice(signs) for _ in range(8))
        digit = next(digit for digit in "0123456789" if is_ausweis(serial + digit))
        assert found_as(f"Ausweisnummer: {serial}{digit}", Label.AUSWEIS) == [serial + digit]
