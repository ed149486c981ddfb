"""Writes intake/understanding/compiled/<language>.json from the word lists: `make words`."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from intake.people import LANGUAGES  # noqa: E402
from intake.understanding.compiling import compiled  # noqa: E402

FOLDER = ROOT / "intake" / "understanding" / "compiled"


def main():
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        lines = [
            json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
            for line in compiled(language)
        ]
        (FOLDER / f"{language}.json").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
