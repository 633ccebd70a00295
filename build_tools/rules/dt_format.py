"""DT-FORMAT: every date is a real day, written year-month-day."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="DT-FORMAT",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="日期写成 2021-01-31 的样子，而且确有这一天",
    reason="统一的写法（ISO 8601）才能排序和比较；2021-02-30 这样的日子没有，一定抄错了。",
    advice="对照原件改成四位年、两位月、两位日；原件没有日期就写 ~。",
    waivable=False,
)
