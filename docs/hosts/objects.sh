#!/usr/bin/env bash
# 传到对象存储：阿里云 OSS、腾讯云 COS、别的兼容 S3 的。改好下面两行，每次发布在档案的文件夹里运行：
#   bash objects.sh
# 只传变了的，删去不再有的，别的一概不动；断了就再来一次。
set -euo pipefail

# 用 rclone：STORE 写 rclone config 里设好的名字和存储桶。用 aws：TOOL 写 aws，STORE 写 s3://桶名。
TOOL=${TOOL:-rclone}
STORE=${STORE:-oss:bucket-name}
NIANBAO=${NIANBAO:-.venv/bin/nianbao}

FOREVER='public, max-age=31536000, immutable'
ASK='no-cache'

# 存储里现有的清单放进 former。
fetch() {
  case $TOOL in
    rclone) rclone copy "$STORE" former --include /manifest.tsv --include '/manifest/*.tsv' ;;
    aws) aws s3 cp "$STORE" former --recursive --only-show-errors --exclude '*' --include manifest.tsv --include 'manifest/*.tsv' ;;
  esac
}

# send 清单 类型 缓存：把清单里的文件传上去。
send() {
  [ -s "$1" ] || return 0
  case $TOOL in
    rclone)
      rclone copy site "$STORE" --files-from-raw "$1" --no-traverse --ignore-times \
        --header-upload "Content-Type: $2" --header-upload "Cache-Control: $3" < /dev/null ;;
    aws)
      rm -rf lists/stage
      while IFS= read -r path; do
        mkdir -p "lists/stage/$(dirname "$path")"
        ln "site/$path" "lists/stage/$path"
      done < "$1"
      aws s3 cp lists/stage "$STORE" --recursive --only-show-errors --content-type "$2" --cache-control "$3" < /dev/null
      rm -rf lists/stage ;;
  esac
}

# remove 清单：把清单里的文件删去。
remove() {
  [ -s "$1" ] || return 0
  case $TOOL in
    rclone) rclone delete "$STORE" --files-from-raw "$1" ;;
    aws) while IFS= read -r path; do aws s3 rm "$STORE/$path" --only-show-errors < /dev/null; done < "$1" ;;
  esac
}

# 每一类文件是什么：扩展名、类型。先写的先算；都不是的按 application/octet-stream。
kinds() {
  cat <<'TYPES'
/source/.*\.txt	text/plain
/source/.*\.csv	text/csv
/?atom\.xml|feeds/all\.xml|\.atom	application/atom+xml; charset=utf-8
/?opensearch\.xml	application/opensearchdescription+xml
\.html	text/html; charset=utf-8
\.css	text/css; charset=utf-8
\.js	text/javascript; charset=utf-8
/(SHA256SUMS|Caddyfile)	text/plain; charset=utf-8
\.(txt|md|yml|tsv|bib|ris|map|conf|sh)	text/plain; charset=utf-8
\.csv	text/csv; charset=utf-8
\.ics	text/calendar; charset=utf-8
\.json	application/json; charset=utf-8
\.jsonl	application/jsonl; charset=utf-8
\.xml	application/xml; charset=utf-8
\.svg	image/svg+xml
\.png	image/png
\.jpe?g	image/jpeg
\.pdf	application/pdf
\.zip	application/zip
\.gz	application/gzip
\.parquet	application/vnd.apache.parquet
\.sqlite	application/vnd.sqlite3
\.xlsx	application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
TYPES
}

# sendall 清单：搜索索引永久缓存，别的每次先问；各按各的类型。
sendall() {
  cp "$1" lists/rest
  pick '^search/index/'
  send lists/picked application/octet-stream "$FOREVER"
  while IFS=$'\t' read -r ending type; do
    pick "($ending)\$"
    send lists/picked "$type" "$ASK"
  done < <(kinds)
  send lists/rest application/octet-stream "$ASK"
}

# pick 式样：从 lists/rest 里挑出来，放进 lists/picked。
pick() {
  grep -E "$1" lists/rest > lists/picked || true
  grep -Ev "$1" lists/rest > lists/left || true
  mv lists/left lists/rest
}

rm -rf former lists
mkdir former
fetch
if [ -e former/manifest.tsv ]; then
  "$NIANBAO" deploy --list lists --since former
else
  "$NIANBAO" deploy --list lists
fi
for n in 1-new 2-changed 3-lists; do
  sendall "lists/$n.txt"
done
remove lists/4-gone.txt
