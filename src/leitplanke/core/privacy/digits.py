"""Check digits and shapes of German numbers. A number that fails may be no number of that kind, or misspelt."""

from __future__ import annotations

from stdnum import iban as _iban
from stdnum.de import idnr as _idnr

_ICAO_WEIGHTS = (7, 3, 1)
_SVNR_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def compact(value: str) -> str:
    """Return letters and digits of `value`, in capitals."""
    return "".join(filter(str.isalnum, value.upper()))


def is_german_iban(value: str) -> bool:
    """Tell whether the check digits fit a `value` that is `DE` and twenty digits (ISO 13616)."""
    number = compact(value)
    return int(f"{number[4:]}1314{number[2:4]}") % 97 == 1


def is_iban(value: str) -> bool:
    """Tell whether `value` is an IBAN whose check digits fit."""
    return bool(_iban.is_valid(compact(value), check_country=False))


def is_steuer_id(value: str) -> bool:
    """Tell whether `value` is a tax identification number whose check digit fits."""
    return bool(_idnr.is_valid(compact(value)))


def is_svnr(value: str) -> bool:
    """Tell whether `value` is a pension insurance number whose check digit fits (§ 4 VKVV)."""
    number = compact(value)
    if len(number) != 12 or not is_svnr_shape(number):
        return False
    letter = ord(number[8]) - ord("A") + 1
    digits = [int(sign) for sign in f"{number[:8]}{letter:02d}{number[9:11]}"]
    total = sum(_cross(digit * weight) for digit, weight in zip(digits, _SVNR_WEIGHTS, strict=True))
    return total % 10 == int(number[11])


def is_svnr_shape(number: str) -> bool:
    """Tell whether twelve signs could be a pension insurance number: area, birth date, letter, serial number."""
    if not (number[:8].isdecimal() and number[8].isalpha() and number[8].isascii() and number[9:].isdecimal()):
        return False
    return 1 <= int(number[2:4]) <= 81 and 1 <= int(number[4:6]) <= 12


def is_kvnr(value: str) -> bool:
    """Tell whether `value` is a health insurance number whose check digit fits (§ 290 SGB V)."""
    number = compact(value)
    if len(number) != 10 or not ("A" <= number[0] <= "Z") or not number[1:].isdecimal():
        return False
    digits = [int(sign) for sign in f"{ord(number[0]) - ord('A') + 1:02d}{number[1:9]}"]
    total = sum(_cross(digit * weight) for digit, weight in zip(digits, (1, 2) * 5, strict=True))
    return total % 10 == int(number[9])


def is_ausweis(value: str) -> bool:
    """Tell whether ten signs are the serial number of an identity document and its check digit (ICAO 9303)."""
    number = compact(value)
    if len(number) != 10 or not number[9].isdecimal():
        return False
    total = sum(_icao(sign) * _ICAO_WEIGHTS[place % 3] for place, sign in enumerate(number[:9]))
    return total % 10 == int(number[9])


def _icao(sign: str) -> int:
    return int(sign) if sign.isdecimal() else ord(sign) - ord("A") + 10


def _cross(number: int) -> int:
    return number // 10 + number % 10
