"""Why the history of the archive is not known; the words for it."""

from __future__ import annotations

from enum import StrEnum


class Absence(StrEnum):
    """What there is instead of a history."""

    NO_GIT = "no git"
    NO_REPOSITORY = "no repository"
    NO_COMMITS = "no commits"
    PARTIAL = "partial"
    REFUSED = "refused"

    @property
    def line(self) -> str:
        """A plain line for readers."""
        return _LINES[self]

    def remark(self, complaint: str = "") -> str:
        """What whoever builds the site is told, and what to do about it; `complaint` is what git said."""
        return f"网页上没有收录与改动的经过：{self.obstacle(complaint)}"

    def obstacle(self, complaint: str = "") -> str:
        """What is in the way, and how to get past it."""
        return f"{_REMARKS[self]}{f'git 说：{complaint}' if complaint else ''}"


_LINES = {
    Absence.NO_GIT: "做这个网站的机器上没有 git，收录与改动的经过没有写出来。",
    Absence.NO_REPOSITORY: "这个网站不是从 git 仓库做的，没有收录与改动的经过。",
    Absence.NO_COMMITS: "这个网站的仓库里还没有提交过，没有收录与改动的经过。",
    Absence.PARTIAL: "做这个网站的仓库不完整，收录与改动的经过没有写出来。",
    Absence.REFUSED: "做这个网站时 git 读不了仓库，收录与改动的经过没有写出来。",
}

_REMARKS = {
    Absence.NO_GIT: "这台电脑上没有 git。装上它再做（Debian、Ubuntu：sudo apt-get install git）。",
    Absence.NO_REPOSITORY: "reports 不在 git 仓库里。到克隆的仓库里再来一次。",
    Absence.NO_COMMITS: "仓库里还没有提交。",
    Absence.PARTIAL: (
        "这个仓库克隆得不完整，缺早先的提交或文件。浅克隆的，运行 git fetch --unshallow 补全；别的，重新完整克隆。"
        "GitHub Actions 的 checkout 写 fetch-depth: 0，GitLab 设 GIT_DEPTH: 0。"
    ),
    Absence.REFUSED: (
        "git 读不了这个仓库。说目录归属可疑（dubious ownership）的，"
        "确认仓库可信，再运行 git config --global --add safe.directory 仓库的路径。"
    ),
}


class UnknownError(Exception):
    """The history cannot be known."""

    def __init__(self, absence: Absence, complaint: str = "") -> None:
        super().__init__(absence.remark(complaint))
        self.absence, self.complaint = absence, complaint
