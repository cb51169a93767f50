# tests/tools/job-j.sh -- the job that faults are tried on; read in after case.sh.
#   job_j           writes job.yaml and members.csv: 40 letters of 3 forms, lots of 8, 2 records held, a protected person
#   job_j_facts     what a run of it gives, in words
. "$root/tests/tools/jobs.sh"
job_j() {
    {
        echo "$(head_row),様式,郵便番号,住所A,住所B,世帯番号"
        at=1
        while [ $at -le 40 ]; do
            form=$((at % 3 + 1)) # each a household of its own: form 4 is one letter for a household
            [ $form -ne 3 ] || form=4
            person "A0$at" "架空 $(printf '%02d' $at)子" | sed "s/\$/,$form,100-0001,東京都千代田区千代田,$at-1,$at/"
            at=$((at + 1))
        done
        home='100-0001,東京都千代田区千代田,1-1'
        echo "B001,本人,101,29999,00,,カクウ,3割,平成20年4月1日,1234,0,1,$home,801"
        echo "B002,本人,101,29998,00,架空月子,カクウ,3割,平成20年4月1日,12,0,2,$home,802"
        echo "C001,本人,101,39999,00,架空花子,カクウ ハナコ,3割,平成20年4月1日,1235,1,1,$home,803"
    } >members.csv
    write_job job.yaml members.csv 'output: { lot_letters: 8 }'
    sed -i 's/form: "1"/form: column/
        s/^  office.*/&\n  postcode: "100-0001"\n  address: 東京都千代田区千代田1-1/' job.yaml
}
job_j_facts() {
    press print job.yaml -o facts --protected-out facts-hidden --workers 1
    echo "$(sed 1d facts/manifest.csv | wc -l) letters, $(sed 1d facts/manifest.csv | cut -d, -f7 | sort -u | wc -l) forms," \
        "$(find facts -name 'lot-*.pdf' | wc -l) lots, $(sed 1d facts/holds.csv | wc -l) held," \
        "$(sed 1d facts-hidden/manifest.csv | wc -l) protected"
}
