# tests/tools/mail-jobs.sh -- jobs that go by post; read in after case.sh.
#   mail_job FILE CSV FORM [LINE ...]   form 3 or 1 on CSV; further LINEs are added as they are
#   people COUNT [-v NAME=VALUE ...]    rows of mail-data.awk
#   column FILE NAME                    the values of a column of a table without quotes, a line each
#   places OUT                          "lot page id seq piece tracking" of each letter, a line each
mail_job() {
    mail_to=$1 mail_csv=$2 mail_form=$3
    shift 3
    cat >"$mail_to" <<JOB
job: mail-job
insurer: { kind: kokuho, name: 例示市, number: "139998", office: 例示市 国保課, postcode: "100-0001",
  address: 見本県例示市中央1-1, tel: 000-000-0000, desk: 国民健康保険課 資格係 }
notice:
  edition: 2024-01
  form: "$mail_form"
  as_of: 2024-07-01
  issued: 2024-07-20
  with_card: true
  card: { printed: true, prefecture: 見本県, issuer: 例示市, issued: 2024-08-01 }
input: { file: $mail_csv }
checks: { stuck: off, repeated: off }
JOB
    for mail_line in "$@"; do printf '%s\n' "$mail_line" >>"$mail_to"; done
}

people() {
    people_count=$1
    shift
    awk -v count="$people_count" "$@" -f "$root/tests/tools/mail-data.awk"
}

column() {
    awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { print $at }' "$1"
}

places() {
    awk -F, 'NR > 1 { print $3, $4, $6, $1, $2, $9 }' "$1/manifest.csv"
}
