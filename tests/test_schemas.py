"""The editors' schemas: valid, fresh, and of one mind with what reading accepts."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from build_tools.decode import decode
from build_tools.form import Form
from build_tools.forms import official
from build_tools.glossary import Entry, entry
from build_tools.model import Kin, Report, Unit
from build_tools.schema import files, schema
from build_tools.source import parse
from build_tools.units import decode_unit, kinds
from build_tools.write import MODELINE, blank_text, report_text, unit_text
from tests.casework import base, yaml_text

ROOT = Path(__file__).parent.parent
COMMITTED = sorted((ROOT / "reports").glob("*/*/*/[12]*.yml"))
FORMS = list(official().values())
TOWN = Unit("330411103", "油车港镇", kinds()["镇"])


def load(text: str) -> Any:
    """As the editors' YAML 1.2 reader does; dates are texts."""
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    return undated(reader.load(StringIO(text)))


def undated(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: undated(item) for key, item in data.items()}
    if isinstance(data, list):
        return [undated(item) for item in data]
    return data if isinstance(data, int | float | None) else str(data)


def errors(text: str, form: Form) -> list[str]:
    """Where the schema of `form` finds fault."""
    found = Draft202012Validator(schema(form)).iter_errors(load(text))
    return sorted("/".join(map(str, error.absolute_path)) for error in found)


@pytest.mark.parametrize("path", files())
def test_a_schema_is_valid_and_fresh(path: str) -> None:
    text = files()[path]
    Draft202012Validator.check_schema(json.loads(text))

    assert (ROOT / path).read_bytes().decode("utf-8") == text, "run `nianbao schema`"


def test_no_file_is_left_over() -> None:
    assert sorted(
        f"build_tools/schema/{p.name}" for p in (ROOT / "build_tools/schema").glob("*.json")
    ) == sorted(files())


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_key_is_explained_and_no_other_allowed(form: Form) -> None:
    def walk(part: dict[str, Any], path: str) -> None:
        assert not {"oneOf", "$ref"} & set(part)
        assert "title" not in part or part.get("errorMessage") or {"if", "anyOf"} & set(part), path
        if "properties" in part and "title" in part:
            assert part["additionalProperties"] is False, path
        for key, below in part.get("properties", {}).items():
            if "allOf" not in path:
                assert below["title"], f"{path}/{key}"
            walk(below, f"{path}/{key}")
        for below in [*part.get("then", {}).get("prefixItems", ()), *part.get("anyOf", ())]:
            assert below["title"], path
            walk(below, path)
        if "items" in part:
            walk(part["items"], f"{path}[]")

    walk(schema(form), "")
    for table in form.tables.values():
        text = str(schema(form))
        for line in table.lines.values():
            assert line.row.label in text
            assert (entry(table, line.row.id) or Entry("")).law in text


def test_a_row_tells_its_columns_and_its_article() -> None:
    row = schema(official()["2019"])["properties"]["申请"]["properties"]["不予公开"]["properties"]["国家秘密"]

    assert row["title"] == "1.属于国家秘密"
    assert "条例第十四条" in row["description"]
    assert "依次：自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他、总计" in row["description"]
    assert (row["if"]["minItems"], row["if"]["maxItems"], len(row["then"]["prefixItems"])) == (7, 7, 7)
    assert "这一行要写 7 格" in row["else"]["errorMessage"]
    assert row["defaultSnippets"][0]["body"] == "[~, ~, ~, ~, ~, ~, ~]"


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_committed_reports_satisfy_the_schema_they_name(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = text.splitlines()[0].removeprefix(MODELINE)
    form = next(form for form in FORMS if named.endswith(f"/{form.slug}.json"))

    assert (path.parent / named).resolve() == ROOT / f"build_tools/schema/{form.slug}.json"
    assert errors(text, form) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_blank_and_filled_reports_satisfy_it(form: Form) -> None:
    assert errors(blank_text(form, TOWN, 2020), form) == []
    assert errors(report_text(read(yaml_text(base(form, 2020)))), form) == []


def read(text: str) -> Report:
    report, problems = decode(parse(text), "330411103", 2020, official())
    assert report, problems
    return report


def test_tables_of_two_forms() -> None:
    """The table follows the form that 格式 names for it, and no other."""
    forms = official()
    tree = base(forms["2021"], 2021)
    tree["申请"] = base(forms["2019"], 2021)["申请"]
    mixed = {**tree, "格式": {"申请": "2019", "主动公开": "2021"}}

    assert errors(report_text(read(yaml_text(mixed))), forms["2021"]) == []
    assert "申请/其他处理" in errors(yaml_text(tree), forms["2021"])


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("格式: 2021", "格式: 2020", "格式"),
        ("标题: ", "标提: ", ""),
        ("公布日期: ~", "公布日期: 2021年1月", "公布日期"),
        ("  sha256: ~", "  sha256: abc", "来源/sha256"),
        ("  规章: [~, ~, ~]", "  规章: [~, ~]", "主动公开"),
        ("  规章: [~, ~, ~]", "  规章: [~, ~, ~, ~]", "主动公开"),
        ("  规章: [~, ~, ~]", "  规章: [~, ~, [1]]", "主动公开/规章/2"),
        ("  规章: [~, ~, ~]\n", "", "主动公开"),
        ("    国家秘密", "    国家机密", "申请/不予公开"),
        ("  引言: ~", "  引言: [甲]", "正文/引言"),
    ],
)
def test_what_is_wrong_is_found(old: str, new: str, where: str) -> None:
    form = official()["2021"]
    text = blank_text(form, TOWN, 2021)

    assert old in text
    assert any(path.startswith(where) for path in errors(text.replace(old, new), form))


def test_unit_files() -> None:
    validator = Draft202012Validator(json.loads(files()["build_tools/schema/unit.json"]))
    for path in (ROOT / "reports").glob("*/*/*/unit.yml"):
        unit, _ = decode_unit(parse(path.read_text(encoding="utf-8")), path.parent.name)
        assert unit
        assert list(validator.iter_errors(load(unit_text(unit)))) == []
    merged = Unit("330411199", "甲镇", kinds()["镇"], predecessors=(Kin("330411103", 2019), Kin("330411104")))
    assert list(validator.iter_errors(load(unit_text(merged)))) == []
    assert list(validator.iter_errors({"名称": "甲", "类别": "镇", "前身": [{"年": 2019}]}))
    assert list(validator.iter_errors({"名称": "甲", "类别": "镇子"}))
    assert list(validator.iter_errors({"名称": "甲", "类别": "镇", "主业": None}))
