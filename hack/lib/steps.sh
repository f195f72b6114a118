# Steps with a line each: a mark, what it is, how long it took. Sourced by the scripts that people watch.
# A step that runs longer than two seconds shows a moving bar; its output goes to a log that is shown if it fails.

steps_names=()
steps_seconds=()
steps_log=$(mktemp)
if [ -t 1 ]; then steps_bold=$'\e[1m' steps_plain=$'\e[0m'; else steps_bold='' steps_plain=''; fi

title() { printf '\n%s%s%s\n' "$steps_bold" "$1" "$steps_plain"; }
note() { printf '    %s\n' "$1"; }

# show COMMAND...: runs a command whose output is the point
show() { "$@" | sed 's/^/    /'; }

# show_last N: the last N lines that the last step printed
show_last() { tail -n "$1" "$steps_log" | sed 's/^/    /'; }

# retry SECONDS COMMAND...: until it succeeds or the seconds are over
retry() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.5
    done
}

# step NAME COMMAND...: one line of the tour
step() {
    local name=$1 began=$SECONDS child status=0
    shift
    "$@" >"$steps_log" 2>&1 &
    child=$!
    if [ -t 1 ]; then steps_bar "$child" "$name" "$began"; fi
    wait "$child" || status=$?
    if [ "$status" -ne 0 ]; then
        printf '\r  ✗ %-58s %4d s\n' "$name" $((SECONDS - began))
        tail -n 40 "$steps_log" >&2
        echo "failed with status $status: $*" >&2
        return "$status"
    fi
    printf '\r  ✓ %-58s %4d s\n' "$name" $((SECONDS - began))
    steps_names+=("$name")
    steps_seconds+=($((SECONDS - began)))
}

steps_bar() {
    local frame=0 width=20 bar position
    while kill -0 "$1" 2>/dev/null; do
        sleep 0.2
        frame=$((frame + 1))
        [ $((SECONDS - $3)) -ge 2 ] || continue
        position=$((frame % (width - 3)))
        bar=$(printf '%*s####%*s' "$position" '' $((width - 4 - position)) '')
        printf '\r  [%s] %-44s %4d s' "$bar" "$2" $((SECONDS - $3))
    done
    printf '\r%80s' ''
}

# summary: all steps as a table
summary() {
    local index
    printf '\n%s%-62s %8s%s\n' "$steps_bold" "step" "seconds" "$steps_plain"
    for index in "${!steps_names[@]}"; do
        printf '%-62s %8d\n' "${steps_names[$index]}" "${steps_seconds[$index]}"
    done
}
