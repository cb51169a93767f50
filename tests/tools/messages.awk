# tests/tools/messages.awk -- judges engine/base/messages.def: numbers ascend, nothing stands twice, every message
# follows the grammar and has no room for data.
function complain(words) { print "engine/base/messages.def:" FNR ": " words }

# The whole numbers a text asks for, in one order: "have want ".
function places(text, found) {
    found = ""
    if (text ~ /\{have\}/)
        found = found "have "
    if (text ~ /\{want\}/)
        found = found "want "
    return found
}

function other_places(text) {
    gsub(/\{have\}|\{want\}/, "", text)
    return text ~ /[{}%]/
}

/^MESSAGE\(/ {
    if ($0 !~ /^MESSAGE\([0-9]+, [A-Z0-9_]+, KIND_[A-Z]+, "[^"]*", "[^"]*", "[^"]*"\)$/) {
        complain("is not MESSAGE(number, NAME, kind, \"token\", \"English\", \"Japanese\")")
        next
    }
    split($0, text, "\"")
    split(substr(text[1], 9), head, /, */)
    number = head[1] + 0
    name = head[2]
    kind = head[3]
    token = text[2]
    english = text[4]
    japanese = text[6]
    if (number <= last)
        complain(number " does not ascend")
    last = number
    if (name in names)
        complain(name " stands twice")
    if (token in tokens)
        complain("token " token " stands twice")
    names[name] = tokens[token] = 1
    if (token !~ /^[a-z0-9]+(-[a-z0-9]+)*$/)
        complain("token is not lower-case ASCII words")
    if (kind !~ /^KIND_(HOLD|FOLLOW|WARN|JOB|GUARD|IO|TOTALS|BUG)$/)
        complain(kind " is no kind")
    if (english ~ /^[A-Z][a-z]/ && english !~ /^(My Number|Unicode|Japanese)/)
        complain("English text begins with a capital")
    if (english == "" || japanese == "")
        complain("a text is empty")
    if (english ~ /\.$/ || japanese ~ /。$/)
        complain("text ends with a full stop")
    if (other_places(english) || other_places(japanese))
        complain("text has places other than {have} and {want}")
    if (places(english) != places(japanese))
        complain("the two texts ask for different numbers")
    next
}

/^MESSAGE/ || /^[ \t]+MESSAGE/ { complain("a message does not begin its line") }
