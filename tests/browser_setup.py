"""Find a browser that starts, or get one, a Chinese font, rsync, nginx and Caddy; the browser's path goes to .venv/browser.

Run by `make test`. In this order: the one that CHROMIUM names; Debian's Chromium without a window's trimmings; one on
the PATH; the one that Playwright brings; Debian's. Whatever is chosen has started once before it is believed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file

from tests.hostwork import UNPACKED, program  # see above

CHOSEN = Path(sys.prefix) / "browser"
SHELL = "chromium-headless-shell"
"""Chromium without what surrounds a page. It opens one in a quarter of the time that the whole of it needs."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
DOWNLOAD_SECONDS = 300
APT_SECONDS = 900
START_SECONDS = 60
HELP = """\
没有找到可用的浏览器，也装不上。请装 Chromium，或指明已有的一个：CHROMIUM=/路径/chromium make test
No browser was found and none could be installed. Install Chromium, or name the one you have, as above.
Debian, Ubuntu: sudo apt-get install chromium fonts-noto-cjk"""
NO_RSYNC = "没有 rsync，发布的测试过不了。 No rsync: the tests of publishing will fail."
NO_HOST = "没有 {0}，主机设置的测试过不了。 No {0}: the tests of hosts' configurations will fail."
NO_FONT = "没有中文字体，截图里的汉字会是方框。 No Chinese font: screenshots will show boxes."


def main() -> int:
    """Choose a browser; the exit status says whether there is one."""
    _want_chinese_font()
    _want_rsync()
    for server, packages in {"nginx": ("nginx", "nginx-common"), "caddy": ("caddy",)}.items():
        _want_host(server, packages)
    browser = _named() if os.environ.get("CHROMIUM") else _chosen_before() or _first_that_starts()
    if browser is None:
        print(HELP, file=sys.stderr)
        return 1
    CHOSEN.write_text(f"{browser}\n", encoding="utf-8")
    print(f"浏览器 browser: {browser}")
    return 0


def _named() -> Path | None:
    named = Path(os.environ["CHROMIUM"])
    if _starts(named):
        return named
    print(f"CHROMIUM={named}: 不能启动 does not start", file=sys.stderr)
    return None


def _chosen_before() -> Path | None:
    if not CHOSEN.exists():
        return None
    path = Path(CHOSEN.read_text(encoding="utf-8").strip())
    return path if os.access(path, os.X_OK) else None


def _first_that_starts() -> Path | None:
    return next((path for path in _candidates() if _starts(path)), None)


def _candidates() -> Iterator[Path]:
    """Cheap ones first; what must be downloaded only when the caller still asks."""
    if shutil.which(SHELL) or _apt_install(SHELL):
        yield from _on_path(SHELL)
    yield from _on_path()
    yield MAC
    yield from _from_playwright()
    if _apt_install("chromium"):
        yield from _on_path()


def _on_path(*names: str) -> Iterator[Path]:
    yield from (Path(found) for name in names or NAMES if (found := shutil.which(name)))


def _from_playwright() -> Iterator[Path]:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    if not path.exists():
        _run([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS)
    yield path
    if path.exists() and (as_root := _as_root()) is not None:  # there, but it did not start: libraries
        _run([*as_root, sys.executable, "-m", "playwright", "install-deps", "chromium"], APT_SECONDS)
        yield path


def _starts(browser: Path) -> bool:
    if not os.access(browser, os.X_OK):
        return False
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
        return _run([str(browser), *flags, "--dump-dom", "about:blank"], START_SECONDS, quiet=True)


def _want_chinese_font() -> None:
    """Screenshots and text widths need one; without it the tests still run."""
    if (fc_list := shutil.which("fc-list")) is None:
        if sys.platform == "linux":
            _apt_install("fontconfig", "fonts-noto-cjk")
        return
    fonts = subprocess.run([fc_list, ":lang=zh"], capture_output=True, check=False, timeout=START_SECONDS)
    if not fonts.stdout.strip() and not _apt_install("fonts-noto-cjk"):
        print(NO_FONT, file=sys.stderr)


def _want_rsync() -> None:
    """tests/test_deploy.py publishes with it."""
    if shutil.which("rsync") is None and not _apt_install("rsync"):
        print(NO_RSYNC, file=sys.stderr)


def _want_host(server: str, packages: tuple[str, ...]) -> None:
    """tests/test_hosts.py runs it: this machine's, or one that is unpacked in .venv, so that no service is started."""
    if shutil.which(program(server)) is None and not _apt_unpack(packages):
        print(NO_HOST.format(server), file=sys.stderr)


def _apt_unpack(packages: tuple[str, ...]) -> bool:
    """Debian packages as plain files below UNPACKED. Nobody has to be root for that, if the lists are there."""
    apt, dpkg, as_root = shutil.which("apt-get"), shutil.which("dpkg-deb"), _as_root()
    if apt is None or dpkg is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)  # apt lets a user of its own load
        download = ["env", "-C", folder, apt, "-q", "download", *packages]
        if not _run(download, APT_SECONDS):
            if as_root is None or not _run([*as_root, apt, "-q", "update"], APT_SECONDS):
                return False
            if not _run(download, APT_SECONDS):
                return False
        found = sorted(Path(folder).glob("*.deb"))
        return all(_run([dpkg, "-x", str(package), str(UNPACKED)], APT_SECONDS) for package in found)


def _apt_install(*packages: str) -> bool:
    apt, as_root = shutil.which("apt-get"), _as_root()
    if apt is None or as_root is None:
        return False
    command = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-q"]
    _run([*command, "update"], APT_SECONDS)
    return _run([*command, "install", "-y", "--no-install-recommends", *packages], APT_SECONDS)


def _as_root() -> list[str] | None:
    """What to put before a command that needs root; None when root is not to be had without asking."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and _run([sudo, "-n", "true"], START_SECONDS, quiet=True) else None


def _run(command: list[str], seconds: int, *, quiet: bool = False) -> bool:
    if not quiet:
        print("$", *command, flush=True)
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        print(f"  {seconds} 秒内没有做完 not done in {seconds} s", file=sys.stderr)
        return False
    if done.returncode and not quiet:
        print(done.stdout.decode(errors="replace")[-800:], file=sys.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
