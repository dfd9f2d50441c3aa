"""What happens to runs on a real cluster: cancelled, killed and resumed, pods deleted by others, quota, no API server. Called by run.

    scenarios.py JAR OUT [NAME...]      parts of names of scenarios
"""
import base64
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile

JAR, OUT, NAMES = sys.argv[1], sys.argv[2], sys.argv[3:]
NAMESPACE = os.environ['NAMESPACE']
PATIENCE = 180


def document(name, container, component=None, task=None, platform=None):
    """A compiled pipeline of one step."""
    fields = {'taskInfo': {'name': 'step'}, 'componentRef': {'name': 'comp'}, **(task or {})}
    pipeline = {
        'pipelineInfo': {'name': name}, 'schemaVersion': '2.1.0', 'sdkVersion': 'kfp-2.17.0',
        'components': {'comp': {'executorLabel': 'exec', **(component or {})}},
        'deploymentSpec': {'executors': {'exec': {'container': container}}},
        'root': {'dag': {'tasks': {'step': fields}}}}
    path = os.path.join(OUT, name + '.yaml')
    with open(path, 'w') as file:
        file.write(json.dumps(pipeline))
        if platform:
            file.write('\n---\n' + json.dumps({'platforms': {'kubernetes': {'deploymentSpec': {'executors': {'exec': platform}}}}}))
    return path


def pipeline(name, script):
    """A pipeline of one step that says ‘ready’ and then runs the script."""
    return document(name, {'image': 'busybox', 'command': ['sh', '-c', 'echo ready; ' + script]})


def engine(*words, memory=None, config=None):
    heap = ['-Xmx' + memory] if memory else []
    env = dict(os.environ, KUBECONFIG=config) if config else None
    # a shell makes what it starts in the background deaf to interrupts, and so would be what that starts
    return subprocess.Popen(['java', *heap, '-jar', JAR, *words], stdout=subprocess.DEVNULL, env=env,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))


def start(name, script, *options, **more):
    return start_file(name, pipeline(name, script), *options, **more)


def start_file(name, path, *options, **more):
    directory = os.path.join(OUT, name)
    return directory, engine('run', path, '--runner', 'kubernetes', '--no-cache', '--out', directory, '--quiet', *options, **more)


def kubectl(*words):
    done = subprocess.run(
        ['kubectl', '--kubeconfig', os.environ['ADMINISTRATOR'], '-n', NAMESPACE, *words], capture_output=True, text=True, check=True)
    return done.stdout


def apply(text):
    subprocess.run(['kubectl', '--kubeconfig', os.environ['ADMINISTRATOR'], '-n', NAMESPACE, 'apply', '-f', '-'],
                   input=text, text=True, check=True, stdout=subprocess.DEVNULL)


def log(directory, attempt=0):
    with open(os.path.join(directory, result(directory)['tasks'][0]['attempts'][attempt]['log'])) as file:
        return file.read()


def pods():
    return json.loads(kubectl('get', 'pods', '-o', 'json'))['items']


def until(what, condition):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.2)
    raise AssertionError('never happened: ' + what)


def running():
    def find():
        for pod in pods():
            for status in pod.get('status', {}).get('containerStatuses', []):
                if status['name'] == 'main' and 'running' in status['state'] and 'deletionTimestamp' not in pod['metadata']:
                    return pod['metadata']['name']
        return None
    return until('a step runs', find)


def ends(process, status):
    got = process.wait(PATIENCE)
    assert got == status, f'it ended with {got}, not {status}'


def result(directory):
    with open(os.path.join(directory, 'result.json')) as file:
        return json.load(file)


def nothing_left():
    def count():
        names = kubectl('get', 'pods,configmaps,persistentvolumeclaims', '-l', 'app.kubernetes.io/managed-by=kubeflow-pipelines-for-jenkins', '-o', 'name')
        return not names.strip()
    until('nothing is left behind', count)


def cancel():
    directory, process = start('cancel', 'sleep 600')
    running()
    process.send_signal(signal.SIGINT)
    process.wait(PATIENCE)
    assert result(directory)['state'] == 'CANCELED', result(directory)['state']
    nothing_left()


def kill_and_resume():
    directory, process = start('kill', 'sleep 6')
    name = running()
    process.kill()
    process.wait()
    assert [pod['metadata']['name'] for pod in pods()] == [name], 'the pod is left alone'
    ends(engine('resume', directory, '--runner', 'kubernetes', '--quiet'), 0)
    attempts = result(directory)['tasks'][0]['attempts']
    assert len(attempts) == 1, attempts
    assert log(directory) == 'ready\n', 'the whole log is there, once'
    nothing_left()


def kill_and_clean():
    directory, process = start('clean', 'sleep 600')
    running()
    assert subprocess.run(['java', '-jar', JAR, 'clean', directory], capture_output=True).returncode == 2, 'a run under way is left alone'
    process.kill()
    process.wait()
    ends(engine('clean', directory), 0)
    nothing_left()


def kill_and_resume_after_the_end():
    directory, process = start('late', 'sleep 1; exit 7')
    name = running()
    process.kill()
    process.wait()
    until('the pod ends by itself', lambda: any(
        pod['metadata']['name'] == name and pod['status']['phase'] == 'Failed' for pod in pods()))
    ends(engine('resume', directory, '--runner', 'kubernetes', '--quiet'), 1)
    attempts = result(directory)['tasks'][0]['attempts']
    assert [attempt['exitCode'] for attempt in attempts] == [7], attempts
    nothing_left()


def deleted_by_others():
    directory, process = start('deleted', 'sleep 600')
    kubectl('delete', 'pod', running(), '--grace-period=0', '--force')
    while process.poll() is None:  # each of the platform's own retries
        kubectl('delete', 'pods', '--all', '--grace-period=0', '--force')
        time.sleep(0.5)
    task = result(directory)['tasks'][0]
    assert (task['state'], task['reason']) == ('FAILED', 'PLATFORM'), task
    assert 'deleted' in task['attempts'][0]['message'], task['attempts'][0]
    nothing_left()


def quota():
    kubectl('create', 'quota', 'none', '--hard=pods=0')
    until('the quota is known', lambda: 'pods' in json.loads(
        kubectl('get', 'quota', 'none', '-o', 'json')).get('status', {}).get('used', {}))
    directory, process = start('quota', 'true')
    said = os.path.join(directory, 'run.log')
    until('it waits for the quota', lambda: os.path.exists(said) and 'quota' in open(said).read())
    assert process.poll() is None
    kubectl('delete', 'quota', 'none')
    ends(process, 0)
    nothing_left()


def image_missing():
    path = pipeline('image', 'true')
    with open(path) as file:
        text = file.read()
    with open(path, 'w') as file:
        file.write(text.replace('busybox', 'example.com/nowhere:1'))
    directory = os.path.join(OUT, 'image')
    process = engine('run', path, '--runner', 'kubernetes', '--no-cache', '--out', directory, '--quiet')
    events = os.path.join(directory, 'tasks', 'step', '1', 'pod-events.txt')
    until('the events are there while it waits', lambda: os.path.exists(events) and 'not found' in open(events).read())
    process.send_signal(signal.SIGINT)
    process.wait(PATIENCE)
    nothing_left()


class Relay:
    """A road to the API server that can be cut."""

    def __init__(self):
        config = json.loads(subprocess.run(['kubectl', 'config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'],
                                           capture_output=True, text=True, check=True).stdout)
        cluster = config['clusters'][0]['cluster']
        host, port = re.match(r'https://([^/:]+):?(\d*)', cluster['server']).groups()
        self.target = host, int(port or 443)
        self.open = []
        self.listen(0)
        cluster.pop('certificate-authority-data', None)
        cluster.update({'server': f'https://127.0.0.1:{self.port}', 'insecure-skip-tls-verify': True})
        self.config = os.path.join(OUT, 'relay-kubeconfig')
        with open(self.config, 'w') as file:
            json.dump(config, file)

    def listen(self, port):
        self.server = socket.create_server(('127.0.0.1', port))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.accept, args=(self.server,), daemon=True).start()

    def accept(self, server):
        while True:
            try:
                inside, _ = server.accept()
                outside = socket.create_connection(self.target)
            except OSError:
                return
            self.open += [inside, outside]
            for a, b in ((inside, outside), (outside, inside)):
                threading.Thread(target=self.copy, args=(a, b), daemon=True).start()

    @staticmethod
    def copy(a, b):
        try:
            while data := a.recv(65536):
                b.sendall(data)
        except OSError:
            pass
        for end in (a, b):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        for end in self.open:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.open = []


def outage():
    relay = Relay()
    directory, process = start('outage', 'sleep 5; echo over', config=relay.config)
    running()
    relay.cut()
    time.sleep(60)
    assert process.poll() is None, 'it did not wait'
    relay.listen(relay.port)
    ends(process, 0)
    attempts = result(directory)['tasks'][0]['attempts']
    assert len(attempts) == 1 and log(directory) == 'ready\nover\n', (attempts, log(directory))
    nothing_left()


def outage_at_the_start():
    relay = Relay()
    file = pipeline('late-start', 'true')
    steps = json.load(open(file))
    steps['root']['dag']['tasks']['wait'] = {'taskInfo': {'name': 'wait'}, 'componentRef': {'name': 'comp'}, 'dependentTasks': ['step']}
    json.dump(steps, open(file, 'w'))
    directory, process = start_file('late-start', file, config=relay.config)
    until('the first step has ended', lambda: os.path.exists(os.path.join(directory, 'journal.jsonl'))
          and '"ended"' in open(os.path.join(directory, 'journal.jsonl')).read())
    relay.cut()
    time.sleep(20)
    assert process.poll() is None
    relay.listen(relay.port)
    ends(process, 0)
    assert all(len(task['attempts']) == 1 for task in result(directory)['tasks']), result(directory)['tasks']
    nothing_left()


def outputs_of_any_size():
    """8 MB that do not compress and 50 MB that do, in a heap of 256 MB; the step runs once."""
    for name, script, size in (
            ('large-8', 'head -c 6000000 /dev/urandom | base64 -w 0 > $0', 8_000_000),
            ('large-50', 'head -c 50000000 /dev/zero | tr "\\0" x > $0', 50_000_000)):
        path = document(
            name, {'image': 'busybox', 'command': ['sh', '-c', 'echo ready; mkdir -p "$(dirname $0)"; ' + script],
                   'args': ["{{$.outputs.parameters['y'].output_file}}"]},
            component={'outputDefinitions': {'parameters': {'y': {'parameterType': 'STRING'}}}})
        directory, process = start_file(name, path, memory='768m')
        ends(process, 0)
        task = result(directory)['tasks'][0]
        assert len(task['attempts']) == 1 and len(task['outputs']['parameters']['y']) == size, len(task['outputs']['parameters']['y'])
    nothing_left()


def an_artifact_of_1_gib():
    size = 1 << 30
    data = {'artifactType': {'schemaTitle': 'system.Dataset', 'schemaVersion': '0.0.1'}}
    path = document(
        'gib', {'image': 'busybox', 'command': ['sh', '-c', f'mkdir -p "$(dirname $0)"; head -c {size} /dev/urandom > $0; md5sum < $0'],
                'args': ["{{$.outputs.artifacts['y'].path}}"]},
        component={'outputDefinitions': {'artifacts': {'y': data}}})
    spec = json.load(open(path))
    spec['components']['read'] = {'executorLabel': 'read', 'inputDefinitions': {'artifacts': {'x': data}}}
    spec['deploymentSpec']['executors']['read'] = {'container': {
        'image': 'busybox', 'command': ['sh', '-c', 'md5sum < $0'], 'args': ["{{$.inputs.artifacts['x'].path}}"]}}
    spec['root']['dag']['tasks']['then'] = {
        'taskInfo': {'name': 'then'}, 'componentRef': {'name': 'read'}, 'dependentTasks': ['step'],
        'inputs': {'artifacts': {'x': {'taskOutputArtifact': {'producerTask': 'step', 'outputArtifactKey': 'y'}}}}}
    json.dump(spec, open(path, 'w'))
    directory, process = start_file('gib', path, memory='256m')
    assert process.wait(600) == 0
    sums = [open(os.path.join(directory, task['attempts'][0]['log'])).read() for task in result(directory)['tasks']]
    assert sums[0] == sums[1] and len(sums[0]) > 30, sums
    nothing_left()


def a_long_log_says_what_is_missing():
    """The node keeps its last log files; by default 10 MB are read."""
    directory, process = start('chatty', 'yes "a line of the log" | head -c 40000000; sleep 12; echo last')
    ends(process, 0)
    text = log(directory)
    assert text.endswith('last\n'), text[-100:]
    whole = len(text) == len('ready\n') + 40_000_000 + len('last\n')
    assert whole or text.startswith('[what came before this'), (len(text), text[:100])
    nothing_left()


def failed_pods_are_kept_by_choice():
    path = document(
        'kept', {'image': 'busybox', 'command': ['sh', '-c', 'exit 3'], 'args': ["{{$.outputs.parameters['y'].output_file}}"]},
        component={'outputDefinitions': {'parameters': {'y': {'parameterType': 'STRING'}}}})
    directory, process = start_file('kept', path, '--keep-pods', 'on_failure')
    ends(process, 1)
    until('the kept pod has failed, its helper gone', lambda: [pod['status']['phase'] for pod in pods()] == ['Failed'])
    kubectl('delete', 'configmap', '-l', 'app.kubernetes.io/managed-by=kubeflow-pipelines-for-jenkins')
    nothing_left()
    _, process = start('not-kept', 'true', '--keep-pods', 'on_failure')
    ends(process, 0)
    nothing_left()


FIELDS_SCRIPT = r"""
set -ex
[ "$SECRET" = word ]; [ "$(cat /secret/password)" = word ]; [ "$SETTING" = on ]; [ "$(cat /config/setting)" = on ]
echo x > /claim/x; echo x > /ephemeral/x; echo x > /empty/x; df /dev/shm | grep -q tmpfs; grep -q " /memory tmpfs" /proc/mounts
[ "$POD" = "$(hostname)" ]; [ "$LABEL" = l ]; [ "$NOTE" = "a note" ]
[ "$(id -u):$(id -g)" = 1234:4321 ]; [ "$(cat /empty/from-init)" = init ]; [ -e /empty/from-sidecar ]
[ "$PLAIN" = plain ]
echo all is well
"""


def all_fields():
    """The 19 fields of kfp-kubernetes in one Pod, looked at from inside and in its manifest."""
    apply(f"""
apiVersion: v1
kind: Secret
metadata: {{name: fields}}
stringData: {{password: word}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: fields}}
data: {{setting: "on"}}
---
apiVersion: v1
kind: Secret
metadata: {{name: registry}}
type: kubernetes.io/dockerconfigjson
stringData: {{.dockerconfigjson: '{{"auths": {{}}}}'}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: a-claim}}
spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 10Mi}}}}}}
""")
    node = json.loads(subprocess.run(['kubectl', '--kubeconfig', os.environ['ADMINISTRATOR'], 'get', 'nodes', '-o', 'json'],
                                     capture_output=True, text=True, check=True).stdout)['items'][0]['metadata']['labels']
    host = node['kubernetes.io/hostname']
    constant = lambda name: {'runtimeValue': {'constant': name}}  # noqa: E731
    platform = {
        'secretAsEnv': [{'secretNameParameter': constant('fields'), 'keyToEnv': [{'secretKey': 'password', 'envVar': 'SECRET'}]}],
        'secretAsVolume': [{'secretNameParameter': constant('fields'), 'mountPath': '/secret'}],
        'configMapAsEnv': [{'configMapNameParameter': constant('fields'), 'keyToEnv': [{'configMapKey': 'setting', 'envVar': 'SETTING'}]}],
        'configMapAsVolume': [{'configMapNameParameter': constant('fields'), 'mountPath': '/config'}],
        'pvcMount': [{'pvcNameParameter': constant('a-claim'), 'mountPath': '/claim'}],
        'genericEphemeralVolume': [{'volumeName': 'scratch', 'mountPath': '/ephemeral', 'accessModes': ['ReadWriteOnce'], 'size': '10Mi',
                                    'defaultStorageClass': True}],
        'emptyDirMounts': [{'volumeName': 'empty', 'mountPath': '/empty'},
                           {'volumeName': 'memory', 'mountPath': '/memory', 'medium': 'Memory', 'sizeLimit': '8Mi'}],
        'enabledSharedMemory': {'volumeName': 'shm', 'size': '16Mi'},
        'nodeSelector': {'labels': {'kubernetes.io/hostname': host}},
        'nodeAffinity': [{'matchExpressions': [{'key': 'kubernetes.io/hostname', 'operator': 'In', 'values': [host]}]}],
        'podAffinity': [{'anti': True, 'weight': 1, 'matchPodLabels': {'none': 'such'}, 'topologyKey': 'kubernetes.io/hostname'}],
        'tolerations': [{'key': 'none', 'operator': 'Exists', 'effect': 'NoSchedule'}],
        'podMetadata': {'labels': {'label': 'l'}, 'annotations': {'note': 'a note'}},
        'imagePullPolicy': 'IfNotPresent',
        'imagePullSecret': [{'secretNameParameter': constant('registry')}],
        'fieldPathAsEnv': [{'name': 'POD', 'fieldPath': 'metadata.name'}, {'name': 'LABEL', 'fieldPath': "metadata.labels['label']"},
                           {'name': 'NOTE', 'fieldPath': "metadata.annotations['note']"}],
        'activeDeadlineSeconds': 300,
        'securityContext': {'runAsUser': '1234', 'runAsGroup': '4321', 'runAsNonRoot': True},
        'initContainers': [
            {'name': 'first', 'image': 'busybox', 'command': ['sh', '-c', 'chmod 777 /claim /ephemeral; echo init > /empty/from-init'],
             'volumeMounts': [{'volumeName': 'empty', 'mountPath': '/empty'}, {'volumeName': 'a-claim', 'mountPath': '/claim'},
                              {'volumeName': 'scratch', 'mountPath': '/ephemeral'}]},
            {'name': 'beside', 'image': 'busybox', 'restartPolicy': 'Always', 'command': ['sh', '-c', ': > /empty/from-sidecar; sleep 3600'],
             'volumeMounts': [{'volumeName': 'empty', 'mountPath': '/empty'}]}]}
    script = 'i=0; while [ ! -e /empty/from-sidecar ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done' + FIELDS_SCRIPT
    path = document('fields', {'image': 'busybox', 'command': ['sh', '-ec', script], 'env': [{'name': 'PLAIN', 'value': 'plain'}],
                               'resources': {'resourceCpuRequest': '10m', 'resourceMemoryLimit': '64Mi'}}, platform=platform)
    directory, process = start_file('fields', path)
    assert process.wait(PATIENCE) == 0, result(directory)['error'] + '\n' + log(directory)
    assert log(directory).endswith('all is well\n'), log(directory)
    with open(os.path.join(directory, 'tasks', 'step', '1', 'pod.yaml')) as file:
        manifest = file.read()
    for text in ('nodeAffinity', 'podAntiAffinity', 'key: "none"', 'imagePullSecrets', 'name: "registry"', 'activeDeadlineSeconds: 300',
                 'imagePullPolicy: "IfNotPresent"', 'kubernetes.io/hostname', 'memory: "64Mi"'):
        assert text in manifest, text + ' is not in the manifest'
    nothing_left()


def read_only_root_and_restricted():
    """The level "restricted", a read-only root file system and a quota that wants limits, by the administrator's Pod."""
    base = os.path.join(OUT, 'restricted-pod.yaml')
    with open(base, 'w') as file:
        json.dump({'apiVersion': 'v1', 'kind': 'Pod', 'spec': {
            'securityContext': {'runAsNonRoot': True, 'runAsUser': 1000, 'fsGroup': 1000, 'seccompProfile': {'type': 'RuntimeDefault'}},
            'containers': [{'name': 'main', 'securityContext': {
                'readOnlyRootFilesystem': True, 'allowPrivilegeEscalation': False, 'capabilities': {'drop': ['ALL']}}}]}}, file)
    path = document(
        'read-only', {'image': 'busybox', 'command': ['sh', '-c', 'mkdir -p "$(dirname $0)"; echo fine > $0; ! touch /file'],
                      'args': ["{{$.outputs.parameters['y'].output_file}}"]},
        component={'outputDefinitions': {'parameters': {'y': {'parameterType': 'STRING'}}}})
    directory, process = start_file('read-only', path, '--pod-yaml', base)
    ends(process, 0)
    assert result(directory)['tasks'][0]['outputs']['parameters'] == {'y': 'fine\n'}, result(directory)['tasks'][0]['outputs']
    nothing_left()


def level_restricted():
    """A namespace that enforces the level "restricted": steps with and without a helper, one that brings inputs."""
    administrator = ['kubectl', '--kubeconfig', os.environ['ADMINISTRATOR']]
    level = 'pod-security.kubernetes.io/enforce=restricted'
    subprocess.run([*administrator, 'label', '--overwrite', 'namespace', NAMESPACE, level], check=True, stdout=subprocess.DEVNULL)
    try:
        base = os.path.join(OUT, 'level-pod.yaml')
        with open(base, 'w') as file:
            json.dump({'apiVersion': 'v1', 'kind': 'Pod', 'spec': {'securityContext': {'runAsUser': 1000, 'fsGroup': 1000},
                                                                   'containers': [{'name': 'main'}]}}, file)
        for name in ('ok-parameters', 'ok-artifacts'):
            directory, process = start_file('level-' + name, f'src/test/e2e/pipelines/{name}.yaml', '--restricted', '--pod-yaml', base)
            assert process.wait(PATIENCE) == 0, result(directory)['error']
        directory, process = start('level-refused', 'true')
        ends(process, 1)
        assert 'violates PodSecurity' in result(directory)['error'], result(directory)['error']
        nothing_left()
    finally:
        subprocess.run([*administrator, 'label', 'namespace', NAMESPACE, level.split('=')[0] + '-'], check=True, stdout=subprocess.DEVNULL)


def kept_pods_with_models_end():
    """A model in an image beside a shell, a Python component and an image without a shell; nothing keeps such a Pod alive afterwards."""
    image = os.environ.get('KUBEFLOW_MODEL_IMAGE')
    if not image:
        print('skipped: kept_pods_with_models_end: KUBEFLOW_MODEL_IMAGE names no image with /models/sub/w.txt')
        return
    directory, process = start_file('models', 'src/test/e2e/stores/ok-modelcar.yaml', '-p', 'image=oci://' + image, '--keep-pods', 'always')
    ends(process, 0)
    until('the kept pods have ended', lambda: [pod['status']['phase'] for pod in pods()] == ['Succeeded'] * 3)
    kubectl('delete', 'configmap', '-l', 'app.kubernetes.io/managed-by=kubeflow-pipelines-for-jenkins')
    nothing_left()


def wheel(version):
    """A package without anything in it, as base64 of its wheel."""
    info = f'kfjsample-{version}.dist-info/'
    content = io.BytesIO()
    with zipfile.ZipFile(content, 'w') as archive:
        archive.writestr('kfjsample.py', f'version = "{version}"\n')
        archive.writestr(info + 'METADATA', f'Metadata-Version: 2.1\nName: kfjsample\nVersion: {version}\n')
        archive.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\nGenerator: e2e\nRoot-Is-Purelib: true\nTag: py3-none-any\n')
        archive.writestr(info + 'RECORD', '')
    return base64.b64encode(content.getvalue()).decode()


def python_environments():
    """What components ask of pip is installed once for all steps where there is a cache, and not at all where it was prepared."""
    name = 'kfjsample-1.0-py3-none-any.whl'
    apply(f"""
apiVersion: v1
kind: ConfigMap
metadata: {{name: wheels}}
binaryData: {{{name}: {wheel('1.0')}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: python-cache}}
spec: {{accessModes: [ReadWriteMany], resources: {{requests: {{storage: 100Mi}}}}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: python-prepared}}
spec: {{accessModes: [ReadWriteMany], resources: {{requests: {{storage: 100Mi}}}}}}
""")
    base = os.path.join(OUT, 'python-pod.yaml')
    with open(base, 'w') as file:
        json.dump({'apiVersion': 'v1', 'kind': 'Pod', 'spec': {
            'volumes': [{'name': 'wheels', 'configMap': {'name': 'wheels'}}],
            'containers': [{'name': 'main', 'volumeMounts': [{'name': 'wheels', 'mountPath': '/wheels'}],
                            'env': [{'name': 'PIP_NO_INDEX', 'value': '1'}, {'name': 'PIP_FIND_LINKS', 'value': '/wheels'}]}]}}, file)
    prelude = ("if ! [ -x \"$(command -v pip)\" ]; then python3 -m ensurepip; fi\n"
               "PIP_DISABLE_PIP_VERSION_CHECK=1 python3 -m pip install --quiet --no-warn-script-location 'kfjsample==1.0' && \"$0\" \"$@\"\n")
    runner = 'program_path=$(mktemp -d)\nprintf "%s" "$0" > "$program_path/ephemeral_component.py"\npython3 -m kfp.dsl.executor_main --component_module_path "$program_path/ephemeral_component.py" "$@"\n'
    source = 'import kfp\nfrom kfp import dsl\nfrom kfp.dsl import *\n\ndef comp() -> str:\n    import kfjsample\n    return kfjsample.__file__\n'
    path = document(
        'python', {'image': 'python:3.11', 'command': ['sh', '-c', prelude, 'sh', '-ec', runner, source],
                   'args': ['--executor_input', '{{$}}', '--function_to_execute', 'comp']},
        component={'outputDefinitions': {'parameters': {'Output': {'parameterType': 'STRING'}}}})
    spec = json.load(open(path))
    spec['root']['dag']['tasks']['other'] = {'taskInfo': {'name': 'other'}, 'componentRef': {'name': 'comp'}}
    json.dump(spec, open(path, 'w'))
    installs = 0
    for number in (1, 2):
        directory, process = start_file(f'python-{number}', path, '--pod-yaml', base, '--python-cache', 'python-cache')
        ends(process, 0)
        for task in result(directory)['tasks']:
            assert task['outputs']['parameters']['Output'].startswith('/kfp-python/environments/'), task['outputs']
            with open(os.path.join(directory, task['attempts'][0]['log'])) as file:
                installs += file.read().count('installing kfjsample')
    assert installs == 1, f'{installs} times installed for 4 steps'
    prepare = ('python3 -m pip install -q --no-index --find-links /wheels --target /prepared/sample kfjsample==1.0')
    apply(json.dumps({'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'name': 'prepare'}, 'spec': {
        'restartPolicy': 'Never',
        'volumes': [{'name': 'wheels', 'configMap': {'name': 'wheels'}}, {'name': 'p', 'persistentVolumeClaim': {'claimName': 'python-prepared'}}],
        'containers': [{'name': 'main', 'image': 'python:3.11', 'command': ['sh', '-c', prepare],
                        'volumeMounts': [{'name': 'wheels', 'mountPath': '/wheels'}, {'name': 'p', 'mountPath': '/prepared'}]}]}}))
    kubectl('wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/prepare', '--timeout=120s')
    kubectl('delete', 'pod', 'prepare', '--grace-period=0', '--force')
    directory, process = start_file('python-3', path, '--python-environments', 'python-prepared')
    ends(process, 0)
    assert result(directory)['tasks'][0]['outputs']['parameters']['Output'] == '/kfp-environments/sample/kfjsample.py', result(directory)
    nothing_left()


SCENARIOS = (
    cancel, kill_and_resume, kill_and_clean, kill_and_resume_after_the_end, deleted_by_others, quota, image_missing, outage, outage_at_the_start,
    outputs_of_any_size, an_artifact_of_1_gib, a_long_log_says_what_is_missing, failed_pods_are_kept_by_choice, all_fields,
    read_only_root_and_restricted, level_restricted, kept_pods_with_models_end, python_environments)


def main():
    bad = 0
    nothing_left()
    for scenario in SCENARIOS:
        if NAMES and not any(name in scenario.__name__ for name in NAMES):
            continue
        try:
            scenario()
            print('passed:', scenario.__name__)
        except (AssertionError, subprocess.SubprocessError, OSError, KeyError, IndexError) as e:
            print(f'FAILED: {scenario.__name__}: {e}')
            bad = 1
    return bad


sys.exit(main())
