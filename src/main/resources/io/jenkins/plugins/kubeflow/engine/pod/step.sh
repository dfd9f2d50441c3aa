# Runs a step's command ("$@") in its own container; read docs/kubernetes.md first. The lines before this one set mark (what begins our
# lines in the log), gate (file to wait for, or empty), helper (1 or empty), link
# (what unpack may set to a name that is to go at the end), and the functions directories (runs a command on those that
# must be there; the helper may be another user), unpack and outputs.
printf '%s begin\n' "$mark"
(umask 0; directories mkdir -p) && unpack || exit 125
if [ -n "$gate" ]; then
  until [ -e "$gate" ]; do sleep 0.05 2>/dev/null || sleep 1; done
fi
"$@" &
child=$!
trap 'kill -TERM "$child" 2>/dev/null' TERM INT
wait "$child"
code=$?
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  code=$?
done
[ -z "$link" ] || rm -f "$link"
if [ -n "$helper" ]; then
  directories chmod -R a+rwX 2>/dev/null
elif [ "$code" -eq 0 ]; then
  file() {
    if [ -f "$2" ]; then
      printf '%s f %s\n' "$1" "$(wc -c < "$2" | tr -d ' ')"
      cat "$2"
    fi
  }
  if command -v gzip > /dev/null 2>&1; then
    outputs | gzip -c | base64 > /kfp/.message || exit 125
    kind=z
  else
    outputs | base64 > /kfp/.message || exit 125
    kind=p
  fi
  size=$(wc -c < /kfp/.message | tr -d ' ')
  if [ "$size" -gt 4000 ]; then
    printf 'kfp large %s\n' "$size" > /dev/termination-log || exit 125
  else
    { printf 'kfp %s\n' "$kind"; cat /kfp/.message; } > /dev/termination-log || exit 125
  fi
fi
printf '\n%s done\n' "$mark"
if [ -n "$helper" ]; then
  printf '%s' "$code" > /kfp/.code && mv /kfp/.code /kfp/.done
fi
exit "$code"
