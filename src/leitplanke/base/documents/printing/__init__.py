"""Documents for people: letters, forms and records as accessible PDF, letters also as DOCX."""

from leitplanke.base.documents.printing.document import document_pdf
from leitplanke.base.documents.printing.document_docx import document_docx
from leitplanke.base.documents.printing.evaluation import evaluation_pdf
from leitplanke.base.documents.printing.form import Answer, Form, FormField, FormSection, form_pdf
from leitplanke.base.documents.printing.letter import letter_pdf
from leitplanke.base.documents.printing.letter_docx import letter_docx
from leitplanke.base.documents.printing.poster import Poster, poster_pdf
from leitplanke.base.documents.printing.qr import qr_svg
from leitplanke.base.documents.printing.record import (
    Illustration,
    Items,
    Record,
    RecordSection,
    TextTable,
    record_pdf,
)
from leitplanke.base.documents.printing.record_docx import record_docx
from leitplanke.base.documents.printing.typesetting import MAX_PAGES, PrintError, TooLongError

__all__ = [
    "MAX_PAGES",
    "Answer",
    "Form",
    "FormField",
    "FormSection",
    "Illustration",
    "Items",
    "Poster",
    "PrintError",
    "Record",
    "RecordSection",
    "TextTable",
    "TooLongError",
    "document_docx",
    "document_pdf",
    "evaluation_pdf",
    "form_pdf",
    "letter_docx",
    "letter_pdf",
    "poster_pdf",
    "qr_svg",
    "record_docx",
    "record_pdf",
]
