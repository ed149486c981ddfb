"""Bytes of mails, written by hand."""

SUPPORT = "support@firm.test"
UKRAINIAN = "Доброго дня! Принтер на третьому поверсі не друкує, їжаки в ґанку."
GREEK = "Καλημέρα, ο εκτυπωτής στον τρίτο όροφο δεν τυπώνει σήμερα."
SLOVAK = "Dobrý deň, tlačiareň na treťom poschodí netlačí, čo mám robiť?"
JAPANESE = "プリンターが動きません。助けてください。"


def mail(body=b"Hello\n", *, kind="text/plain; charset=utf-8", head=(), **named):
    """One mail with the usual headers; `named` replaces them, `head` adds raw lines."""
    usual = {
        "From": "Olena <olena@firm.test>",
        "To": SUPPORT,
        "Subject": "Printer",
        "Date": "Mon, 23 Nov 2026 10:15:00 +0200",
        "Message-ID": "<one@firm.test>",
        "MIME-Version": "1.0",
        "Content-Type": kind,
    } | {name.replace("_", "-"): value for name, value in named.items()}
    lines = [f"{name}: {value}".encode() for name, value in usual.items() if value is not None]
    lines += [line if isinstance(line, bytes) else line.encode() for line in head]
    return b"\r\n".join(lines) + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode())


def multipart(*parts, subtype="mixed", **named):
    body = b"".join(
        b"--b1\r\n" + (part if isinstance(part, bytes) else part.encode()) + b"\r\n"
        for part in parts
    )
    return mail(body + b"--b1--\r\n", kind=f'multipart/{subtype}; boundary="b1"', **named)


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n"
