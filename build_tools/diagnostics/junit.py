"""Findings as JUnit XML: understood by nearly every build server, Gitee's among them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from build_tools.diagnostics.glyphs import WORDS, Lines, safe
from build_tools.finding import Finding, Severity


def junit(findings: Sequence[Finding], _lines: Lines, *, files: Sequence[str] = ()) -> str:
    """A suite for each file, a case for each finding, and one that passes for each of `files` without any.

    Errors fail, waived findings are skipped with their reason; the others pass and say what they say.
    """
    found = {file: list(group) for file, group in groupby(sorted(findings), key=lambda f: f.file)}
    root = Element("testsuites", name="nianbao")
    for file in sorted({*found, *files}):
        _suite(root, file, found.get(file, []))
    _total(root, [f for group in found.values() for f in group], len(root.findall("*/testcase")))
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _suite(root: Element, file: str, findings: Sequence[Finding]) -> None:
    suite = SubElement(root, "testsuite", name=safe(file))
    for finding in findings:
        _case(suite, finding)
    if not findings:
        SubElement(suite, "testcase", classname=safe(file), name="没有发现问题")
    _total(suite, findings, max(len(findings), 1))


def _total(element: Element, findings: Sequence[Finding], cases: int) -> None:
    element.set("tests", str(cases))
    element.set("failures", str(sum(f.blocks for f in findings)))
    element.set("skipped", str(sum(bool(f.waived) for f in findings)))


def _case(suite: Element, finding: Finding) -> None:
    name = f"{finding.line}:{finding.column} {finding.rule} {finding.path}"
    case = SubElement(suite, "testcase", classname=safe(finding.file), name=safe(name))
    message = safe(finding.message)
    detail = f"{safe(finding.file)}:{finding.line}:{finding.column}: {message}\n怎么办：{safe(finding.hint)}"
    if finding.waived:
        SubElement(case, "skipped", message=safe(finding.waived))
    elif finding.severity is Severity.ERROR:
        SubElement(case, "failure", type=safe(finding.rule), message=message).text = detail
    else:
        SubElement(case, "system-out").text = f"{WORDS[finding.severity]} {detail}"
