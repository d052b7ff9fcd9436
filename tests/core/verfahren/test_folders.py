"""Application types are found by their folder; a house's own go over the shipped ones."""

import shutil
from pathlib import Path

from leitplanke.core.rules import load, load_texts
from leitplanke.core.rules.loading import texts_of
from leitplanke.core.verfahren.loading import SHARED, load_verfahren, procedures, shipped_root

SAMPLE = Path(__file__).resolve().parents[2] / "regelwerke" / "musterzuschuss"


def test_a_folder_dropped_in_is_an_application_type(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "musterzuschuss")
    (tmp_path / "kein_verfahren").mkdir()
    found = procedures([tmp_path])
    assert set(found) - set(procedures()) == {"musterzuschuss"}
    verfahren = load_verfahren(found["musterzuschuss"], load(found["musterzuschuss"]))
    assert (verfahren.name, verfahren.kuerzel) == ("musterzuschuss", "MZ")
    [grant, refusal] = load(SAMPLE).ergebnisse
    assert verfahren.bescheid(grant) == verfahren.bescheid(refusal) == verfahren.vorlagen["bescheid"]
    assert verfahren.vorlage("bescheid", "ruecknahme") == verfahren.vorlagen["bescheid_ruecknahme"]
    assert verfahren.vorlage("abgabe") is None


def test_a_folder_of_the_house_replaces_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    shutil.copytree(str(shipped_root() / "wohngeld"), tmp_path / "wohngeld")
    assert procedures([tmp_path])["wohngeld"] == tmp_path / "wohngeld"
    assert procedures([tmp_path / "gibt_es_nicht"]) == procedures()


def test_shared_paragraphs_of_the_house_replace_the_shipped_file_of_their_name(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "musterzuschuss")
    shutil.copytree(str(shipped_root() / SHARED), tmp_path / SHARED)
    frame = tmp_path / SHARED / "schreiben" / "rahmen.yaml"
    frame.write_text(frame.read_text().replace("Mit freundlichen Grüßen", "Freundliche Grüße aus Neudorf"))
    before, after = (load_verfahren(folder, load(SAMPLE)) for folder in (SAMPLE, tmp_path / "musterzuschuss"))
    assert before.vorlagen["bescheid"].absaetze[-1].text.de == "Mit freundlichen Grüßen"
    assert after.vorlagen["bescheid"].absaetze[-1].text.de == "Freundliche Grüße aus Neudorf"
    assert before.digest != after.digest


def test_what_makes_the_procedure_changes_no_result_of_the_rules() -> None:
    texts = texts_of(SAMPLE)
    only_rules = {name: text for name, text in texts.items() if "schreiben" not in name and name != "verfahren.yaml"}
    assert len(only_rules) < len(texts)
    assert load_texts(texts).digest == load_texts(only_rules).digest


def test_a_condition_of_the_place_of_use_goes_over_the_shared_paragraph(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "musterzuschuss")
    letter = tmp_path / "musterzuschuss" / "schreiben" / "bescheid.yaml"
    letter.write_text(
        letter.read_text().replace("gemeinsam: urteile\n", "gemeinsam: urteile\n      wenn: behinderung\n")
    )
    found = load_verfahren(tmp_path / "musterzuschuss", load(SAMPLE)).vorlagen["bescheid"].absaetze
    [judgements] = [part for part in found if part.key == "urteile"]
    assert (judgements.wenn_text, judgements.block) == ("behinderung", "urteile")


def test_letters_of_one_type_share_paragraphs_in_a_file_of_their_folder(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "musterzuschuss")
    folder = tmp_path / "musterzuschuss" / "schreiben"
    (folder / "absaetze.yaml").write_text("absaetze:\n  dank: {part: text, ground: Aktenlage, text: Danke.}\n")
    for name in ("bescheid", "bescheid_ruecknahme"):
        letter = folder / f"{name}.yaml"
        letter.write_text(letter.read_text().replace("    - gemeinsam: gruss", "    - gemeinsam: dank"))
    verfahren = load_verfahren(tmp_path / "musterzuschuss", load(SAMPLE))
    assert "absaetze" not in verfahren.vorlagen
    assert [verfahren.vorlagen[n].absaetze[-1].text.de for n in ("bescheid", "bescheid_ruecknahme")] == ["Danke."] * 2
