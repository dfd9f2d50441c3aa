# The helper's own life: nothing to do until somebody asks for files, or the pod goes.
printf '%s' "$$" > /kfp/.helper 2> /dev/null
trap 'exit 0' TERM INT
while :; do sleep 3600 & wait $!; done
