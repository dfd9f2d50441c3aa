# Runs the script in $KUBEFLOW_ARGUMENTS/script with the positional parameters in the files 1, 2, ... beside it: they are too large
# for an argument list. The x keeps the newlines at a value's end.
_kfp_n=1
set --
while [ -f "$KUBEFLOW_ARGUMENTS/$_kfp_n" ]; do
  _kfp_v=$(cat "$KUBEFLOW_ARGUMENTS/$_kfp_n"; printf x)
  set -- "$@" "${_kfp_v%x}"
  _kfp_n=$((_kfp_n + 1))
done
_kfp_v=$(cat "$KUBEFLOW_ARGUMENTS/script")
unset _kfp_n KUBEFLOW_ARGUMENTS
eval "unset _kfp_v; $_kfp_v"
