# The helper's own life: nothing to do until somebody asks for files, or the pod goes.
trap 'exit 0' TERM INT
while :; do sleep 3600 & wait $!; done
