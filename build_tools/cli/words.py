"""The help of the command line, in Chinese: what each command is for, in a line and in full, with examples."""

ABOUT = "政府信息公开工作年度报告档案的工具。nianbao 命令 --help 看每个命令的说明和例子。"

EXIT = """\
例：
  nianbao new 330411103 2021     新建一份空白报告
  nianbao fmt                    排成统一的样子
  nianbao check                  检查全部年报

退出码：0 没有错误；1 有错误，--check 发现待更新的文件，或者生成、发布没有做成；
        2 用法不对，或文件读不了、写不进；130 被 Ctrl-C 中断。
环境变量：NIANBAO_YEAR 指定今年是哪一年；NO_COLOR 不要颜色。"""

COMMANDS = {
    "build": (
        "生成网站",
        "读取、检查全部年报，生成网站。上次做过而没有变的不再做；\n做完以前，旧网站一直完好，出错、中断也不会损坏。",
        """\
  nianbao build
  nianbao build --jobs 4
  nianbao build --fresh                       不用上次留下的，全部重做
  nianbao build --shard 33 --to shards/33     只做浙江，供 nianbao assemble 合并
  nianbao build --cluster tcp://10.0.0.1:8786""",
    ),
    "assemble": (
        "把分片合并成一个网站",
        "分片是 nianbao build --shard 做的，可以在许多台机器上分头做。\n合并出来的网站和一次做完的完全一样。",
        "  nianbao assemble shards/*\n  nianbao assemble shards/33 shards/41 --to site",
    ),
    "check": (
        "检查年报",
        "逐份读取，按规则核对格式、数字、勾稽关系和前后年度，\n指出在哪一行哪一列、差多少、怎么办。只看，不改任何文件。",
        """\
  nianbao check
  nianbao check reports/33/330411/330411103/2020.yml
  nianbao check --format json > findings.json
  nianbao check --since origin/main           只查这个分支改过的文件""",
    ),
    "review": (
        "写一份改动一览",
        "这个分支改了哪几份年报、哪几格由什么改成什么，新出了什么问题，接下来做什么；\n可以贴进合并请求。只读改动所在的县，没有提交的改动也算。",
        """\
  nianbao review origin/main
  nianbao review origin/main --format text
  nianbao review HEAD~1 > review.md""",
    ),
    "fmt": (
        "把年报排成统一的样子",
        "只动空格、缩进和各项的次序，\n一个字一个数都不改。读不通的文件原样留着，并指出问题。",
        "  nianbao fmt\n  nianbao fmt reports/33/330411\n  nianbao fmt --check",
    ),
    "new": (
        "新建一份空白年报",
        "按年度选用当时的官方格式，各格留空，照着原件填。\n已有这一年的报告就不动它。",
        "  nianbao new 330411103 2021",
    ),
    "import": (
        "把发布的年报变成报告文件",
        "读 .docx、有文字的 .pdf、网页、.xlsx、.csv 和文本。拿不准的一律不猜：\n那一格写“缺”，并说明在原件的哪里、看到了什么。单位、年度认不准就问，不写文件。",
        """\
  nianbao import 年报.docx                     看看读出来什么样
  nianbao import 年报.docx -o reports          写进档案，原件一起放好
  nianbao import 收到的文件夹 -o reports       一个文件夹里的都导入
  nianbao import 年报.pdf --unit 330411103 --year 2022 -o reports
  nianbao import 年报.docx --diff              原文和录入的文字有什么不同""",
    ),
    "explain": (
        "讲解一条规则",
        "为什么要这样，遇到了怎么办，什么样的会指出，什么样的不会。",
        "  nianbao explain T3-ROW-SUM",
    ),
    "schema": (
        "重写编辑器用的 JSON Schema",
        "每种格式一份，编辑器据此提示键名、显示说明。",
        "  nianbao schema\n  nianbao schema --check",
    ),
    "docs": (
        "重写规则和格式的说明页",
        "docs/rules 和 docs/forms 全部由规则和格式文件生成，CODEOWNERS 由 owners.csv 生成，不要手改。",
        "  nianbao docs\n  nianbao docs --check",
    ),
    "copies": (
        "在全国范围里找雷同的年报",
        """\
比较全部年报的正文，不分单位、年度：哪两份只差年份、数字和名称，相同的是哪一段，各在哪个文件；
原件是同一个文件的也列出来。格式规定的话不算。只列出来供人判断，不改文件；找到了，退出码也是 0。""",
        """\
  nianbao copies
  nianbao copies --format csv > 雷同.csv      用表格软件打开
  nianbao copies --jobs 4""",
    ),
    "offline": (
        "把网站做成离线副本",
        "一个压缩包，解压以后不用联网、不用服务器，就能看全部年报，也能搜索。\n先用 make build 做好网站；网站没有变，做出来的压缩包也一个字节不变。",
        "  nianbao offline\n  nianbao offline --site site -o nianbao-offline.zip",
    ),
    "deploy": (
        "把网站发布到主机上",
        "只传变了的文件，删去不再有的，别的一概不动；中断了再来一次就行。\n要用 rsync，说明见 docs/deploy.md。",
        """\
  nianbao deploy 用户@主机:/srv/www/nianbao/
  nianbao deploy 用户@主机:/srv/www/nianbao/ --dry-run
  nianbao deploy --list lists --since 上次的清单     给对象存储的工具用""",
    ),
    "addresses": (
        "列出网站的全部网址，同上一版比",
        "网址一经使用就不能消失：上一版有、现在没有的，一个一个指出来，并说明怎么办。\n看网页、订阅和接口里单位的文件，不看报告旁边的数据文件：撤下了就没有了。先用 make build 做好网站。",
        """\
  nianbao addresses --since addresses.txt
  nianbao addresses --since ../nianbao-before       上一版的网站，或只有它的清单
  nianbao addresses -o addresses.txt                发布新版以后记下来""",
    ),
    "export": (
        "把年报写成 Word、Excel 或网页",
        "照官方格式的样子排：标题、六个部分、三张表，印的什么就是什么。\n每份报告一个文件，如 330411103-2020.docx；同名的旧文件会被换掉。Word 和 Excel 要先运行 make import。",
        """\
  nianbao export 330411103/2020 --to docx
  nianbao export reports/33/330411/330411103/2020.yml --to xlsx -o 导出
  nianbao export reports/33/330411 --to html -o 导出""",
    ),
    "strip": (
        "清理原件里的姓名和地点",
        "另存一份：文件属性里的作者、最后修改者，照片里的拍摄地点都去掉，印出来的内容一点不动，\n原来的文件也不动。批注和修订痕迹要在 Word、WPS 里自己处理；加密的、看不见的去不掉。",
        """\
  nianbao strip reports/33/330411/330411103/source/nianbao.docx
  nianbao strip *.pdf -o 清理""",
    ),
}
