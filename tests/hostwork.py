"""Starts nginx and Caddy with the configurations of docs/hosts on a site, changed as their comments say."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

UNPACKED = Path(sys.prefix) / "hosts"
"""Where tests/browser_setup.py unpacks them, if this machine has none."""

PATIENCE = 20.0


@dataclass(frozen=True)
class Answer:
    """What a host sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Host:
    """A host that runs; paths are from the top of the site, which stands at `prefix`."""

    port: int
    prefix: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.prefix}"

    def ask(self, path: str, **headers: str) -> Answer:
        """What lies at a path, spelled as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", self.prefix + path, headers=sent)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()


def program(name: str) -> str:
    """A web server: this machine's, or the one that was unpacked for the tests; where there is none, the path it would have."""
    places = [os.environ.get("PATH", ""), "/usr/sbin", str(UNPACKED / "usr/sbin"), str(UNPACKED / "usr/bin")]
    return shutil.which(name, path=os.pathsep.join(places)) or str(UNPACKED / name)


def changed(text: str, changes: Mapping[str, str]) -> str:
    """A configuration with each of these lines or words changed, which must be there."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def placed(site: Path, prefix: str) -> Path:
    """The folder that is a host's root: that of the site, or the one around it for a site below a path."""
    inside = prefix.strip("/")
    assert not inside or site.name == inside
    return site.parent if inside else site


@contextmanager
def nginx(config: Path, site: Path, prefix: str, aside: Path) -> Iterator[Host]:
    """nginx with the configuration; certificates and ports are those of no real host."""
    port = free_port()
    changes = {
        "include /srv/www/nianbao/redirects": f"include {site}/redirects",
        "root /srv/www/nianbao;": f"root {placed(site, prefix)};",
        "    listen 80;\n    listen [::]:80;\n": f"    listen 127.0.0.1:{free_port()};\n",
        "    listen 443 ssl http2;\n    listen [::]:443 ssl http2;\n": f"    listen 127.0.0.1:{port};\n",
        "    ssl_certificate     /etc/ssl/archive.example.pem; # 改：证书\n": "",
        "    ssl_certificate_key /etc/ssl/archive.example.key; # 改：私钥\n": "",
        " /404.html;": f" {prefix}404.html;",
    }
    (aside / "nianbao.conf").write_text(
        changed(config.read_text(encoding="utf-8"), changes), encoding="utf-8"
    )
    temporary = "".join(
        f"{kind}_temp_path {aside}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    main = aside / "nginx.conf"
    main.write_text(
        f"{user}daemon off;\npid {aside}/pid;\nerror_log {aside}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}include {aside}/nianbao.conf;\n}}\n",
        encoding="utf-8",
    )
    command = [program("nginx"), "-e", str(aside / "error.log"), "-p", str(aside), "-c", str(main)]
    with _running(command, aside, port):
        yield Host(port, prefix)


@contextmanager
def caddy(config: Path, site: Path, prefix: str, aside: Path) -> Iterator[Host]:
    """Caddy with the configuration, without the certificate that it would ask for."""
    port = free_port()
    changes = {
        "\narchive.example {": f"\n{{\n\tadmin off\n\tauto_https off\n}}\n\nhttp://127.0.0.1:{port} {{",
        "import /srv/www/nianbao/redirects": f"import {site}/redirects",
        "root * /srv/www/nianbao": f"root * {placed(site, prefix)}",
        "rewrite * /404.html": f"rewrite * {prefix}404.html",
    }
    path = aside / "Caddyfile"
    path.write_text(changed(config.read_text(encoding="utf-8"), changes), encoding="utf-8")
    command = [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(path)]
    with _running(command, aside, port):
        yield Host(port, prefix)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _running(command: list[str], aside: Path, port: int) -> Iterator[None]:
    log = aside / "log"
    env = os.environ | {"HOME": str(aside), "XDG_DATA_HOME": str(aside), "XDG_CONFIG_HOME": str(aside)}
    with (
        log.open("w", encoding="utf-8") as out,
        subprocess.Popen(command, stdout=out, stderr=out, env=env) as running,
    ):
        try:
            _wait(port, running, aside)
            yield
        finally:
            running.terminate()
            running.wait(PATIENCE)


def _wait(port: int, running: subprocess.Popen[bytes], aside: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    told = [path.read_text(encoding="utf-8", errors="replace") for path in aside.glob("*log")]
    raise AssertionError(f"{running.args!r} does not answer\n" + "\n".join(told)[-3000:])
