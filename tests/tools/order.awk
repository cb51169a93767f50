# tests/tools/order.awk -- reads "NUMBER room: rooms it may include". A room may name rooms of earlier lines
# only; so what may be included lies lower, and there is no cycle.
{
    room = $2
    if (room !~ /^[a-z]+:$/) {
        print "engine/ORDER: not a room: " room
        next
    }
    sub(/:$/, "", room)
    if (room in seen)
        print "engine/ORDER: " room ": stands twice"
    for (i = 3; i <= NF; i++)
        if (!($i in seen))
            print "engine/ORDER: " room " may not include " $i ": it does not lie lower"
    seen[room] = 1
}
