"""Invented documents of Musterstadt, as a town would send them."""

from __future__ import annotations

from datetime import date

from leitplanke.base.documents.printing import Answer, Form, FormField, FormSection, Items, Record, RecordSection
from leitplanke.core.drafting.brief import Absender, Author, Brief, Paragraph, Part, Sentence, Table

OFFICE = Absender(
    behoerde="Stadt Musterstadt",
    stelle="Amt für Soziales und Wohnen · Wohngeldstelle",
    anschrift=("Rathausplatz 1", "01234 Musterstadt"),
    bearbeitung="Frau Yıldız",
    telefon="01234 56-7812",
    email="wohngeld@musterstadt.example",
    zeiten="Mo bis Fr 8 bis 12 Uhr, Do auch 14 bis 18 Uhr",
)
RECIPIENT = ("Frau", "Erika Beispiel", "Lindenweg 7", "01234 Musterstadt")
NOTE = (
    "Dieses Schreiben wurde aus Textbausteinen und der geprüften Berechnung zusammengestellt. "
    "Entschieden und unterschrieben hat ein Mensch."
)


def paragraph(part: Part, *texts: str, heading: str = "", listed: bool = False) -> Paragraph:
    sentences = tuple(Sentence(text, ground="probe") for text in texts)
    return Paragraph(f"{part.value}-{len(texts)}-{heading}", part, sentences, heading=heading, listed=listed)


CALCULATION = Table(
    key="berechnung",
    caption="So haben wir gerechnet",
    columns=("Schritt", "Rechtsgrundlage", "Betrag im Monat"),
    rows=(
        ("Bruttokaltmiete laut Mietbescheinigung vom 2. Oktober 2026", "§ 9 WoGG", "620,00 EUR"),
        ("Höchstbetrag für zwei Personen in Mietenstufe III", "§ 12 Abs. 1 WoGG", "579,00 EUR"),
        ("Klimakomponente", "§ 12 Abs. 7 WoGG", "24,80 EUR"),
        ("Entlastung bei den Heizkosten", "§ 12 Abs. 6 WoGG", "142,60 EUR"),
        ("Zu berücksichtigende Miete", "§ 11 Abs. 1 WoGG", "746,40 EUR"),
        ("Bruttoeinkommen aus Arbeit, Erika Beispiel", "§ 14 Abs. 1 WoGG", "1.720,00 EUR"),
        ("Abzug für Werbungskosten", "§ 16 WoGG", "-102,50 EUR"),
        ("Abzug für Steuern und Beiträge, 30 Prozent", "§ 16 WoGG", "-485,25 EUR"),
        ("Freibetrag für Alleinerziehende", "§ 17 Nr. 3 WoGG", "-110,00 EUR"),
        ("Gesamteinkommen im Monat", "§ 13 WoGG", "1.022,25 EUR"),
        ("Wohngeld im Monat", "§ 19 Abs. 1 WoGG", "412,00 EUR"),
    ),
    strong=(4, 9, 10),
)


def bescheid() -> Brief:
    body: tuple[Paragraph | Table, ...] = (
        paragraph(Part.ANREDE, "Guten Tag, Frau Beispiel,"),
        paragraph(Part.TEXT, "über Ihren Antrag auf Wohngeld vom 5. Oktober 2026 haben wir entschieden."),
        paragraph(
            Part.TENOR,
            "Sie erhalten Wohngeld in Höhe von 412 EUR im Monat.",
            "Das gilt vom 1. Oktober 2026 bis zum 30. September 2027.",
        ),
        paragraph(
            Part.TEXT,
            "Das Geld kommt jeweils zum Monatsanfang auf Ihr Konto mit der IBAN DE02 1203 0000 0000 2020 51.",
            "Für Oktober und November 2026 zahlen wir 824 EUR nach.",
        ),
        paragraph(
            Part.GRUENDE,
            "Sie wohnen mit Ihrem Sohn Jonas in einer Mietwohnung in Musterstadt und haben einen Antrag gestellt.",
            "Damit sind Sie wohngeldberechtigt (§ 3 Abs. 1 WoGG).",
            "Die Höhe richtet sich nach der Zahl der Haushaltsmitglieder, Miete und Gesamteinkommen (§ 4 WoGG).",
            heading="Warum wir so entschieden haben",
        ),
        paragraph(
            Part.GRUENDE,
            "Bei der Miete zählt höchstens der Betrag, den das Gesetz für Ihren Wohnort vorsieht.",
            "Ihre Bruttokaltmiete liegt mit 620 EUR darüber, deshalb rechnen wir mit 579 EUR.",
        ),
        CALCULATION,
        paragraph(
            Part.URTEIL,
            "Das Kindergeld haben wir nicht angerechnet.",
            "Die Nachzahlung Ihres Arbeitgebers vom August 2026 haben wir auf zwölf Monate verteilt, weil sie für "
            "Arbeit im ganzen Jahr gezahlt wurde (§ 15 Abs. 2 WoGG).",
            heading="Was wir im Einzelfall abgewogen haben",
        ),
        paragraph(
            Part.HINWEIS,
            "Ihre Miete sinkt um mehr als 15 Prozent.",
            "Das Gesamteinkommen Ihres Haushalts steigt um mehr als 15 Prozent.",
            "Jemand zieht ein oder aus.",
            "Sie beantragen oder bekommen Bürgergeld, Grundsicherung oder eine andere Leistung mit Wohnkosten.",
            heading="Bitte sagen Sie uns sofort, wenn sich etwas ändert (§ 27 WoGG)",
            listed=True,
        ),
        paragraph(
            Part.RECHTSBEHELF,
            "Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Widerspruch erheben.",
            "Der Widerspruch ist bei der Stadt Musterstadt, Rathausplatz 1, 01234 Musterstadt, schriftlich, in "
            "elektronischer Form nach § 36a Abs. 2 SGB I oder zur Niederschrift einzulegen.",
            heading="Rechtsbehelfsbelehrung",
        ),
        paragraph(Part.GRUSS, "Mit freundlichen Grüßen"),
    )
    return Brief(
        art="bescheid",
        absender=OFFICE,
        empfaenger=RECIPIENT,
        aktenzeichen="50.2-WG-2026-004711",
        datum=date(2026, 11, 27),
        betreff="Bescheid über Wohngeld ab Oktober 2026",
        body=body,
        unterzeichnet="Yıldız, Sachbearbeitung Wohngeld",
        kennzeichnung=NOTE,
        anlagen=("Merkblatt: Was Sie uns mitteilen müssen", "Berechnung Schritt für Schritt"),
    )


def mitwirkung() -> Brief:
    by_person = Sentence("Rufen Sie mich gern an, wenn etwas unklar ist.", author=Author.PERSON)
    body = (
        paragraph(Part.ANREDE, "Guten Tag, Frau Beispiel,"),
        paragraph(
            Part.TEXT, "vielen Dank für Ihren Antrag auf Wohngeld.", "Damit wir rechnen können, fehlen noch Angaben."
        ),
        paragraph(
            Part.TEXT,
            "Mietbescheinigung, von Ihrer Vermieterin oder Ihrem Vermieter unterschrieben",
            "Lohnabrechnungen für Juli, August und September 2026",
            "Nachweis über den Unterhalt für Jonas (Bescheid des Jugendamts oder Kontoauszug)",
            heading="Das brauchen wir von Ihnen",
            listed=True,
        ),
        paragraph(Part.FRIST, "Bitte schicken Sie uns die Unterlagen bis zum 18. Dezember 2026."),
        paragraph(
            Part.RECHTSFOLGE,
            "Sie sind verpflichtet, bei der Klärung mitzuwirken (§ 60 Abs. 1 SGB I).",
            "Fehlen die Unterlagen nach dieser Frist und lässt sich der Anspruch deshalb nicht feststellen, dürfen wir "
            "das Wohngeld ganz oder teilweise versagen (§ 66 Abs. 1 und 3 SGB I).",
            heading="Was passiert, wenn nichts kommt",
        ),
        Paragraph("kontakt", Part.TEXT, (by_person,)),
        paragraph(Part.GRUSS, "Mit freundlichen Grüßen"),
    )
    return Brief(
        art="mitwirkung",
        absender=OFFICE,
        empfaenger=RECIPIENT,
        aktenzeichen="50.2-WG-2026-004711",
        datum=date(2026, 11, 27),
        betreff="Ihr Antrag auf Wohngeld: Uns fehlen noch Unterlagen",
        body=body,
        unterzeichnet="Yıldız, Sachbearbeitung Wohngeld",
        kennzeichnung=NOTE,
    )


def formular() -> Form:
    person = FormSection(
        "1. Über Sie",
        (
            FormField("Familienname, Vorname"),
            FormField("Anschrift", rows=2),
            FormField("Geburtsdatum", Answer.DATE),
            FormField("Telefon oder E-Mail", hint="Freiwillig. Wir können schneller nachfragen."),
            FormField(
                "Wie wohnen Sie?",
                Answer.CHOICE,
                choices=("zur Miete", "im eigenen Haus", "zur Untermiete", "im Heim"),
            ),
        ),
    )
    household = FormSection(
        "2. Wer wohnt mit Ihnen?",
        (
            FormField(
                "Alle Personen im Haushalt",
                Answer.LIST,
                hint="Auch Kinder, die abwechselnd bei Ihnen wohnen.",
                columns=("Name", "Geburtsdatum", "Einkommen im Monat"),
                rows=5,
            ),
            FormField("Ist jemand schwerbehindert?", Answer.YES_NO, hint="Dann gibt es einen Freibetrag."),
        ),
        note="Zählen Sie sich selbst mit.",
    )
    rent = FormSection(
        "3. Ihre Wohnung",
        (
            FormField("Bruttokaltmiete", Answer.AMOUNT, unit="EUR im Monat", hint="Miete ohne Heizung und Warmwasser."),
            FormField("Wohnfläche", Answer.NUMBER, unit="m²"),
            FormField("Bekommen Sie Bürgergeld oder Grundsicherung?", Answer.YES_NO),
        ),
    )
    return Form(
        title="Antrag auf Wohngeld",
        office=OFFICE,
        stand=date(2026, 11, 1),
        sections=(person, household, rent),
        intro=("Mit diesem Formular beantragen Sie einen Zuschuss zur Miete. Was Sie nicht wissen, lassen Sie frei.",),
        declaration=("Meine Angaben sind vollständig und richtig.", "Änderungen teile ich sofort mit."),
        submit=(
            "Mit der Post oder im Briefkasten: Stadt Musterstadt, Rathausplatz 1, 01234 Musterstadt.",
            "Am Schalter der Wohngeldstelle. Dort hilft man Ihnen auch beim Ausfüllen.",
            "Das Datum, an dem der Antrag bei uns ankommt, zählt. Unterlagen dürfen Sie nachreichen.",
        ),
        privacy=(
            "Wir verarbeiten Ihre Angaben, um über das Wohngeld zu entscheiden (Art. 6 Abs. 1 Buchst. e DSGVO).",
            "Bitte sagen Sie das auch den Menschen, mit denen Sie wohnen.",
        ),
    )


def quittung() -> Record:
    return Record(
        title="Eingangsbestätigung",
        subtitle="Ihr Antrag auf Wohngeld ist am 27. November 2026 bei uns eingegangen.",
        datum=date(2026, 11, 27),
        office=OFFICE,
        highlights=(("Aktenzeichen", "50.2-WG-2026-004711"), ("Zugangscode", "KTRM-7Q2X-94HD")),
        sections=(
            RecordSection(
                "So geht es weiter",
                (
                    "Mit Aktenzeichen und Zugangscode sehen Sie jederzeit, wo Ihr Antrag steht.",
                    Items(("Wir prüfen, ob Unterlagen fehlen.", "Ein Mensch entscheidet.", "Sie bekommen Post.")),
                ),
            ),
            RecordSection(
                "Was Sie eingereicht haben",
                (Table("u", "", ("Unterlage", "Eingang"), (("Mietvertrag", "27.11.2026"), ("Ausweis", "27.11.2026"))),),
            ),
        ),
        notice="Den Zugangscode speichern wir nicht lesbar. Geht er verloren, stellt das Amt einen neuen aus.",
    )
