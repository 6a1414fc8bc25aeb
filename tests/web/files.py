"""Small Word documents and PDFs, made by hand."""

import io
import zipfile

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "docProps/core.xml": '<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The bridge</dc:title>'
    "<dc:creator>Maria Writer</dc:creator></c:coreProperties>",
    "word/styles.xml": f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>',
}  # fmt: skip


def docx(*paragraphs: str | tuple[str, str], document: str = "", **more: str | bytes) -> bytes:
    """paragraphs -- texts, or (style, text); document -- its main part instead; more -- other parts."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in (each if isinstance(each, tuple) else ("Normal", each) for each in paragraphs)
    )
    parts = PARTS | {"word/document.xml": document or f"<w:document {WORD}><w:body>{body}</w:body></w:document>"} | more
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return packed.getvalue()


def pdf(*pages: list[str], kids: str = "", title: str = "") -> bytes:
    """A page for each list of lines; kids -- what the tree of pages is said to hold instead."""
    numbers = [4 + 2 * at for at in range(len(pages))]
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{kids or ' '.join(f'{at} 0 R' for at in numbers)}] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    for at, lines in zip(numbers, pages, strict=True):
        shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
        stream = f"BT /F1 11 Tf 60 760 Td\n{shown}ET"
        objects[at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {at + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects[at + 1] = f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    last = max(objects) + 1
    objects[last] = f"<< /Title ({title}) /Author (Maria Writer) >>"
    data, places = b"%PDF-1.7\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{places[number]:010} 00000 n \n" for number in sorted(places))
    return (
        data
        + (
            f"xref\n0 {last + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {last + 1} /Root 1 0 R /Info {last} 0 R >>\n"
            f"startxref\n{len(data)}\n%%EOF\n"
        ).encode()
    )
