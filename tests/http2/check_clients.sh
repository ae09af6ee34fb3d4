#!/usr/bin/env bash
# Tests HTTP/2 and HTTPS with clients that others wrote: curl and h2load (nghttp2), in clear text and over TLS.
# check_clients.sh HTTPS_EXAMPLE; prints what fails, then `N passed, N failed`.
set -euo pipefail
example="$1"
folder="$(mktemp -d)"
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT

passed=0
failed=0
expect() { # NAME WANTED GOT
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
  else
    printf 'FAIL %s: want %s, got %s\n' "$1" "$2" "$3"
    failed=$((failed + 1))
  fi
}

# A port that was free a moment ago; the server says whether it still is.
start() { # ARGUMENTS…
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 20000))
    "$example" "$@" "$port" &
    server=$!
    for _ in $(seq 100); do
      curl -sk --max-time 5 "$scheme://127.0.0.1:$port/" >/dev/null && return
      kill -0 "$server" 2>/dev/null || break
      sleep 0.1
    done
  done
  echo "FAIL the server does not start"
  exit 1
}
# SIGTERM ends it in order.
stop() {
  kill -TERM "$server"
  local status=0
  wait "$server" || status=$?
  server=
  expect "$scheme: SIGTERM" 0 "$status"
}
ask() { curl -sk --max-time 20 "$@"; }
load() { # what h2load counts as succeeded
  timeout 60 h2load "$@" | sed -n 's/.* \([0-9]*\) succeeded.*/\1/p'
}

check() { # OPTION_FOR_HTTP2
  local url="$scheme://127.0.0.1:$port"
  expect "$scheme HTTP/2" "{\"hello\":\"world\",\"protocol\":\"$scheme\",\"version\":\"2.0\"}" "$(ask "$1" "$url/")"
  expect "$scheme HTTP/1.1" "{\"hello\":\"world\",\"protocol\":\"$scheme\",\"version\":\"1.1\"}" "$(ask --http1.1 "$url/")"
  expect "$scheme HEAD" "HTTP/2 200" "$(ask "$1" -I "$url/" | head -1 | tr -d '\r' | sed 's/ *$//')"
  expect "$scheme 404" "404" "$(ask "$1" -o /dev/null -w '%{http_code}' "$url/nothing")"
  head -c 900000 /dev/zero | tr '\0' x >"$folder/body"
  expect "$scheme body" '{"length":900000}' \
    "$(ask "$1" -H 'Content-Type: text/plain' --data-binary "@$folder/body" "$url/length")"
  expect "$scheme too large" "413" \
    "$(head -c 2000000 /dev/zero | ask "$1" -H 'Content-Type: text/plain' --data-binary @- -o /dev/null -w '%{http_code}' "$url/length")"
  expect "$scheme h2load" "5000" "$(load -n 5000 -c 10 -m 20 "$url/")"
  expect "$scheme h2load HTTP/1.1" "2000" "$(load -n 2000 -c 5 --h1 "$url/")"
}

scheme=http
start
check --http2-prior-knowledge
stop

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost \
  -keyout "$folder/key.pem" -out "$folder/cert.pem" 2>/dev/null
scheme=https
start "$folder/key.pem" "$folder/cert.pem"
check --http2
stop

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
