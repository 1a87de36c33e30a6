# results.json as a job summary: jq -r -f job-summary.jq results.json
# A server chooses model names and fingerprints, and a pipeline its gates' ids: every string is escaped. Markdown takes a backslash before any ASCII
# punctuation; what is left of that (& < > ' ") is HTML's.

def text: tostring | gsub("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+"; " ") | gsub("(?<mark>[!#$%()*+,./:;=?@^_`{|}~\\[\\]\\\\-])"; "\\\(.mark)") | @html;
def number: if . == null then "–" else (. * 1000 | round / 1000 | tostring | text) end;
def row: "| " + join(" | ") + " |";
def limits: if .min == null then "at most \(.max | number)" elif .max == null then "at least \(.min | number)" else "\(.min | number) … \(.max | number)" end;
def order: if .verdict == "Fail" then 0 elif .verdict == "Inconclusive" then 1 else 2 end;

(.gates // []) as $gates
| ($gates | map(select(.verdict != "Pass"))) as $open
| (.manifest // {}) as $run
| [
    (if $run.fault then "## Fairness gates: the run decides nothing"
     elif ($gates | length) == 0 then "## Fairness gates: nothing was judged"
     elif ($open | length) == 0 then "## Fairness gates: all \($gates | length) passed"
     else "## Fairness gates: \($open | length) of \($gates | length) did not pass" end),
    (if $run.fault then "", "**\($run.fault | text)** The verdicts below are by what was answered." else empty end),
    "",
    "\($run.model // "recorded answers" | text), mode \($run.mode // "–" | text), prefill \($run.prefill // "–" | text). "
      + "\($run.items // 0) questions, \($run.failed // 0) without a reply. "
      + (($run.benchmarks // []) | map("\(.id | text): \(.dataset | text) \(.datasetHash | text)") | join(", ")) + ".",
    (if any(($run.benchmarks // [])[]; .dataset == "sample")
     then "", "**These are the embedded sample items: the figures are not comparable with published ones, and this is no release decision.**" else empty end),
    (if any(($run.benchmarks // [])[]; .dataset == "altered")
     then "", "**The data folder differs from the published data: the figures are not comparable with published ones.**" else empty end),
    (if (($run.returnedModels // []) | length) > 1
     then "", "**The model changed under the run: \($run.returnedModels | map(text) | join(", ")).**" else empty end),
    "",
    (["verdict", "gate", "estimate", "limits", "why"] | row),
    (["---", "---", "--:", "---", "---"] | row),
    ($gates | to_entries | sort_by((.value | order), .key) | .[].value
     | [(if .verdict == "Pass" then "Pass" else "**\(.verdict | text)**" end), (.name // .id | text), (.estimate | number), limits, (.reason | text)] | row),
    "",
    "Snapshots are judged beside the gates: see the test results."
  ]
| .[]
