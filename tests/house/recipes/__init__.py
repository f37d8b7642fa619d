"""Carries out what a page of `docs/contributing` says: each block with a title is a file, or a change of one."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "docs" / "contributing"
_BLOCK = re.compile(r'^```(\w+) title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_INCLUDED = re.compile(r'^--8<-- "([^"]+)"\n', re.MULTILINE)


class Step(NamedTuple):
    """One block of a page: `path` gets `new` where `old` stands, once; without `old` it is a new file."""

    path: str
    old: str | None
    new: str

    def carry_out(self, root: Path) -> None:
        file = root / self.path
        if self.old is None:
            assert not file.exists(), f"{self.path} is there already"
            file.parent.mkdir(exist_ok=True)
            file.write_text(self.new)
            return
        before = file.read_text()
        assert before.count(self.old) == 1, f"{self.path} has this {before.count(self.old)} times:\n{self.old}"
        file.write_text(before.replace(self.old, self.new))


def steps_of(page: str) -> list[Step]:
    blocks = _BLOCK.findall((PAGES / page).read_text())
    return [_change(path, text) if kind == "diff" else Step(path, None, _whole(text)) for kind, path, text in blocks]


def _change(path: str, text: str) -> Step:
    lines = text.splitlines()
    old, new = ("\n".join(line[1:] for line in lines if line[:1] != without) for without in "+-")
    return Step(path, old, new)


def _whole(text: str) -> str:
    return _INCLUDED.sub(lambda name: (ROOT / name[1]).read_text(), text)
