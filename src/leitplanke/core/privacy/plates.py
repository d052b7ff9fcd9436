"""Number plates: with a known district where nothing else says so, with any after a word that does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

from leitplanke.core.privacy.model import Label, Span

_DASH = r"[ ]?[\-–·•:‐‑][ ]?"
_PLATE = re.compile(rf"(?<![\w\-–./])([A-ZÄÖÜ]{{1,3}})({_DASH}|[ ])([A-ZÄÖÜ]{{1,2}})([ \u00a0\-–·]{{0,2}})([1-9]\d{{0,3}})[ ]?([EH](?![\w]))?(?![\w]|[./,\-]\d)")
_CUE = re.compile(
    r"(?<![\w])(?:kfz-kennzeichen|kraftfahrzeugkennzeichen|autokennzeichen|kennzeichens|kennzeichen|kennz\.|amtl\. kennz\.|amtliches kennzeichen|kfz|pkw|lkw|nummernschild|fahrzeugs|fahrzeug|motorrad|auto|wagen|halteranfrage|kz|fzg|fzg\.|anhänger)"
    r"(?![^\W\d_])(?:[ \t:=.\-–(\"„]|\r?\n|(?:mit|dem|das|amtlichen|amtliches|kennzeichen|lautet|ist|war|nr|des|halter|ein|kz|kennz|amtl)(?![\w])){0,10}"
)
_ANY = re.compile(r"([A-ZÄÖÜa-zäöü]{1,3})(?:[ ]?[\-–·•:‐‑][ ]?|[ ]{0,2})([A-ZÄÖÜa-zäöü]{1,2})[ \u00a0\-–·]{0,2}([1-9]\d{0,3})[ ]?(?:[EHeh](?!\w))?(?![\w])")
_TIGHT = re.compile(r"([A-ZÄÖÜ]{2,5})[ ]?([1-9]\d{0,3})[EH]?(?![\w])")
_NO_DISTRICT = frozenset("EU AG EG TV DIN ISO SGB AZ ABS ART NR OK TOP PC USB UVP LED".split())
# Districts that came back or were cut anew and that the package does not know.
_MORE = """
AAL ALF ALS ALZ ANA ANG ANK ARN ART ASZ ASL AT AUE BAR BCH BE BED BEI BER BF BH BID BIN BKS BLB BNA BOG BRG BRI BRK BRL BRV BSB BSK BU BUL BÜD BÜR BÜZ BZA CAS CLP CLZ CR DI
DIL DIN DIZ DKB DL DS DT DUD DW EBN EBS ECK EG EH EIH EIL EIN EIS ERK ESA ESB EUT EW FDB FEU FI FKB FLÖ FOR FOR FTL FÜS FW FZ GA GAN GC GD GDB GEL GEM GEO GHA GHC GK GLA GMN GN GNT GOA GOH GRA GRH GRI
GRM GRS GUB GUN GV GVM GW GZ HAB HC HCH HCS HDL HEB HET HGN HHM HIG HIP HMÜ HOG HOH HOR HOT HÖS HV HVL HY HZ IL ILL IRL ITZ JB JE JEV JÜL KAR KEL KLZ KM KÖN KÖT KÖZ KRU KW KY LAN LBS LBZ LC LE LEO
LH LIB LN LOH LR LSZ LÖB LÜD LÜN LP LWL MAI MAK MAL MAR MC MED MEG MEL MER MET MGH MGN MHL ML MOD MON MQ MR MT MTL MÜB MÜN MW MY NAB NAI NAU NEB NEC NEN NH NIB NMB NOR NP NRÜ NT NY NZ NÖ OBB OBG OC OCH
ÖHR OLD OP ÖPR OTT OTW OVI OVL OZ PAR PEG PER PL PLÖ PN PRÜ PW PZ QFT QLB RC RDG REH REI RG RI RID RIE RL RM RN ROD ROF ROK ROL ROT RSL RU SAB SAN SB SBG SBK SCZ SDH SDT SEB SEE SEF SEL SFB SFT SGH
SHK SLE SLN SLÜ SLZ SMÜ SOB SOG SOL SPB SRB SRO STB STE STH STL STO SUL SWA SY SZB TE TET TG TIR TO TÖN TP TPA TR UEM UFF UH USI VAI VG VIB VIT VL VOH WA WAN WAR WBG WDA WEB WEG WEL WER WG WIS WIT WIZ WK WLG WM WMS WOH WOL WOR WOS WR
WRN WS WSF WSW WTL WUR WÜM WZL ZE ZEL ZI ZIG ZP ZR ZS ZW ZZ BBL NVM
""".split()


@lru_cache(maxsize=1)
def districts() -> frozenset[str]:
    """Return the letters a plate may begin with."""
    listed = import_module("faker.providers.automotive.de_DE").Provider.license_plate_prefix
    return frozenset(prefix.upper() for prefix in (*listed, *_MORE)) - _NO_DISTRICT


def propose_plates(text: str, low: str) -> Iterator[Span]:
    """Yield number plates; `low` is `text` in small letters."""
    for match in _PLATE.finditer(text):
        district, dash, letters, blank, digits, _rest = match.groups()
        sure = dash.strip() != ""
        if district not in districts() or len(district + letters + digits) > 8:
            continue
        if sure or (blank and len(letters + digits) >= 3 and len(district) + len(letters) >= 2 and not _prose(text, match)):
            yield Span(match.start(), match.end(), Label.KFZ, 0.85 if sure else 0.6)
    for cue in _CUE.finditer(low):
        match = _tight(text, cue.end()) or _ANY.match(text, cue.end())
        if match and match[1].upper() in districts() and not text[match.start() - 1 : match.start()].isalnum():
            yield Span(match.start(), match.end(), Label.KFZ, 0.9)


def _prose(text: str, match: re.Match[str]) -> bool:
    """Tell whether letters and figures stand in a chain of capitals (`WEG AG 12 B`), which is no plate."""
    before = text[max(0, match.start() - 5) : match.start()].rstrip()
    after = text[match.end() : match.end() + 3]
    return bool(before) and (before[-1].isdigit() or before[-1] in ".:§" or before[-2:].isupper()) or after.startswith((" /", "/", " %"))


def _tight(text: str, place: int) -> re.Match[str] | None:
    """Match a plate without any gap (`MSAB123`): the longest district that leaves one or two letters."""
    match = _TIGHT.match(text, place)
    if match is None:
        return None
    for cut in (3, 2, 1):
        if match[1][:cut] in districts() and 1 <= len(match[1]) - cut <= 2:
            return re.compile(rf"([A-ZÄÖÜ]{{{cut}}})[A-ZÄÖÜ]{{1,2}}[ ]?\d{{1,4}}[EH]?").match(text, place)
    return None
