"""What continuous integration does with a pull request that changes reports, run step by step as it stands."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml

from build_tools.cli.usage import parser
from tests.gitwork import Repo
from tests.sitework import environment, workshop

GITHUB, GITEA, GITLAB = ".github/workflows/report.yml", ".gitea/workflows/report.yml", ".gitlab/report.yml"
REPORT = "reports/33/330411/330411103/2020.yml"
SOUND, WRONG = "新收: [4, 0, 0, 0, 0, 0, 4]", "新收: [4, 0, 0, 0, 0, 0, 5]"


class Shop(NamedTuple):
    """A clone with a pull request checked out as a host does it, and what its base is called there."""

    repo: Repo
    base: str


@pytest.fixture
def origin(root: Path, tmp_path: Path) -> Repo:
    """A repository with a branch `work`, and the command where `make setup` puts it."""
    repo = Repo(workshop(root, tmp_path / "origin")).init()
    command = repo.folder / ".venv/bin/nianbao"
    command.parent.mkdir(parents=True)
    command.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m build_tools "$@"\n', encoding="utf-8"
    )
    command.chmod(0o755)
    repo.commit("收录")
    repo.git("checkout", "-q", "-b", "work")
    return repo


def merged(origin: Repo, folder: Path, *, wrong: bool) -> Repo:
    """As GitHub checks it out: the merge with its two parents, and nothing before them."""
    change(origin, wrong=wrong)
    origin.git("checkout", "-q", "main")
    (origin.folder / "docs/about.md").touch()
    origin.commit("别人")
    person: dict[str, Any] = {"GIT_AUTHOR_NAME": "某某", "GIT_AUTHOR_EMAIL": "a@mail.example"}
    origin.git("merge", "-q", "--no-ff", "-m", "merge", "work", **person)
    Repo(folder).git("clone", "-q", "--depth", "2", f"file://{origin.folder}", "clone")
    return Repo(folder / "clone")


def change(repo: Repo, *, wrong: bool) -> None:
    """A commit of the pull request: a figure, or only words."""
    text = (repo.folder / REPORT).read_text(encoding="utf-8")
    assert SOUND in text
    changed = (
        text.replace(SOUND, WRONG) if wrong else text.replace("获取日期: 2026-11-21", "获取日期: 2026-11-22")
    )
    (repo.folder / REPORT).write_text(changed, encoding="utf-8")
    repo.commit("改")


def workflow(root: Path, path: str) -> Mapping[Any, Any]:
    return dict(yaml.safe_load((root / path).read_text(encoding="utf-8")))


def run(folder: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the runner does, but for `make setup`; of `make offline` what it runs."""
    script = script.replace("make setup", "true")
    script = script.replace("make offline", ".venv/bin/nianbao build && .venv/bin/nianbao offline")
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=environment() | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def steps(job: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for step in job["steps"]:
        if "run" in step:
            yield step["run"], step.get("env", {})


@pytest.mark.parametrize("wrong", [False, True])
def test_github(root: Path, origin: Repo, tmp_path: Path, *, wrong: bool) -> None:
    """The check marks the very line; the summary is written even when it fails."""
    clone = merged(origin, tmp_path, wrong=wrong)
    summary = clone.folder / "summary"
    job = workflow(root, GITHUB)["jobs"]["check"]
    assert job["steps"][0]["with"]["fetch-depth"] == 2
    done = [run(clone.folder, script, GITHUB_STEP_SUMMARY=str(summary)) for script, _ in steps(job)]
    assert [step.returncode for step in done] == [0, int(wrong), int(wrong)], done
    line = next(n for n, text in enumerate(_lines(clone), 1) if "新收: [4" in text)
    assert (f"::error file={REPORT},line={line}," in done[1].stdout) == wrong
    assert "改动 1 份" in summary.read_text(encoding="utf-8")
    assert (clone.folder / "review.md").read_bytes() == summary.read_bytes()


def _lines(repo: Repo) -> list[str]:
    return (repo.folder / REPORT).read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("wrong", [False, True])
def test_gitea(root: Path, origin: Repo, tmp_path: Path, *, wrong: bool) -> None:
    """The branch itself is checked out, with all of its history; findings are in the record of the run."""
    change(origin, wrong=wrong)
    Repo(tmp_path).git("clone", "-q", "-b", "work", f"file://{origin.folder}", "clone")
    job = workflow(root, GITEA)["jobs"]["check"]
    assert job["steps"][0]["with"]["fetch-depth"] == 0
    done = [run(tmp_path / "clone", script, GITHUB_BASE_REF="main") for script, _ in steps(job)]
    assert [step.returncode for step in done] == [0, int(wrong), int(wrong)], done
    assert (f"{REPORT}:44:" in done[1].stdout and "T3-ROW-SUM" in done[1].stdout) == wrong
    assert "改动 1 份" in done[2].stdout


@pytest.mark.parametrize("wrong", [False, True])
def test_gitlab(root: Path, origin: Repo, *, wrong: bool) -> None:
    """The lines of a script run in one shell; what is uploaded is a report of code quality."""
    base = origin.git("rev-parse", "HEAD")
    change(origin, wrong=wrong)
    job = workflow(root, GITLAB)["check-reports"]
    done = run(origin.folder, "\n".join(job["script"]), CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == int(wrong), done.stdout + done.stderr
    assert "改动 1 份" in done.stdout
    found = json.loads(
        (origin.folder / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8")
    )
    jsonschema.validate(found, CODE_QUALITY)
    assert any(one["severity"] == "major" and one["location"]["path"] == REPORT for one in found) == wrong
    assert re.fullmatch(r"\w[-\w ]*", job["artifacts"]["expose_as"], re.ASCII)  # as GitLab demands it


CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {"lines": {"type": "object", "required": ["begin"]}},
            },
        },
    },
}


def test_gitlab_that_cannot_compare(root: Path, origin: Repo) -> None:
    """Wrong usage is no clean bill."""
    job = workflow(root, GITLAB)["check-reports"]
    done = run(origin.folder, "\n".join(job["script"]), CI_MERGE_REQUEST_DIFF_BASE_SHA="0" * 40)
    assert done.returncode == 2
    assert "GIT_DEPTH: 0" in done.stderr or "git fetch" in done.stderr


def test_preview(root: Path, origin: Repo) -> None:
    """Each host keeps the file that the command makes."""
    change(origin, wrong=False)
    jobs = [workflow(root, path)["jobs"]["preview"] for path in (GITHUB, GITEA)]
    scripts = {script for job in jobs for script, _ in steps(job)}
    scripts |= {"\n".join(workflow(root, GITLAB)["preview"]["script"])}
    kept = {job["steps"][-1]["with"]["path"] for job in jobs}
    kept |= set(workflow(root, GITLAB)["preview"]["artifacts"]["paths"])
    assert scripts == {"make setup", "make offline"} - {"make setup"}
    (script,) = scripts
    done = run(origin.folder, script)
    assert done.returncode == 0, done.stdout + done.stderr
    assert kept == {"nianbao-offline.zip"}
    assert (origin.folder / "nianbao-offline.zip").is_file()


def test_gitea_posts_what_was_written(root: Path, tmp_path: Path) -> None:
    """As JSON, whatever is in it."""
    (tmp_path / "review.md").write_text('## 一览\n"$(touch x)" `y`\n', encoding="utf-8")
    ((script, env),) = steps(workflow(root, GITEA)["jobs"]["comment"])
    curl = tmp_path / "curl"
    curl.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    curl.chmod(0o755)
    path = f"{tmp_path}:{environment()['PATH']}"
    variables = {"PATH": path, "TOKEN": "t", "COMMENTS": "https://git.example/api"}
    done = run(tmp_path, script, **variables)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "comment.json").read_text(encoding="utf-8")) == {
        "body": '## 一览\n"$(touch x)" `y`\n'
    }
    assert "@comment.json" in done.stdout
    assert set(env) == {"TOKEN", "COMMENTS"}
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("path", [GITHUB, GITEA])
def test_who_may_write_runs_nothing_of_others(root: Path, path: str) -> None:
    """No job that checks out a pull request has a token that writes; the one that may comment checks nothing out."""
    whole = workflow(root, path)
    assert set(whole[True]) == {"pull_request"}  # YAML 1.1 takes `on` for true
    for name, job in whole["jobs"].items():
        uses = [step["uses"] for step in job["steps"] if "uses" in step]
        takes = any("actions/checkout" in one for one in uses)
        writes = name == "comment"
        assert takes != writes
        if takes:
            assert job["steps"][0]["with"]["persist-credentials"] is False
            assert not any("token" in str(step.get("env", "")) for step in job["steps"])
        else:
            assert "head.repo.full_name == github.repository" in job["if"]
            assert not any(".venv" in script or "make" in script for script, _ in steps(job))
    if path == GITHUB:
        assert whole["permissions"] == {}
        allowed = {name: job["permissions"] for name, job in whole["jobs"].items()}
        reads = {"contents": "read"}
        assert allowed == {"check": reads, "preview": reads, "comment": {"pull-requests": "write"}}


@pytest.mark.parametrize("path", [GITHUB, GITEA])
def test_nothing_of_a_pull_request_gets_into_a_script(root: Path, path: str) -> None:
    """Titles and names of branches come by variables of the environment, never by being written into a command."""
    for job in workflow(root, path)["jobs"].values():
        for script, _ in steps(job):
            assert "${{" not in script


@pytest.mark.parametrize("path", [GITHUB, GITEA, GITLAB])
def test_commands_are_understood(root: Path, path: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    commands = [shlex.split(line) for line in re.findall(r"bin/nianbao ((?:check|review)\b[^;\n>|]*)", text)]
    assert [command[0] for command in commands] == ["check", "review"]
    for command in commands:
        parser().parse_args(command)
