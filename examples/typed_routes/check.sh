#!/usr/bin/env bash
# Runs the example and asks it what its head comment shows.
#   check.sh PROGRAM
set -euo pipefail

coproc server { PORT=0 exec "$1"; }
pid=$server_PID
trap 'kill "$pid" 2>/dev/null || true' EXIT
exec {log}<&"${server[0]}"
port=
while [ -z "$port" ] && IFS= read -r -t 20 line <&"$log"; do
  [[ $line =~ http://127\.0\.0\.1:([0-9]+) ]] && port=${BASH_REMATCH[1]}
done
[ -n "$port" ] || { echo "the example does not listen"; exit 1; }
cat <&"$log" >/dev/null &

# expect WANTED METHOD PATH [JSON]
expect() {
  local wanted=$1 method=$2 path=$3 body=${4-}
  exec {connection}<>"/dev/tcp/127.0.0.1/$port"
  printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n' "$method" "$path" >&"$connection"
  [ -z "$body" ] || printf 'Content-Type: application/json\r\nContent-Length: %d\r\n' "${#body}" >&"$connection"
  printf '\r\n%s' "$body" >&"$connection"
  local answer
  answer=$(timeout 10 cat <&"$connection")
  exec {connection}>&-
  local got=${answer#*$'\r\n\r\n'}
  [ "$got" = "$wanted" ] || { printf '%s %s\n  wanted %s\n  got    %s\n' "$method" "$path" "$wanted" "$got"; exit 1; }
}
invalid='{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":'
expect '{"title":"Read","id":1,"done":false,"priority":"high"}' POST /todos '{"title":"Read","priority":"high"}'
expect "$invalid\"body must have required property 'title'\"}" POST /todos '{}'
expect '{"title":"Read","id":1,"done":true,"priority":"high"}' POST /todos/1/done
expect '{"statusCode":404,"error":"Not Found","message":"There is no such thing to do"}' POST /todos/2/done
expect '[]' GET '/todos?done=false'
expect "$invalid\"querystring/done must be boolean\"}" GET '/todos?done=maybe'
