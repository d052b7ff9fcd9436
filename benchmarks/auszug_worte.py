"""Names and labels for the documents of `auszug_belege.py`.

`WORTE` holds for each field the labels of the development set and those of the held-out set, which were written down
before the first measurement and not looked at while the content was worked on.
"""

from __future__ import annotations

MONATE = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
VORNAMEN = [
    "Aylin",
    "Jonte",
    "Mareike",
    "Chidi",
    "Hanna",
    "Bogdan",
    "Leyla",
    "Torben",
    "Xenia",
    "Paul",
    "Samira",
    "Ole",
]
NACHNAMEN = [
    "Demirel",
    "Brandt",
    "Okafor",
    "Lindner",
    "Petersen",
    "Sandberg",
    "Voss",
    "Marquardt",
    "Yilmaz",
    "Haverkamp",
    "Novak",
    "Thies",
]
STRASSEN = ("Lindenweg", "Rosengasse", "Am Anger", "Gerberstraße", "Birkenhof", "Deichstraße")

# For each field the labels of the development set and those held out.
WORTE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "mieter": (("Mieterin", "Mieter", "Mieter/in"), ("Name der Mietpartei", "Mietpartei")),
    "grundmiete_monat": (
        ("Grundmiete", "Nettokaltmiete", "Kaltmiete (netto)"),
        ("Netto-Kaltmiete", "Miete ohne Nebenkosten"),
    ),
    "kalte_nebenkosten_monat": (
        ("Kalte Nebenkosten", "Betriebskosten (kalt)", "Betriebskosten ohne Heizung"),
        ("Nebenkosten ohne Heizung", "Vorauszahlung für kalte Betriebskosten"),
    ),
    "heizkosten_monat": (
        ("Heizkosten", "Heizung und Warmwasser"),
        ("Heizkostenvorauszahlung", "Vorauszahlung Heizung"),
    ),
    "gesamtmiete_monat": (("Gesamtmiete", "Warmmiete"), ("Miete insgesamt", "Gesamtbetrag der Miete")),
    "wohnflaeche": (("Wohnfläche",), ("Größe der Wohnung",)),
    "mietbeginn": (("Mietbeginn", "Beginn des Mietverhältnisses"), ("Mietverhältnis besteht seit", "Einzug am")),
    "personen_in_der_wohnung": (("Anzahl der Personen",), ("Zahl der Bewohner",)),
    "arbeitnehmer": (("Arbeitnehmer", "Arbeitnehmerin"), ("Mitarbeiterin", "Name")),
    "bruttolohn_monat": (("Gesamtbrutto", "Bruttolohn", "Bruttogehalt"), ("Gesamt-Brutto", "Summe Bruttobezüge")),
    "nettolohn_monat": (("Nettolohn", "Nettoverdienst"), ("Gesetzliches Netto", "Netto gesamt")),
    "auszahlung_monat": (("Auszahlungsbetrag",), ("Auszahlung",)),
    "eintritt_am": (("Eintritt", "Eintrittsdatum"), ("Beschäftigt seit",)),
    "person": (("Versicherte", "Berechtigter"), ("Name",)),
    "rente_brutto_monat": (("Bruttorente", "Monatliche Rente"), ("Höhe der Rente", "Rentenbetrag")),
    "zahlbetrag_monat": (("Zahlbetrag",), ("Auszuzahlender Betrag",)),
    "rentenbeginn": (("Rentenbeginn",), ("Beginn der Rente",)),
    "geburtsdatum": (("Geburtsdatum", "Geboren am"), ("Tag der Geburt",)),
    "name": (("Familienname", "Name"), ("Nachname",)),
    "vorname": (("Vornamen", "Vorname"), ("Vorname(n)",)),
    "eingezogen_am": (("Einzugsdatum",), ("Tag des Einzugs",)),
    "unterhalt_monat": (("Monatlicher Unterhalt",), ("Unterhaltsbetrag",)),
    "kind": (("Kind",), ("Name des Kindes",)),
    "halter": (("Käuferin", "Käufer"), ("Erwerberin",)),
    "name_des_hundes": (("Name des Hundes",), ("Rufname",)),
    "aufnahme_am": (("Übergabe am",), ("Tag der Übergabe",)),
    "flaeche": (("Fläche", "Genutzte Fläche"), ("Beantragte Fläche",)),
    "restbreite": (("Restbreite", "Freie Gehwegbreite"), ("Verbleibende Gehwegbreite",)),
    "grad_der_behinderung": (("Grad der Behinderung",), ("GdB",)),
    "kontoinhaber": (("Kontoinhaber", "Kontoinhaberin"), ("Inhaberin",)),
    "kontostand": (("Neuer Saldo", "Neuer Kontostand"), ("Endsaldo",)),
    "leistung_monat": (("Gesamtbetrag", "Monatliche Leistung"), ("Leistungsanspruch",)),
    "bewilligt_von": (("Bewilligungszeitraum",), ("Für die Zeit vom",)),
}
