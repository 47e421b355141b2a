# Sourced by cli/demo and cli/test, so that both make and use the same debug build.
# Says one line when a build starts and one when it is done; the whole log only on failure.

# The street (README): a target that imports what it did not declare does not build.
# swift test finds its tests by the compiler's index, which need not hold the system's own modules:
# a quarter less work for the compiler.
build_flags=(
    --explicit-target-dependency-import-check error
    -Xswiftc -index-ignore-system-modules -Xswiftc -index-ignore-clang-modules
)

say() { printf '%s\n' "$*" >&2; }

# minutes SECONDS: 75 → "1 min 15 s".
minutes() {
    if [ "$1" -lt 60 ]; then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi
}

# heartbeat LOG: says once a minute how far the build is; ends by itself if this script is gone.
heartbeat() {
    local passed=0
    while sleep 1 > /dev/null 2>&1 && kill -0 $$ 2> /dev/null; do
        passed=$((passed + 1))
        [ $((passed % 60)) -ne 0 ] ||
            say "  … $(minutes $passed) $(grep -o '^\[[0-9]*/[0-9]*\]' "$1" | tail -n 1)"
    done
}

# fetch FLAG…: gets the packages this one is built from, where they are not here yet.
fetch() {
    local folder=.build log tries=1 flag
    for flag in "$@"; do
        case "$flag" in .build*) folder=$flag ;; esac
    done
    [ ! -e "$folder/workspace-state.json" ] || return 0
    log=$(mktemp)
    say "Fetching the packages that Lucky Driver is built from."
    until swift package "$@" resolve > "$log" 2>&1 < /dev/null; do
        if [ "$tries" -ge 5 ]; then
            cat "$log" >&2
            rm -f "$log"
            say "The packages could not be fetched."
            return 1
        fi
        say "  did not work, next try in $((tries * 10)) s"
        sleep $((tries * 10))
        tries=$((tries + 1))
    done
    rm -f "$log"
}

# build PRODUCT FLAG…: builds one product. Returns what swift build returns.
build() {
    local product=$1 started=$SECONDS log beat status=0
    shift
    log=$(mktemp)
    say "Building $product."
    heartbeat "$log" &
    beat=$!
    swift build "${build_flags[@]}" "$@" --product "$product" > "$log" 2>&1 < /dev/null ||
        status=$?
    kill "$beat" 2> /dev/null || true
    wait "$beat" 2> /dev/null || true
    if [ "$status" -ne 0 ]; then
        cat "$log" >&2
        say "$product does not build."
    elif [ $((SECONDS - started)) -ge 5 ]; then
        say "  $(minutes $((SECONDS - started)))"
    fi
    rm -f "$log"
    return "$status"
}

# One release build serves the swarm and the bench. Linux maps 64 KB around each place that is run:
# what a driver's day runs lies side by side, by a list that Tests/Bench/order writes.
release_flags=(
    -c release --static-swift-stdlib --scratch-path .build-release -Xswiftc -use-ld=lld
    -Xlinker --symbol-ordering-file=Tests/Bench/day.order -Xlinker --no-warn-symbol-ordering
)
build_release() {
    fetch --scratch-path .build-release && build lucky "${release_flags[@]}" &&
        build lucky-bench "${release_flags[@]}"
}
build_outage() {
    fetch --scratch-path .build-release && build lucky-hub "${release_flags[@]}" &&
        build lucky-outage "${release_flags[@]}"
}

# The programs carry a stamp as old as the start of their build, so that what is edited while it
# runs is built next time.
stamp=.build/programs-built

# Nothing changed since this Swift last built lucky and lucky-hub.
programs_are_current() {
    [ -x .build/debug/lucky ] && [ -x .build/debug/lucky-hub ] && [ -e "$stamp" ] &&
        [ "$(cat "$stamp")" = "$(swift --version 2> /dev/null)" ] &&
        [ -z "$(find Package.swift Sources Schemas cli -newer "$stamp" -print -quit)" ]
}

# Builds lucky and lucky-hub.
build_programs() {
    mkdir -p .build
    swift --version 2> /dev/null > "$stamp.new"
    build lucky && build lucky-hub && mv "$stamp.new" "$stamp"
}
