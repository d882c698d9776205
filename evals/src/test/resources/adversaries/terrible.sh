# A model that always asks for the largest of everything, a little differently each time.
awk '
/^\| .* \| (int|float) in \[/ { name[++n] = $2; split($0, part, /[][]/); split(part[2], ends, ", "); low[n] = ends[1]; high[n] = ends[2]
    whole[n] = $4 == "int"; choice[n] = 0 }
/^\| .* \| one of / { name[++n] = $2; text = $0; sub(/^[^|]*\|[^|]*\| one of /, "", text); sub(/ \|.*/, "", text)
    sub(/, in this order$/, "", text); sub(/.*, /, "", text); high[n] = text; choice[n] = 1 }
/^Trials: [0-9]+ run/ { run = $2 }
END {
    separator = "{"
    for (i = 1; i <= n; i++) {
        value = high[i]
        if (!choice[i] && !whole[i]) value = sprintf("%.9g", high[i] - (high[i] - low[i]) * run / 1000)
        printf "%s\"%s\": %s", separator, name[i], value
        separator = ", "
    }
    print "}"
}'
