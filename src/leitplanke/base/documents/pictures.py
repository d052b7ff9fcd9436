"""Photos and scans: opened within limits, turned upright, in grey and in a size that text recognition likes."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from leitplanke.core.retrieval.extract import ExtractionError

MOST_PIXELS = 60_000_000
_LONGEST, _SHORTEST = 3500, 1700
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"heif", b"avif")
PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
_HEIC_SUFFIXES = frozenset({".heic", ".heif", ".avif"})

_IS_HEIC = (
    "Fotos im Format HEIC werden nicht gelesen. Bitte schicken Sie das Foto als JPEG. "
    "Am iPhone hilft: Einstellungen, Kamera, Formate, „Maximale Kompatibilität“."
)
_BROKEN = "Das Bild ist beschädigt oder unvollständig. Bitte fotografieren oder speichern Sie es neu."
_TOO_LARGE = "Das Bild hat zu viele Bildpunkte. Bitte speichern Sie es kleiner (höchstens 60 Millionen Bildpunkte)."
_WRONG = "Die Datei endet auf „{suffix}“, ist aber kein Bild im Format JPEG oder PNG. Bitte prüfen Sie die Datei."


def is_heic(suffix: str, data: bytes) -> bool:
    """Tell whether this is the format of newer telephones, by name or content."""
    return suffix in _HEIC_SUFFIXES or (data[4:8] == b"ftyp" and data[8:12] in _HEIC)


def refuse_heic() -> ExtractionError:
    """Return the refusal that says what to do instead."""
    return ExtractionError("heic", _IS_HEIC)


def open_picture(suffix: str, data: bytes) -> Image.Image:
    """Return the picture upright and in grey.

    Raises:
        ExtractionError: it is empty, broken, something else, or larger than anybody photographs.
    """
    if not data.strip(b"\0"):
        raise ExtractionError("empty", "Die Datei ist leer. Bitte prüfen Sie, ob sie vollständig gespeichert wurde.")
    if is_heic(suffix, data):
        raise refuse_heic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is stricter
            picture = Image.open(BytesIO(data), formats=("JPEG", "PNG"))
            if picture.width * picture.height > MOST_PIXELS:
                raise ExtractionError("too_large", _TOO_LARGE)
            picture.draft("L", (_LONGEST, _LONGEST))
            return _grey(ImageOps.exif_transpose(picture))
    except UnidentifiedImageError as error:
        raise ExtractionError("wrong_extension", _WRONG.format(suffix=suffix)) from error
    except Image.DecompressionBombError as error:
        raise ExtractionError("too_large", _TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ExtractionError("broken", _BROKEN) from error


def for_recognition(picture: Image.Image) -> Image.Image:
    """Scale a picture so that its longer side lies where letters are read best."""
    longest = max(picture.size)
    scale = min(_LONGEST / longest, 1.0) if longest > _LONGEST else (2.0 if longest < _SHORTEST else 1.0)
    if scale == 1.0:
        return picture
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _grey(picture: Image.Image) -> Image.Image:
    if "A" in picture.getbands() or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
        picture = ground
    return picture.convert("L")
