"""AR-HASH: the fingerprint in the report file is that of the archived original."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """A report that names no fingerprint promises nothing."""
    said, known = subject.report.origin.sha256, subject.original
    if said and known and said != known.sha256:
        message = (
            f"写的 sha256 是 {said[:SHOWN]}…，原件“{subject.report.origin.file}”的是 {known.sha256[:SHOWN]}…"
        )
        hint = (
            f"原件没有换过的，改成“sha256: {known.sha256}”；"
            "重新下载过、换过的（网页每次下载都可能不同），放回原来那一份，或者照新的核对全文，在“转录说明”里写明换了原件。"
        )
        yield Problem(("来源", "sha256"), message, hint)


SHOWN = 12  # characters, enough to see that two are not the same

RULE = Rule(
    id="AR-HASH",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="来源里写的 sha256 就是存档原件的",
    reason="指纹对不上，原件就不是抄录时的那一份：也许传输时坏了，也许被换过。读者凭它核对手里的文件。",
    advice="照提示改正 sha256，或者放回原来的那份原件。网站上每个文件的指纹在 manifest.tsv 里，由程序写成。",
    check=check,
    waivable=False,
)
