# tests/tools/jobs.sh -- small jobs for the scripts of tests/cases; read in after case.sh.
#   write_job FILE CSV [LINE ...]   a form 1 job on CSV; further LINEs are added as they are
#   head_row                        the header row that form 1 needs
#   person ID NAME [LAST4]          a good row
#   reasons FILE                    the reason numbers of a holds.csv, sorted, on one line
write_job() {
    write_to=$1 write_csv=$2
    shift 2
    cat >"$write_to" <<JOB
job: test-job
insurer:
  kind: kenpo
  name: 架空健康保険組合
  number: "06139992"
  office: 適用課
  tel: 03-0000-0000
notice:
  edition: 2024-01
  form: "1"
  as_of: 2024-09-10
  issued: 2024-10-01
input:
  file: $write_csv
JOB
    for write_line in "$@"; do printf '%s\n' "$write_line" >>"$write_to"; done
}

head_row() {
    echo '整理番号,種別,記号,番号,枝番,氏名,フリガナ,負担割合,資格取得年月日,個人番号下4桁,不開示該当'
}

# Number and last 4 follow from the digits that the id ends in: no two people are one, no field looks stuck.
person() {
    person_at=${1##*[!0-9]}
    while [ "${person_at#0}" != "$person_at" ]; do person_at=${person_at#0}; done
    person_at=${person_at:-0}
    [ "${#person_at}" -lt 9 ] || person_at=7
    person_four=${3:-$(((person_at * 7919 + 1234) % 10000))}
    [ "$#" -gt 2 ] || while [ "${#person_four}" -lt 4 ]; do person_four=0$person_four; done
    echo "$1,本人,101,$((20000 + person_at)),00,$2,カクウ タロウ,3割,平成20年4月1日,$person_four,0"
}

reasons() {
    sed -n '2,$p' "$1" | cut -d, -f3 | cut -d' ' -f1 | sort | tr '\n' ' ' | sed 's/ $//'
}
