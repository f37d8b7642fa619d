from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Snippets write their database into the present folder."""
    monkeypatch.chdir(tmp_path)
