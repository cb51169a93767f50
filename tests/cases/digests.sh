#!/bin/sh
# One letter, one digest: what preview tells, what the manifest has and what verify reads out of the file are the same,
# for every form of every edition, in each of its layouts; and run marks are in the digest of the sheets alone.
. "$(dirname "$0")/../tools/case.sh"
. "$root/tests/tools/jobs.sh"
"$build/tools/members" 3 5 --rare --households --address >members.csv

make_job() { # EDITION FORM LAYOUT
    cat <<JOB
job: digests
insurer:
  kind: $([ "$1" = 2024-01-kyokai ] && echo kyokai || echo kokuho)
  name: 例示市
  number: "139998"
  office: 例示市 国保課
  postcode: "100-0001"
  address: 見本県例示市中央1-1
  tel: 000-000-0000
  desk: 国民健康保険課 資格係
notice:
  edition: $1
  form: "$2"
  layout: $3
  as_of: 2024-07-01
  issued: 2024-07-20
  with_card: $([ "$2" = 3 ] && echo true || echo false)
  card: { printed: true, prefecture: 見本県, issuer: 例示市, issued: 2024-08-01 }
input:
  file: members.csv
JOB
}
previews() { # each letter of the manifest, looked at alone
    sed 1d out/manifest.csv | while IFS=, read -r _ _ _ _ _ id form _ _ digest _; do
        "$oshirase" preview job.yaml --id "$id" -o "one.$1" --data "$root" </dev/null >line 2>words || return 1
        test "$(cat line)" = "$id $form $digest" || return 1
    done
}
number=0
for layout in "$root"/layouts/20*/*/*.yaml; do
    side=$(basename "$layout" .yaml) of=$(dirname "$layout")
    form=$(basename "$of") edition=$(basename "$(dirname "$of")")
    case $form/$side in carrier/* | */window-*) continue ;; esac
    number=$((number + 10))
    rm -rf out
    make_job "$edition" "$form" "$side" >job.yaml
    row $number "$edition $form $side: prints" press print job.yaml -o out
    letters=$(sed 1d out/manifest.csv | wc -l)
    row $((number + 1)) '... letters' test "$letters" -gt 0
    row $((number + 2)) '... preview tells the same digest' previews pdf
    row $((number + 3)) '... verify reads both' refuse 0 press verify out --job job.yaml
    row $((number + 4)) '... of every letter' says stdout "^$letters letters?,"
done
finish
