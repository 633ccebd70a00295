"""Git repositories for tests: made by the system's git, with names and times of their own, whoever runs the tests."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START = 1_700_000_000
"""When the first commit is made, in seconds since 1970: 2023-11-14T22:13:20Z."""


def environment(**more: str) -> dict[str, str]:
    """Variables for git: nobody's settings but these."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    person = {"GIT_COMMITTER_NAME": "某某", "GIT_COMMITTER_EMAIL": "committer@mail.example"}
    return {**plain, **settings, **person, **more}


@dataclass(slots=True)
class Repo:
    """A repository in a folder. Commits follow each other by a minute unless they say otherwise."""

    folder: Path
    now: int = START

    def init(self, *options: str) -> Repo:
        """Begin it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *options)
        return self

    def git(self, *words: str, check: bool = True, **variables: Any) -> str:
        """Run git here, with variables of the environment; gives what it says."""
        command, env = ["git", "-C", str(self.folder), *words], environment(**variables)
        done = subprocess.run(command, env=env, capture_output=True, check=False)
        assert done.returncode == 0 or not check, done.stderr.decode("utf-8", "replace")
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def commit(
        self, why: str = "改", author: str = "张三", mail: str = "zhang@mail.example", at: int | None = None
    ) -> str:
        """Commit all there is in the folder; gives the commit's id."""
        self.now = self.now + 60 if at is None else at
        when = f"{self.now} +0800"
        dates: dict[str, Any] = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        self.git("add", "-A")
        words = ("commit", "-q", "--allow-empty", "--allow-empty-message", "--no-verify", "-m", why)
        self.git(*words, **dates, GIT_AUTHOR_NAME=author, GIT_AUTHOR_EMAIL=mail)
        return self.git("rev-parse", "HEAD")

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file below the folder."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
