"""What must not stand in the repository: package registries, paths of one machine, heavy files."""

import re
from pathlib import Path

from tests.house import tree

# Joined here, so that this file does not name what it forbids.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs"),
        ("deb", "debian", "org"),
    )
]
FOLDERS = ["/".join(("", name, "")) for name in ("work", "farm", "root", "opt/wheels", "opt/pypi")]
PATTERN = re.compile(
    "|".join(
        [re.escape(host) for host in REGISTRIES]
        + [rf"(?<![\w.}}-]){re.escape(folder)}" for folder in FOLDERS]
        + [rf"(?<![\w.-])/{'home'}/[a-z]", r"\.\./" + "shared"]
    )
)


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    found = [
        f"{tree.inside(path)}: {hit.group()}"
        for path in tree.project_files()
        for hit in PATTERN.finditer(text_of(path))
    ]
    assert not found


def test_no_file_is_too_heavy_to_clone():
    heavy = [tree.inside(p) for p in tree.project_files() if p.stat().st_size > 800_000]
    assert not heavy
