"""Whoever has a corpus read learns which of its lines is wrong, and why."""

import pytest

from desk.cli import main

ITEM = '{"id": 1, "kind": "first", "text": "%s", "lang": "en", "now": "2026-11-26T10:00:00+00:00"}'


def complaint(monkeypatch, capsys, path):
    monkeypatch.setattr("sys.argv", ["firstline", "understand", str(path)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code
    return capsys.readouterr().err + str(ended.value.code)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": 2}', "now"),
        ("printer jams", "Expecting value"),
        (ITEM % "half a character: \\ud800", "surrogates"),
        (ITEM.replace('"id": 1', '"id": NaN') % "printer jams", "NaN"),
        (ITEM.replace("first", "third") % "printer jams", "third"),
        (
            ITEM.replace("2026-11-26", "0001-01-01") % "printer jams since yesterday",
            "out of range",
        ),
        ("[" * 100_000, "recursion"),
    ],
)
def test_a_broken_line_is_named_with_its_reason(monkeypatch, capsys, tmp_path, line, reason):
    path = tmp_path / "corpus.jsonl"
    path.write_text(f"{ITEM % 'printer jams'}\n{line}\n", encoding="utf-8")
    said = complaint(monkeypatch, capsys, path)
    assert "Line 2" in said
    assert reason in said


def test_bytes_of_another_encoding_are_named_by_their_line(monkeypatch, capsys, tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(f"{ITEM % 'printer jams'}\n{ITEM % 'café'}\n".encode("latin-1"))
    assert "Line 2" in complaint(monkeypatch, capsys, path)


def test_a_mark_of_the_encoding_is_no_part_of_the_first_line(monkeypatch, capsys, tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text(f"\ufeff{ITEM % 'printer jams'}\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["firstline", "understand", str(path)])
    main()
    assert '"category": "printer"' in capsys.readouterr().out
