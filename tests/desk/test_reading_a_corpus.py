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
    ("line", "reason"), [('{"id": 2}', "now"), ("printer jams", "Expecting value")]
)
def test_a_broken_line_is_named_with_its_reason(monkeypatch, capsys, tmp_path, line, reason):
    path = tmp_path / "corpus.jsonl"
    path.write_text(f"{ITEM % 'printer jams'}\n{line}\n", encoding="utf-8")
    said = complaint(monkeypatch, capsys, path)
    assert "Line 2" in said
    assert reason in said
