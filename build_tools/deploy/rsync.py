"""The system's rsync: files of a folder to a host and back, by lists of their paths. The only module that runs it.

Nothing is judged by its time: a file that is listed is compared by content, and sent if it differs. A file that is
not listed is never touched.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools.deploy.errors import DeployError

_NEEDED = (3, 1)  # the first that deletes what is listed
_VERSION = re.compile(rb"rsync +version +v?([0-9]+)\.([0-9]+)")
_INSTALL = "Debian、Ubuntu：sudo apt-get install rsync；macOS：brew install rsync。主机上也要装。"
_HOST = re.compile(r"(?:[\w.-]+@)?(?:[a-zA-Z0-9][\w.-]*|\[[0-9a-fA-F:.]+\]):(?!:|//)(.+)")
_FOR_A_SHELL = re.compile(r"""[\s'"\\$`*?\[\]{}();&|<>!#~]""")
_UNREACHED = {10, 12, 30, 35, 127, 255}  # what it ends with when nobody answers, or not as rsync would


def target(to: str, site: Path) -> str:
    """Where to publish, as rsync wants it: `user@host:/path/`, or a folder here that is apart from the site.

    Raises DeployError for what is no place for a site, is not there, or would be read otherwise than it was meant.
    """
    if not to.strip() or to.startswith("-") or not to.isprintable():
        raise DeployError("没有写明发布到哪里。写作 用户@主机:/srv/www/nianbao/，或本机的一个文件夹。")
    if ":" in to.partition("/")[0]:
        return _remote(to)
    folder, own = Path(to).resolve(), site.resolve()
    if folder == own or own in folder.parents or folder in own.parents:
        raise DeployError(f"{to} 就是要发布的网站，或者两个文件夹套在一起。换一个文件夹。")
    if not folder.is_dir():
        raise DeployError(f"没有 {to} 这个文件夹。看看有没有写错；没有写错就先建好它。")
    return f"{folder}/"


def _remote(to: str) -> str:
    found = _HOST.fullmatch(to)
    if not found:
        raise DeployError(
            f"看不懂“{to}”。写作 用户@主机:/srv/www/nianbao/；端口和密钥写在 ~/.ssh/config 里。"
        )
    path = posixpath.normpath(found[1])
    if _FOR_A_SHELL.search(path):
        raise DeployError(f"“{path}”里有空格或 shell 会另作解释的符号，请换一个文件夹名。")
    if path in {"/", "//", "."} or ".." in path.split("/"):
        raise DeployError(f"“{to}”是整台主机、主目录或上一级。写明网站自己的文件夹，如 /srv/www/nianbao/。")
    return f"{to[: found.start(1)]}{path}/"


def program() -> str:
    """The rsync of this machine; raise DeployError where there is none, or one that is too old."""
    found = shutil.which("rsync")
    if not found:
        raise DeployError(f"这台电脑上没有 rsync。{_INSTALL}")
    said = subprocess.run([found, "--version"], capture_output=True, check=False).stdout  # noqa: S603  # as above
    version = _VERSION.match(said)
    if not version or (int(version[1]), int(version[2])) < _NEEDED:
        raise DeployError(f"{found} 不是 rsync 3.1 或更新的版本。{_INSTALL}")
    return found


@dataclass(frozen=True, slots=True)
class Host:
    """A folder that the `program` reaches, here or elsewhere; `aside` is an empty folder for what it is told."""

    at: str
    program: str
    aside: Path

    def fetch(self, paths: Sequence[str], into: Path) -> None:
        """Bring files of the host here; those it does not have are left out."""
        if paths:
            _wait(self._run(["--ignore-missing-args"], self.at, f"{into}/", paths))

    def send(
        self, source: Path, paths: Sequence[str], *, together: bool = False, only_say: bool = False
    ) -> Iterator[tuple[int, str]]:
        """Send what differs on the host and tell size and path of each; `together`: all are shown in the end."""
        how = ["--checksum", "--chmod=D755,F644", "--out-format=%l %n"]
        how += ["--delay-updates"] * together + ["--dry-run"] * only_say + ["--compress"] * self._far
        for line in self._run(how, f"{source}/", self.at, paths):
            size, _, path = line.rstrip(b"\n").partition(b" ")
            if not path.endswith(b"/"):
                yield int(size), path.decode("utf-8", "replace")

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files of the host, and folders that are empty; what is not there is no matter."""
        # rsync deletes what is listed and not here.
        with tempfile.TemporaryDirectory(dir=self.aside) as lacking:
            for folder in {posixpath.dirname(path) for path in paths}:
                Path(lacking, folder).mkdir(parents=True, exist_ok=True)
            _wait(self._run(["--delete-missing-args", "--chmod=D755"], f"{lacking}/", self.at, paths))

    @property
    def _far(self) -> bool:
        return ":" in self.at.partition("/")[0]

    def _run(self, how: Sequence[str], source: str, to: str, paths: Sequence[str]) -> Iterator[bytes]:
        """Run it and hand through, line by line, what it says."""
        with (
            tempfile.NamedTemporaryFile(dir=self.aside) as listed,
            tempfile.TemporaryFile(dir=self.aside) as complaints,
        ):
            listed.write(b"".join(b"./%s\0" % os.fsencode(path) for path in paths))  # "#x" alone is a remark
            listed.flush()
            command = [self.program, "--from0", f"--files-from={listed.name}", *how, source, to]
            with subprocess.Popen(  # noqa: S603  # `target` lets nothing through that is no place
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints
            ) as running:
                yield from running.stdout or ()
            if running.returncode:
                complaints.seek(0)
                raise DeployError(_why(running.returncode, complaints.read().decode("utf-8", "replace")))


def _wait(lines: Iterable[bytes]) -> None:
    for _ in lines:
        pass


def _why(status: int, complaints: str) -> str:
    told = "连不上主机，或主机上没有 rsync。" if status in _UNREACHED else ""
    if "change_dir" in complaints and "No such file" in complaints:
        told = "主机上没有这个文件夹。看看有没有写错；没有写错就先建好它。"
    return f"rsync 没有做成，退出码 {status}。{told}再来一次会从断的地方接着做。\n{complaints.strip()}"
