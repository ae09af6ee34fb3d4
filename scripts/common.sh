# What the scripts of this project share. Source it: `. "$(dirname "$0")/common.sh"`.
# shellcheck shell=bash

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export ROOT

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die() {
  warn "$*"
  exit 1
}

# The oldest Node.js that the npm clients accept.
NODE_MAJOR=20

# Prints the path of a Node.js of that age or younger: the machine's own, else the one that scripts/setup fetched from npm.
find_node() {
  local candidate major
  for candidate in "$(command -v node)" "$ROOT"/scripts/node/node_modules/node-linux-*/bin/node; do
    [ -x "$candidate" ] || continue
    major="$("$candidate" -p 'process.versions.node.split(".")[0]' 2>/dev/null)" || continue
    if [ "$major" -ge "$NODE_MAJOR" ]; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

# How many compilers may run at once: one a core, fewer where memory is short (a file takes up to 1.5 GB with sanitizers).
build_jobs() {
  local cores memory
  cores="$(nproc)"
  memory="$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo)"
  [ "$memory" -ge 1 ] || memory=1
  if [ "$memory" -lt "$cores" ]; then printf '%s\n' "$memory"; else printf '%s\n' "$cores"; fi
}

# Configures a preset once; later calls leave the check to the build itself.
configure_preset() { # PRESET [CMAKE ARGUMENT …]
  local preset="$1"
  shift
  if [ -f "$ROOT/build/$preset/build.ninja" ] && [ $# -eq 0 ]; then return 0; fi
  (cd "$ROOT" && cmake --preset "$preset" "$@")
}

# Builds targets of a preset; all of them where none is named.
build_preset() { # PRESET [TARGET …]
  local preset="$1"
  shift
  cmake --build "$ROOT/build/$preset" -j "$(build_jobs)" ${1:+--target "$@"}
}
