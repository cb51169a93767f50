# tests/tools/include.awk -- judges the includes of engine/. First file: "NUMBER room: rooms" (what=rooms, first,
# sorted) or the adapters (what=foreign); second: FILE:LINE:#include as grep gives it.
function complain(words) { print file ":" line ": " words }

NR == FNR {
    if (what == "foreign") {
        if ($1 != "#" && NF >= 2) {
            pattern[++adapters] = $1
            for (i = 2; i <= NF; i++)
                home[adapters] = home[adapters] " " $i
        }
        next
    }
    room = $2
    sub(/:$/, "", room)
    height[room] = $1
    may[room, room] = 1
    for (i = 3; i <= NF; i++)
        may[room, $i] = 1
    next
}

{
    split($0, part, ":")
    file = part[1]
    line = part[2]
    name = $0
    sub(/^[^:]*:[^:]*:[ \t]*#[ \t]*include[ \t]*/, "", name)
    quoted = name ~ /^"/
    sub(/^["<]/, "", name)
    sub(/[">].*/, "", name)
    split(file, folder, "/")
    room = folder[2]
    target = name
    sub(/\/.*/, "", target)
    is_new = file != before
    before = file
}

what == "rooms" && quoted {
    if (name !~ /^[a-z]+\/[a-z0-9_]+\.(h|def|inc)$/)
        complain("\"" name "\" is not room/name.h")
    else if (!(target in height))
        complain("\"" name "\" is in no room")
    else if (!((room, target) in may))
        complain(room " may not include " target)
}

what == "first" && is_new && file ~ /\.c$/ && file != "engine/cli/main.c" {
    if (!quoted || target != room)
        complain("the first include is not a header of its own room")
}

# Own header, engine headers, system headers. (Tables, .def and .inc, stand where they are used.)
what == "sorted" && file ~ /\.c$/ && name ~ /\.h$/ {
    if (is_new)
        system_seen = 0
    if (quoted && system_seen)
        complain("\"" name "\" stands after a system header")
    if (!quoted)
        system_seen = 1
}

what == "foreign" && !quoted {
    for (i = 1; i <= adapters; i++)
        if (name ~ ("^" pattern[i] "$")) {
            if (index(home[i] " ", " " file " ") || index(home[i] " ", " * ") ||
                index(home[i] " ", " engine/" room "/ "))
                next
            complain("<" name "> belongs into" home[i])
            next
        }
    complain("<" name "> is not in tests/tools/adapters")
}
