#!/usr/bin/env bash
# Tests that docs/environment.md names every environment variable that a program, test or script of this project reads.
# Prints what it lacks, then `N passed, N failed`.
set -euo pipefail
cd "$(dirname "$0")/../.."
document=docs/environment.md
parts=(async ecmascript crypto dotenv fetch fastify clerk instance clerkd examples bench conformance tests)

present=()
for part in "${parts[@]}"; do [ -d "$part" ] && present+=("$part"); done

# Names as the sources have them: C++ literals with a prefix of ours or of the platforms that Clerk's SDK knows, or read
# with getenv; process.env.NAME in JavaScript; ${NAME:-default} in the shell. Unit tests make up names of their own.
names() {
  find "${present[@]}" -name node_modules -prune -o \( -name '*.cpp' -o -name '*.hpp' \) ! -name '*_test.cpp' -print0 |
    xargs -0 grep -hoE '"(CLERKD?|VERCEL|NODE)_[A-Z0-9_]+"|getenv\("[A-Z0-9_]+"\)' | grep -oE '[A-Z][A-Z0-9_]+' |
    grep -v '^CLERK_ERR_' # codes of errors
  find "${present[@]}" -name node_modules -prune -o \( -name '*.mjs' -o -name '*.js' \) -print0 |
    xargs -0 grep -hoE 'process\.env\.[A-Z0-9_]+' | sed 's/.*\.//'
  grep -hoE '\$\{[A-Z][A-Z0-9_]+:-' test quickstart bench/run scripts/common.sh scripts/setup scripts/test/* | grep -oE '[A-Z][A-Z0-9_]+'
}

passed=0
failed=0
while read -r name; do
  if grep -qE "\`$name\`" "$document"; then
    passed=$((passed + 1))
  else
    printf 'FAIL %s does not say what %s means\n' "$document" "$name"
    failed=$((failed + 1))
  fi
done < <(names | sort -u)
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
