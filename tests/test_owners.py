"""Who is asked to look at a change: one list, a file for each host, and no province that nobody looks at."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.files import UnreadableError
from build_tools.owners import OWNERS, code_owners

ROOT = Path(__file__).parent.parent
PROVINCES = ("33", "37", "41")
HOSTS = {".gitea/CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS"}
TEXT = "province,owners\n41,@us/henan @someone\n*,@us/editors\n33,zhejiang@mail.example\n"


def asked(text: str, path: str, *, gitea: bool = False) -> list[str]:
    """Whom a host would ask: of the lines that match the last counts; Gitea asks those of all that match."""
    found: list[str] = []
    for line in text.splitlines():
        pattern, *owners = line.split()
        if pattern == "#":
            continue
        if gitea:
            found = [*found, *owners] if re.fullmatch(pattern, path) else found
        elif fnmatch.fnmatch(f"/{path}", pattern if pattern == "*" else f"{pattern}*"):
            found = owners
    return found


def test_each_host_asks_who_was_named() -> None:
    files = code_owners(TEXT, PROVINCES)
    assert set(files) == HOSTS
    report = "reports/{}/330411/330411103/2020.yml"
    for host in (".github/CODEOWNERS", ".gitlab/CODEOWNERS"):
        assert asked(files[host], report.format(33)) == ["zhejiang@mail.example"]
        assert asked(files[host], report.format(41)) == ["@us/henan", "@someone"]
        assert asked(files[host], report.format(37)) == ["@us/editors"]
        assert asked(files[host], "build_tools/check.py") == ["@us/editors"]
    gitea = files[".gitea/CODEOWNERS"]
    assert asked(gitea, report.format(33), gitea=True) == ["@us/editors", "zhejiang@mail.example"]
    assert asked(gitea, report.format(37), gitea=True) == ["@us/editors"]


@pytest.mark.parametrize("host", sorted(HOSTS))
def test_every_province_of_the_archive_has_somebody(host: str) -> None:
    """By a line of its own or by that for all others; the files are those of the list: `nianbao docs --check`."""
    text = (ROOT / host).read_text(encoding="utf-8")
    for folder in (ROOT / "reports").iterdir():
        if folder.is_dir():
            assert asked(text, f"reports/{folder.name}/x", gitea="gitea" in host), folder


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "第1行"),
        ("code,owner\n", "第1行"),
        ("province,owners\n33\n", "要有 2 列"),
        ("province,owners\n99,@a\n", "不是省的代码"),
        ("province,owners\n3304,@a\n", "不是省的代码"),
        ("province,owners\n33,\n", "由谁来看"),
        ("province,owners\n33,张三\n", "由谁来看"),
        ('province,owners\n33,"@a\n* @b"\n', "由谁来看"),
        ("province,owners\n33,@a #x\n", "由谁来看"),
        ("province,owners\n33,@a\n33,@b\n", "写了两行"),
    ],
)
def test_a_list_that_no_host_would_understand(text: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        code_owners(text, PROVINCES)


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It writes them, says which are stale, and leaves alone what stands beside them."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/divisions.csv").write_bytes((ROOT / "reports/divisions.csv").read_bytes())
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/FUNDING").write_text("x", encoding="utf-8")
    (tmp_path / ".github/pull_request_template.md").write_text("x", encoding="utf-8")
    (tmp_path / OWNERS).write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["docs"]) == 0
    assert main(["docs", "--check"]) == 0
    (tmp_path / OWNERS).write_text(TEXT.replace("@someone", "@other"), encoding="utf-8")
    capsys.readouterr()
    assert main(["docs", "--check"]) == 1
    assert capsys.readouterr().out == "".join(f"过时 {host}\n" for host in sorted(HOSTS))
    assert main(["docs"]) == 0
    assert "@other" in (tmp_path / ".gitlab/CODEOWNERS").read_text(encoding="utf-8")
    assert (tmp_path / ".github/FUNDING").exists()
    assert (tmp_path / ".github/pull_request_template.md").exists()
    (tmp_path / OWNERS).write_bytes(b"\xff")
    assert main(["docs"]) == 2


def test_an_archive_without_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reports").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["docs"]) == 0
    assert not (tmp_path / ".github").exists()
