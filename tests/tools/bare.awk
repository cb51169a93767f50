# tests/tools/bare.awk -- C without comments, strings and characters emptied, every line in its place.
{
    line = $0
    out = ""
    while (line != "") {
        if (inside) {
            end = index(line, "*/")
            if (!end)
                break
            line = substr(line, end + 2)
            inside = 0
        } else if (match(line, /\/\*|\/\/|"([^"\\]|\\.)*"|'([^'\\]|\\.)*'/)) {
            token = substr(line, RSTART, 2)
            out = out substr(line, 1, RSTART - 1)
            rest = substr(line, RSTART + RLENGTH)
            if (token == "//")
                break
            if (token == "/*")
                inside = 1
            else
                out = out substr(token, 1, 1) substr(token, 1, 1)
            line = rest
        } else {
            out = out line
            line = ""
        }
    }
    print out
}
