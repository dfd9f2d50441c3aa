# Run in a pod of its own by one exec: finds the credentials of its service account in the order of Amazon's libraries, and says
# "way WHICH", the answer as it came, "status N". $1 is where a token is exchanged.
command -v curl > /dev/null || { echo "no curl"; exit 0; }
ask() { curl -sS --connect-timeout 5 --max-time 20 -w '\nstatus %{http_code}\n' "$@" 2>&1; }
if [ -n "${AWS_ACCESS_KEY_ID:-}" ]; then
  printf 'way its environment\n{"AccessKeyId":"%s","SecretAccessKey":"%s","Token":"%s"}\nstatus 200\n' \
    "$AWS_ACCESS_KEY_ID" "${AWS_SECRET_ACCESS_KEY:-}" "${AWS_SESSION_TOKEN:-}"
elif [ -n "${AWS_WEB_IDENTITY_TOKEN_FILE:-}" ]; then
  service=${AWS_ENDPOINT_URL_STS:-$1}
  echo "way the token service at $service"
  set -- --data-urlencode "WebIdentityToken@$AWS_WEB_IDENTITY_TOKEN_FILE" --data-urlencode "RoleSessionName=kubeflow-pipelines"
  [ -z "${AWS_ROLE_ARN:-}" ] || set -- "$@" --data-urlencode "RoleArn=$AWS_ROLE_ARN"
  ask -d Action=AssumeRoleWithWebIdentity -d Version=2011-06-15 "$@" "$service/"
elif [ -n "${AWS_CONTAINER_CREDENTIALS_FULL_URI:-}${AWS_CONTAINER_CREDENTIALS_RELATIVE_URI:-}" ]; then
  uri=${AWS_CONTAINER_CREDENTIALS_FULL_URI:-http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI}
  echo "way the agent at $uri"
  token=${AWS_CONTAINER_AUTHORIZATION_TOKEN:-}
  [ -z "${AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE:-}" ] || token=$(cat "$AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
  if [ -n "$token" ]; then ask -H "Authorization: $token" "$uri"; else ask "$uri"; fi
else
  service=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}
  service=${service%/}
  echo "way the metadata service of the node at $service"
  token=$(curl -s --connect-timeout 5 --max-time 20 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$service/latest/api/token")
  roles=$service/latest/meta-data/iam/security-credentials/
  role=$(curl -s -f --connect-timeout 5 --max-time 20 -H "X-aws-ec2-metadata-token: $token" "$roles" | head -n 1)
  ask -H "X-aws-ec2-metadata-token: $token" "$roles$role"
fi
