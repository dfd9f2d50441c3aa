# Runs a step's command ("$@") in its own container; read docs/kubernetes.md first. The lines before this one set mark (what begins our
# lines in the log), gate (file to wait for, or empty), helper (1 or empty), link (what unpack may set to a name that is to go at the
# end), and the functions directories (runs a command on those that must be there; the helper may be another user), unpack and outputs.
# What the container used is read from its own cgroup, of either version; only a root has no cgroup.type, or has a release_agent, and
# that would be the node's.
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
used=
cgroup=/sys/fs/cgroup
if [ -r "$cgroup/cgroup.type" ] && [ -r "$cgroup/memory.peak" ] && [ -r "$cgroup/cpu.stat" ]; then
  read -r peak < "$cgroup/memory.peak"
  while read -r name value; do
    [ "$name" = usage_usec ] && used="$mark used $value $peak
"
  done < "$cgroup/cpu.stat"
elif [ -r "$cgroup/memory/memory.max_usage_in_bytes" ] && [ ! -e "$cgroup/memory/release_agent" ] && [ -r "$cgroup/cpuacct/cpuacct.usage" ]; then
  read -r peak < "$cgroup/memory/memory.max_usage_in_bytes"
  read -r value < "$cgroup/cpuacct/cpuacct.usage"
  used="$mark used $((value / 1000)) $peak
"
fi
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
printf '\n%s%s done\n' "$used" "$mark"
if [ -n "$helper" ]; then
  printf '%s' "$code" > /kfp/.code && mv /kfp/.code /kfp/.done
fi
exit "$code"
