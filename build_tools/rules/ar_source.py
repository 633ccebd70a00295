"""AR-SOURCE: a report can be traced to a government's site, or to an original that is kept with its fingerprint."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.hosts import host, of_government
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """One of the two will do; a source that names nothing is told by another rule."""
    origin = subject.report.origin
    if of_government(host(origin.url)) or (origin.file and origin.sha256):
        return
    if origin.file:
        where = f"“{origin.url}”不是政府网站的网址" if origin.url else "没有写网址"
        known = subject.original
        hint = f"照这样写：“sha256: {known.sha256}”。" if known else "求出原件的 SHA-256，写在“sha256”后面。"
        yield Problem(("来源", "sha256"), f"{where}，存了原件而没有写它的 sha256", hint)
    elif origin.url:
        message = f"“{origin.url}”不是政府网站的网址，也没有存原件"
        yield Problem(
            ("来源", "网址"),
            message,
            "把原件存进 source 文件夹，写上文件名和 sha256；或改写政府网站上的网址。",
        )


RULE = Rule(
    id="AR-SOURCE",
    severity=WARNING,
    basis=Basis.ARCHIVE,
    title="来源是政府网站的网址，或写明指纹的存档原件，最好都有",
    reason=(
        "读者要能找到发布机关公布的那一份。单位换了域名，旧域名常被别人买去；转载的网页、没有指纹的文件，"
        "都证明不了抄的是哪一份。"
    ),
    advice="写上政府网站（gov.cn）的网址；没有的，把原件存进 source 文件夹，写上文件名和 sha256。",
    check=check,
)
