#!/bin/sh
# A test in the shell, with curl and swaks: what my application sends arrives.
# RELAYSCOPE_API=http://127.0.0.1:8026 RELAYSCOPE_TOKEN=... SMTP_PORT=2525 sh wait-for-mail.sh
set -eu

# ask PATH [NAME=VALUE ...]: one call of the API; the token goes by a pipe, so that no other program can read it.
ask() {
  path=$1
  shift
  for pair in "$@"; do
    set -- "$@" --data-urlencode "$pair"
    shift
  done
  printf 'Authorization: Bearer %s\n' "$RELAYSCOPE_TOKEN" |
    curl --silent --show-error --fail-with-body --get --header @- "$@" "$RELAYSCOPE_API/api/v1$path"
}

now=$(ask /mark) # first the mark, then the act: nothing can be missed
mark=$(printf '%s' "$now" | sed 's/.*"mark":"\([^"]*\)".*/\1/')

# Stands in for the application under test.
swaks --silent 2 --server 127.0.0.1 --port "$SMTP_PORT" --from shop@shop.test --to ines+shell@customer.test \
  --header 'Subject: Confirm your address' --body 'Open https://shop.test/confirm?code=4711 to confirm.'

found=$(ask /messages/wait "since=$mark" 'query=to:ines subject:"confirm your address" tag:shell' timeout=10000)
link=$(printf '%s' "$found" | sed 's/.*"links":\[{"href":"\([^"]*\)".*/\1/')
test "$link" = 'https://shop.test/confirm?code=4711'
echo "ok: the link is $link"
