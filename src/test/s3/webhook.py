"""Gives Pods of the service account ‘told’ what the webhook of EKS does: a projected token and where it and the role are.

    webhook.py HOST PORT PEM        ROLE, STORE (the token service) in the environment
"""
import base64
import http.server
import json
import os
import ssl
import sys

TOKEN = '/var/run/secrets/eks.amazonaws.com/serviceaccount'


def patch(pod):
    if pod['spec'].get('serviceAccountName') != 'told':
        return []
    volume = {'name': 'aws-iam-token', 'projected': {'sources': [
        {'serviceAccountToken': {'audience': 'sts.amazonaws.com', 'expirationSeconds': 86400, 'path': 'token'}}]}}
    variables = [{'name': 'AWS_STS_REGIONAL_ENDPOINTS', 'value': 'regional'}, {'name': 'AWS_ROLE_ARN', 'value': os.environ['ROLE']},
                 {'name': 'AWS_ENDPOINT_URL_STS', 'value': os.environ['STORE']}, {'name': 'AWS_WEB_IDENTITY_TOKEN_FILE', 'value': TOKEN + '/token'}]
    spec = pod['spec']
    spec.setdefault('volumes', []).append(volume)
    for container in spec['containers'] + spec.get('initContainers', []):
        container.setdefault('env', []).extend(variables)
        container.setdefault('volumeMounts', []).append({'name': 'aws-iam-token', 'mountPath': TOKEN, 'readOnly': True})
    return [{'op': 'replace', 'path': '/spec', 'value': spec}]


class Webhook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        review = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        changes = base64.b64encode(json.dumps(patch(review['request']['object'])).encode()).decode()
        answer = json.dumps({'apiVersion': 'admission.k8s.io/v1', 'kind': 'AdmissionReview', 'response': {
            'uid': review['request']['uid'], 'allowed': True, 'patchType': 'JSONPatch', 'patch': changes}}).encode()
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


server = http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Webhook)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[3])
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
