"""What web pages carry around their text: menus, sharing, cookies; told by their words and their shape.

Below the article, teasers of other articles stay: they state facts, too. Their buttons and the menus go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leitplanke.core.retrieval.extract.marks import can_be_heading, ends_sentence, item_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leitplanke.core.retrieval.extract.lines import Line

_MENU = re.compile(
    r"""(?:
    (?:direkt\ |springen\ |weiter\ )?zu(?:m|r)\ (?:inhalt|hauptinhalt|navigation|suche|seitenanfang|startseite|fußzeile)
        (?:\ springen)?
    |(?:\w+\ ){0,3}navigation(?:\ (?:überspringen|öffnen|schließen|anzeigen))?
    |(?:haupt)?men[üu](?:\ (?:öffnen|schließen))?
    |(?:diese\ )?seite\ (?:teilen|drucken|empfehlen|vorlesen|merken)
    |(?:artikel|beitrag)\ (?:teilen|drucken|merken)
    |teilen(?:\ auf\ \w+)?|link\ kopieren|drucken|vorlesen|merken|weiterempfehlen|per\ e-?mail\ (?:teilen|versenden)
    |auf\ (?:facebook|twitter|x|linkedin|whatsapp|xing)\ teilen
    |facebook|twitter|linkedin|whatsapp|instagram|youtube|xing|mastodon|rss(?:-feed)?
    |newsletter|e-paper|podcasts?|home|start(?:seite)?|nach\ oben
    |zurück(?:\ zur\ (?:startseite|übersicht))?|weiter(?:lesen)?
    |mehr(?:\ (?:erfahren|lesen|anzeigen|infos|informationen))?|jetzt\ (?:lesen|bestellen|anmelden|abonnieren)
    |zum\ artikel|(?:an|ab)melden|log-?in|logout|registrieren|suchen?|suche\ (?:öffnen|schließen)|warenkorb
    |abo(?:nnieren)?|impressum|datenschutz(?:erklärung|einstellungen|hinweise?)?|agb|kontakt|barrierefreiheit
    |sitemap|mediadaten|cookie-?einstellungen
    |(?:alle\ )?cookies?\ (?:akzeptieren|ablehnen|zulassen)|(?:alle\ )?akzeptieren|ablehnen|einstellungen\ speichern
    |schließen|öffnen|leichte\ sprache|gebärdensprache|english|deutsch|sprache\ (?:wählen|auswählen)
    |skip\ to\ (?:main\ )?content
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_CALL = re.compile(r"(?:mehr(?: erfahren| lesen)?|weiterlesen|jetzt lesen|zum artikel)\W*", re.IGNORECASE)
_CREDIT = re.compile(r"(?:©|\(c\)|Foto(?:s)?:|Bild(?:quelle|nachweis)?:|Grafik:).{0,120}", re.IGNORECASE)
_ADVERT = re.compile(
    r"(?:jetzt|hier)\b.{0,120}\b(?:anmelden|abonnieren|informiert werden|registrieren|bestellen)\b.{0,80}"
    r"|.{0,80}\bnewsletter\b.{0,60}\b(?:abonnieren|anmelden|bestellen|direkt in ihr postfach)\b.{0,120}"
    r"|der newsletter für .{0,120}|immer informiert bleiben\W*|.{0,40}\bnewsletter\W*"
    r"|(?:wir|diese (?:web)?seite) (?:verwenden|nutzen|verwendet|nutzt) cookies.{0,400}",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:lesen sie auch|auch von |weitere (?:artikel|beiträge|meldungen|nachrichten|themen)|das könnte sie"
    r"|neueste[rs]? inhalt|neueste (?:artikel|beiträge)|ähnliche (?:artikel|beiträge|themen)|mehr zum thema"
    r"|schlagw[oö]rte?r?|kommentare?\b|verwandte (?:artikel|themen|beiträge)|meistgelesen"
    r"|beliebte (?:artikel|beiträge)|passend zum thema).{0,60}",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"\b(?:seite|link|beitrag|artikel) (?:teilen|kopieren|drucken)|\bwir auf \w|^schlagw", re.IGNORECASE
)
_WORDS_OF_NEWS = 3  # a menu entry has fewer
_SURE = 2
_SHOWN = 4


def is_menu(text: str) -> bool:
    """Tell whether a line is a known entry of menus and buttons."""
    return bool(_MENU.fullmatch(_bare(text)))


def is_advert(text: str) -> bool:
    """Tell whether a line only asks to subscribe, to accept cookies or the like."""
    return bool(_ADVERT.fullmatch(_bare(text)))


def begins_afterword(text: str) -> bool:
    """Tell whether a line heads the teasers below an article."""
    return bool(_AFTER.fullmatch(_bare(text)))


def is_credit(text: str) -> bool:
    """Tell whether a line credits a picture."""
    return bool(_CREDIT.fullmatch(text))


def _bare(text: str) -> str:
    return text[len(item_mark(text)) :]


def trim_web_page(lines: Sequence[Line]) -> tuple[list[Line], str]:
    """Keep the article of a saved web page; return it with a finding that says what went, "" where nothing did."""
    if sum(is_menu(line.text) for line in lines) < _SURE:
        return list(lines), ""
    groups = _groups(lines)
    prose = [index for index, group in enumerate(groups) if _is_prose(group)]
    if not prose:
        return list(lines), ""
    begin = _title_above(groups, prose[0])
    end = _last_group(groups, prose)
    kept = [line for group in groups[begin : end + 1] for line in _clean(group)]
    kept += [line for group in groups[end + 1 :] for line in group if _is_news(line.text)]
    dropped = _difference(lines, kept)
    sample = ", ".join(f"„{text[:40]}“" for text in dropped[:_SHOWN])
    return kept, f"Als Beiwerk der Webseite weggelassen: {len(dropped)} Zeilen, darunter {sample}." if dropped else ""


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if line.gap or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups


def _is_teaser(group: Sequence[Line]) -> bool:
    texts = [line.text for line in group]
    return len(texts) > 1 and any(_CALL.fullmatch(_bare(text)) for text in texts)


def _is_prose(group: Sequence[Line]) -> bool:
    """Tell whether a group holds running text of the article."""
    if _is_teaser(group):
        return False
    return any(_is_prose_line(line.text) for line in group)


def _is_prose_line(text: str) -> bool:
    if is_advert(text):
        return False
    return len(text) >= 160 or (len(text) >= 60 and ends_sentence(text))


def _title_above(groups: Sequence[Sequence[Line]], first: int) -> int:
    """Go up from the first running text to the title, past by-line, date and credit."""
    for index in range(first - 1, max(first - 6, -1), -1):
        texts = [line.text for line in groups[index]]
        is_title = all(can_be_heading(text) and not is_menu(text) for text in texts)
        if is_title and len(texts) < 3 and len(texts[0].split()) > 2:
            return index
        if any(item_mark(text) for text in texts):
            break
    return first


def _last_group(groups: Sequence[Sequence[Line]], prose: Sequence[int]) -> int:
    after = next(
        (index for index in range(prose[0], len(groups)) if begins_afterword(groups[index][0].text)), len(groups)
    )
    last = max(index for index in prose if index < after)
    while last + 1 < after and (
        _is_small_sentence(groups[last + 1]) or _is_led_list(groups[last][-1].text, groups[last + 1])
    ):
        last += 1
    return last


def _is_news(text: str) -> bool:
    """Tell whether a line below the article says something, or heads lines that do."""
    if is_menu(text) or is_advert(text) or _BUTTON.search(_bare(text)):
        return False
    return begins_afterword(text) or len(_bare(text).split()) >= _WORDS_OF_NEWS


def _is_small_sentence(group: Sequence[Line]) -> bool:
    text = group[-1].text
    return ends_sentence(text) and len(text.split()) > 2 and not is_advert(text) and not _is_teaser(group)


def _is_led_list(lead: str, group: Sequence[Line]) -> bool:
    """Tell whether a group is the list that the text above announced."""
    return lead.endswith(":") and all(item_mark(line.text) for line in group)


def _clean(group: Sequence[Line]) -> list[Line]:
    """Drop menu entries, adverts, credits and the caption above a credit from a group of the article."""
    if _is_teaser(group):
        return []
    credited = {index - 1 for index, line in enumerate(group) if is_credit(line.text)}
    return [
        line
        for index, line in enumerate(group)
        if not (
            is_menu(line.text)
            or is_advert(line.text)
            or is_credit(line.text)
            or (index in credited and not ends_sentence(line.text))
        )
    ]


def _difference(lines: Sequence[Line], kept: Sequence[Line]) -> list[str]:
    identities = {id(line) for line in kept}
    return [line.text for line in lines if id(line) not in identities]
