"""The configurations for hosts in docs/hosts: run where they can be run, and read where they cannot."""

from __future__ import annotations

import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser

from build_tools.cli.usage import parser
from build_tools.publish import manifest
from build_tools.publish.manifest import listed
from tests.fake_store import PLACES
from tests.hostwork import Host, caddy, nginx
from tests.sitework import NIANBAO, POLICY, PREFIX, environment, served, tree, workshop

pytestmark = pytest.mark.xdist_group("hosts")

HOSTS = "docs/hosts"
SERVERS = {"nginx": (nginx, "nginx.conf"), "caddy": (caddy, "Caddyfile")}
UTF8 = "; charset=utf-8"

TYPES = {
    "": f"text/html{UTF8}",
    "units/330411103/2020/": f"text/html{UTF8}",
    "404.html": f"text/html{UTF8}",
    "assets/archive.css": f"text/css{UTF8}",
    "assets/colours.js": f"text/javascript{UTF8}",
    "assets/favicon.svg": "image/svg+xml",
    "units/330411103/2020/report.json": f"application/json{UTF8}",
    "units/330411103/2020/index.md": f"text/plain{UTF8}",
    "units/330411103/2020/report.yml": f"text/plain{UTF8}",
    "units/330411103/2020/tables.csv": f"text/csv{UTF8}",
    "units/330411103/2020/source/004_1feac183b5673ebd.txt": "text/plain",
    "data/all/SHA256SUMS": f"text/plain{UTF8}",
    "hosts/Caddyfile": f"text/plain{UTF8}",
    "robots.txt": f"text/plain{UTF8}",
    "llms.txt": f"text/plain{UTF8}",
    "manifest.tsv": f"text/plain{UTF8}",
    "sitemap.xml": f"application/xml{UTF8}",
    "opensearch.xml": "application/opensearchdescription+xml",
    "hosts/nginx.conf": f"text/plain{UTF8}",
    "planted/all.jsonl": f"application/jsonl{UTF8}",
    "planted/all.parquet": "application/vnd.apache.parquet",
    "planted/all.sqlite": "application/vnd.sqlite3",
    "feeds/due.ics": f"text/calendar{UTF8}",
    "feeds/all.xml": f"application/atom+xml{UTF8}",
    "units/330411103/atom.xml": f"application/atom+xml{UTF8}",
    "planted/all.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "planted/all.zip": "application/zip",
    "planted/all.csv.gz": "application/gzip",
}
"""What each sort of file of the site is sent as; `planted/` are sorts that this site has none of."""

PACKED = (
    "",
    "assets/archive.css",
    "units/330411103/2020/report.json",
    "planted/all.jsonl",
    "feeds/all.xml",
)
AS_IT_IS = ("planted/all.parquet", "planted/all.zip", "planted/all.csv.gz", "planted/all.xlsx")
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "strict-transport-security": "max-age=31536000",
}
OLD, NEW = "330499103", "330411103"


def _site(root: Path, folder: Path, prefix: str) -> Path:
    """A site with a unit that moved and a report that was withdrawn, and with files of every sort."""
    shop = workshop(root, folder / "shop")
    moved, withdrawn = shop / "reports/moved.csv", shop / "reports/withdrawn.csv"
    moved.write_text(f"old,new,date,reason\n{OLD},{NEW},2024-05-06,登记错了\n", encoding="utf-8")
    row = f"{NEW},2019,2024-05-06,发布机关更正,秀洲区人民政府"
    withdrawn.write_text(f"unit,year,date,reason,asked_by\n{row}\n", encoding="utf-8")
    site = folder / (prefix.strip("/") or "site")
    env = environment() | {"SITE_URL": f"https://archive.example{prefix}"}
    done = subprocess.run(
        [*NIANBAO, "--to", site], cwd=shop, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (site / "planted").mkdir()
    for path in TYPES:
        if path.startswith("planted/"):
            (site / path).write_bytes(b"0123456789" * 500)
    (site / "planted/all.csv").write_bytes(b"1,2\n" * 500)
    (site / "planted/all.csv.gz").write_bytes(gzip.compress(b"1,2\n" * 500, mtime=0))
    return site


@pytest.fixture(scope="module", params=["/", f"{PREFIX}/"], ids=["top", "below a path"])
def prefix(request: pytest.FixtureRequest) -> str:
    """Where the site stands on its host."""
    return str(request.param)


@pytest.fixture(scope="module")
def hosted(root: Path, tmp_path_factory: pytest.TempPathFactory, prefix: str) -> Path:
    """The site, in the folder that a host gives out."""
    return _site(root, tmp_path_factory.mktemp("hosted"), prefix)


@pytest.fixture(scope="module", params=SERVERS)
def host(
    request: pytest.FixtureRequest,
    root: Path,
    hosted: Path,
    prefix: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Host]:
    """A host with its configuration, and the site."""
    serve, name = SERVERS[request.param]
    with serve(root / HOSTS / name, hosted, prefix, tmp_path_factory.mktemp("aside")) as running:
        yield running


def test_types(host: Host) -> None:
    """Everything the site has is sent as what it is, text as UTF-8; originals are left to the browser."""
    found = {path: host.ask(path) for path in TYPES}
    assert {path: answer.status for path, answer in found.items() if answer.status != 200} == {}
    told = {path: answer.headers["content-type"].lower() for path, answer in found.items()}
    assert told == {path: type_.lower() for path, type_ in TYPES.items()}


def test_headers(host: Host) -> None:
    """The strict policy and its companions on pages, data, and what is not there."""
    for path in ("", "units/330411103/2020/report.json", "nothing/here/", "assets/archive.css"):
        headers = host.ask(path).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_data_is_open_to_other_sites(host: Host) -> None:
    assert host.ask("units/330411103/2020/report.json").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in host.ask("").headers


def test_cache(host: Host, hosted: Path) -> None:
    """What is named by its content for ever, all else asked for anew; nothing that is missing is kept for ever."""
    index = min((hosted / "search/index").iterdir())
    found = host.ask(f"search/index/{index.name}", Accept_Encoding="gzip")
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert found.headers["content-type"] == "application/octet-stream"
    assert "content-encoding" not in found.headers
    assert found.body == index.read_bytes()
    for path in ("", "units/330411103/2020/report.json", "assets/archive.css", "search/index/start.bin"):
        assert host.ask(path).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", PACKED)
def test_text_is_packed(host: Host, hosted: Path, path: str) -> None:
    answer = host.ask(path, Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in answer.headers["vary"].lower()
    file = hosted / (path or "index.html")
    assert gzip.decompress(answer.body) == file.read_bytes()


@pytest.mark.parametrize("path", AS_IT_IS)
def test_what_is_packed_is_not_packed_again(host: Host, hosted: Path, path: str) -> None:
    answer = host.ask(path, Accept_Encoding="gzip")
    assert "content-encoding" not in answer.headers
    assert answer.body == (hosted / path).read_bytes()


def test_a_packed_twin_is_used(host: Host, hosted: Path) -> None:
    """What lies packed beside a file is sent for it, and is still a file of its own."""
    answer = host.ask("planted/all.csv", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == f"text/csv{UTF8}"
    assert answer.body == (hosted / "planted/all.csv.gz").read_bytes()
    assert host.ask("planted/all.csv").body == (hosted / "planted/all.csv").read_bytes()


def test_asked_again(host: Host) -> None:
    """What has not changed is not sent again, packed or not."""
    for path in ("units/330411103/2020/", "units/330411103/2020/report.json", "assets/archive.css"):
        for packing in ("gzip", "identity"):
            first = host.ask(path, Accept_Encoding=packing)
            again = host.ask(path, Accept_Encoding=packing, If_None_Match=first.headers["etag"])
            assert (again.status, again.body) == (304, b"")


def test_not_found(host: Host, hosted: Path) -> None:
    """The page that says so, as a page, with its status; a folder without a page of its own is not found either."""
    for path in ("nothing/here/", "units/330411103/1066/", "nothing.json", "assets/", "x/.~tmp~/index.html"):
        answer = host.ask(path)
        assert answer.status == 404, path
        assert answer.headers["content-type"].lower() == f"text/html{UTF8}"
        assert answer.body == (hosted / "404.html").read_bytes()
        assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "rest", ["", "2020/", "2020/report.json", "2020/?q=%E7%A9%BA%20%0d%0aX-Evil:1", "nothing"]
)
def test_what_moved_is_redirected(host: Host, rest: str) -> None:
    """A real 301, with the rest of the address as it was spelled; no line can be smuggled in."""
    answer = host.ask(f"units/{OLD}/{rest}")
    assert answer.status == 301
    assert (
        answer.headers["location"].removeprefix(f"http://127.0.0.1:{host.port}")
        == f"{host.prefix}units/{NEW}/{rest}"
    )
    assert "x-evil" not in answer.headers


def test_withdrawn(host: Host) -> None:
    """The page at its address says so; the data that stood beside it is not there."""
    answer = host.ask(f"units/{NEW}/2019/")
    assert answer.status == 200
    assert "已撤下" in answer.body.decode()
    assert host.ask(f"units/{NEW}/2019/report.json").status == 404


def test_in_a_browser(host: Host, browser: Browser) -> None:
    """Reading and searching work under the policy: no error in the console, no request elsewhere."""
    page = browser.new_page()
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in ("", "units/330411103/2020/", "years/2020/", "about/", f"units/{NEW}/2019/"):
        page.goto(host.url + path)
    page.goto(f"{host.url}search/?q={quote('油车港镇')}")
    page.wait_for_selector("#search-results [data-report]")
    page.goto(f"{host.url}units/{OLD}/2020/")
    assert page.url == f"{host.url}units/{NEW}/2020/"
    page.close()
    assert told == []
    assert [url for url in asked if not url.startswith(host.url)] == []


def test_pages_lead_on_without_a_host_that_knows(browser: Browser, hosted: Path) -> None:
    """Where no list is read, the page itself leads on, without scripts."""
    with served(hosted) as url:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{url}units/{OLD}/2020/")
        page.wait_for_url(f"{url}units/{NEW}/2020/")
        context.close()


# --- hosts that are not here: what is written for them is read, and what can be run is run --------------------


PIPELINES = ("github-pages.yml", "gitlab-pages.yml", "gitea.yml")


def _steps(pipeline: Any) -> list[str]:
    """The commands of a pipeline, in order."""
    if "jobs" in pipeline:
        return [step["run"] for job in pipeline["jobs"].values() for step in job["steps"] if "run" in step]
    return [line for job in pipeline.values() for line in job["script"]]


@pytest.fixture(scope="module", params=PIPELINES)
def pipeline(request: pytest.FixtureRequest, root: Path) -> tuple[str, Any]:
    """A pipeline for a host that publishes from a repository: its text, and what it says."""
    text = (root / HOSTS / request.param).read_text(encoding="utf-8")
    return text, yaml.safe_load(text)


def test_pipelines_name_what_is_there(root: Path, pipeline: tuple[str, Any]) -> None:
    """Commands that can be typed, targets of the Makefile, files of the repository; actions by their commits."""
    text, read = pipeline
    script = "\n".join(_steps(read))
    for command in re.findall(r"\.venv/bin/nianbao (.*)", script):
        parser().parse_args(shlex.split(command))
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", script)) <= targets
    assert "nianbao addresses --since addresses.txt" in script
    assert (root / "addresses.txt").is_file()
    workflows = "".join(
        path.read_text(encoding="utf-8") for path in (root / ".github/workflows").glob("*.yml")
    )
    known = dict(re.findall(r"uses: (\S+)@(\S+ # v\S+)", workflows))
    for action, pin in re.findall(r"uses: (\S+)@(.+)", text):
        assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin)
        assert known.get(action, pin) == pin


def test_pipelines_make_the_site(root: Path, pipeline: tuple[str, Any], tmp_path: Path) -> None:
    """Their steps, run as they stand as far as they concern this machine, leave the site where the host takes it."""
    shop = workshop(root, tmp_path / "shop")
    shutil.copy(root / "addresses.txt", shop)
    _program(shop / ".venv/bin/nianbao", "build_tools")
    here = [step for step in _steps(pipeline[1]) if "ssh" not in step and "PUBLISH_TO" not in step]
    script = "\n".join(here).replace("make setup", "true").replace("make build", ".venv/bin/nianbao build")
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=shop, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    folder = shop / ("public" if "artifacts" in pipeline[0] and "jobs" not in pipeline[1] else "site")
    made, there = tree(shop / "site"), tree(folder)
    packed = {path for path in there.keys() - made.keys() if path.endswith(".gz")}
    assert {path: data for path, data in there.items() if path not in packed} == made
    for path in packed:
        assert gzip.decompress(there[path]) == there[path.removesuffix(".gz")]


def _program(path: Path, module: str, *words: str) -> Path:
    """A command that runs a module of ours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = shlex.join([sys.executable, "-m", module, *words])
    path.write_text(f'#!/bin/sh\nexec {line} "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("tool", PLACES)
def test_objects(root: Path, hosted: Path, tmp_path: Path, tool: str) -> None:
    """Every file once with what it is and how long it keeps; then only what changed, and what is gone goes."""
    folder, bucket = tmp_path / "work", tmp_path / "bucket"
    (folder / "reports").mkdir(parents=True)
    bucket.mkdir()
    (bucket / "proof.html").write_text("another's", encoding="utf-8")
    paths = {path for path in tree(hosted) if not path.startswith("planted/")}
    shutil.copytree(hosted, folder / "site", ignore=shutil.ignore_patterns("planted"))
    fake = _program(tmp_path / "bin" / tool, "tests.fake_store", tool)
    nianbao = _program(fake.with_name("nianbao"), "build_tools")

    def publish() -> dict[str, list[list[str]]]:
        notes = bucket.with_suffix(".json")
        notes.unlink(missing_ok=True)
        env = os.environ | {
            "PATH": f"{fake.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(root),
            "FAKE_STORE": str(bucket),
            "TOOL": tool,
            "STORE": PLACES[tool],
            "NIANBAO": str(nianbao),
        }
        command = ["bash", str(root / HOSTS / "objects.sh")]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return dict(json.loads(notes.read_text(encoding="utf-8")))

    sent = publish()
    assert sent.keys() == paths
    assert {len(times) for times in sent.values()} == {1}
    for path, ((type_, cache),) in sent.items():
        assert (cache != "no-cache") == path.startswith("search/index/"), path
        expected = TYPES.get(path.removesuffix("index.html"))
        assert expected is None or type_ == expected, path
    odd = {path for path, ((type_, _),) in sent.items() if type_ == "application/octet-stream"}
    assert {Path(path).suffix for path in odd} == {".bin", ""}  # the index, and _redirects
    assert tree(bucket) == {**tree(folder / "site"), "proof.html": b"another's"}

    assert publish() == {}
    _lose_one(folder / "site")
    assert set(publish()) == {"manifest/hub.tsv", "manifest.tsv"}
    assert tree(bucket) == {**tree(folder / "site"), "proof.html": b"another's"}


def _lose_one(site: Path) -> None:
    """A site that has a page less, with its lists."""
    (site / "about/index.html").unlink()
    part = site / "manifest/hub.tsv"
    part.write_bytes(
        b"".join(line for line in part.read_bytes().splitlines(keepends=True) if b"about/" not in line)
    )
    top = manifest.read((site / "manifest.tsv").read_bytes())
    (site / "manifest.tsv").write_bytes(manifest.write(top | {"manifest/hub.tsv": listed(part.read_bytes())}))


def test_one_policy(root: Path) -> None:
    """Both configurations and the tests of all other pages have the same, to the letter."""
    for name in ("nginx.conf", "Caddyfile"):
        found = re.findall(
            r'Content-Security-Policy "([^"]+)"', (root / HOSTS / name).read_text(encoding="utf-8")
        )
        assert found == [POLICY]
