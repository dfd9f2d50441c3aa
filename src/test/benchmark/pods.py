#!/usr/bin/env python3
"""Measures what docs/performance.md shows of Pods: ours beside bare Pods of the same image, on the same cluster, in one sitting.

    pods.py [--write] [ROW...]      rows: chain artifacts loop flight transfer

Needs KUBECONFIG and the packaged command line (./mvnw -f pom-engine.xml package); everything happens in a namespace of its own. The
API is reached through `kubectl proxy`, which also counts the requests.
"""
import argparse
import http.client
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
JAR = ROOT / 'target/engine/kubeflow-pipelines-engine.jar'
NAMESPACE = f'kfp-benchmark-{os.getpid()}'
IMAGE = 'busybox:1.36'
GIB = 1 << 30
WORK = Path(tempfile.mkdtemp(prefix='kfp-pods'))


def kubectl(*words, **options):
    return subprocess.run(['kubectl', '-n', NAMESPACE, *words], check=True, capture_output=True, text=True, **options).stdout


class Proxy:
    """A door to the API server that writes down each request."""

    def __enter__(self):
        self.process = subprocess.Popen(
            ['kubectl', 'proxy', '--port=0', '--reject-paths=^/none', '-v=3'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.port = int(re.search(r':(\d+)', self.process.stdout.readline()).group(1))
        self.requests = []
        threading.Thread(target=self.read, daemon=True).start()
        return self

    def read(self):
        for line in self.process.stderr:
            found = re.search(r'Filter accepting (\S+) (\S+)', line)
            if found:
                self.requests.append(' '.join(found.groups()))

    def __exit__(self, *_):
        self.process.terminate()

    def config(self):
        path = WORK / 'kubeconfig'
        path.write_text(json.dumps({
            'apiVersion': 'v1', 'kind': 'Config', 'current-context': 'c', 'users': [{'name': 'u', 'user': {}}],
            'clusters': [{'name': 'c', 'cluster': {'server': f'http://127.0.0.1:{self.port}'}}],
            'contexts': [{'name': 'c', 'context': {'cluster': 'c', 'user': 'u', 'namespace': NAMESPACE}}]}))
        return path


def call(proxy, method, path, body=None):
    connection = http.client.HTTPConnection('127.0.0.1', proxy.port)
    connection.request(method, f'/api/v1/namespaces/{NAMESPACE}/{path}', json.dumps(body) if body else None, {'Content-Type': 'application/json'})
    return connection.getresponse()


def bare(proxy, name):
    """Seconds from the creation of a Pod of `true` until a watch says Succeeded."""
    pod = {'metadata': {'name': name}, 'spec': {'restartPolicy': 'Never', 'containers': [{'name': 'main', 'image': IMAGE, 'command': ['true']}]}}
    begun = time.time()
    made = json.loads(call(proxy, 'POST', 'pods', pod).read())
    watch = call(proxy, 'GET', f'pods?watch=true&fieldSelector=metadata.name={name}&resourceVersion={made["metadata"]["resourceVersion"]}')
    for line in watch:
        if json.loads(line)['object']['status'].get('phase') == 'Succeeded':
            took = time.time() - begun
            break
    call(proxy, 'DELETE', f'pods/{name}?gracePeriodSeconds=0').read()
    return took


def document(name, components, tasks):
    """A compiled pipeline. components: name -> (definitions, script); tasks: name -> (component, task fields)."""
    return {
        'pipelineInfo': {'name': name}, 'schemaVersion': '2.1.0', 'sdkVersion': 'kfp-2.17.0',
        'components': {key: {'executorLabel': key, **definitions} for key, (definitions, _) in components.items()},
        'deploymentSpec': {'executors': {key: {'container': {'image': IMAGE, 'command': ['sh', '-c', script[0]], 'args': script[1:]}}
                                         for key, (_, script) in components.items()}},
        'root': {'dag': {'tasks': {key: {'taskInfo': {'name': key}, 'componentRef': {'name': component}, 'cachingOptions': {'enableCache': True}, **fields}
                                   for key, (component, fields) in tasks.items()}}}}


def chain(steps=20):
    text = {'parameterType': 'STRING'}
    step = ({'inputDefinitions': {'parameters': {'x': text}}, 'outputDefinitions': {'parameters': {'y': text}}},
            ['mkdir -p "$(dirname "$1")"; printf "%s+" "$0" > "$1"', "{{$.inputs.parameters['x']}}", "{{$.outputs.parameters['y'].output_file}}"])
    tasks = {}
    for i in range(steps):
        value = {'runtimeValue': {'constant': 'a'}} if i == 0 else {'taskOutputParameter': {'producerTask': f't{i - 1}', 'outputParameterKey': 'y'}}
        tasks[f't{i}'] = ('step', {'inputs': {'parameters': {'x': value}}, 'dependentTasks': [f't{i - 1}'] if i else []})
    return document('chain', {'step': step}, tasks)


def artifacts(steps=20, size=5_000_000):
    data = {'artifactType': {'schemaTitle': 'system.Dataset', 'schemaVersion': '0.0.1'}}
    output = "{{$.outputs.artifacts['y'].path}}"
    first = ({'outputDefinitions': {'artifacts': {'y': data}}}, [f'mkdir -p "$(dirname "$0")"; head -c {size} /dev/urandom > "$0"', output])
    step = ({'inputDefinitions': {'artifacts': {'x': data}}, 'outputDefinitions': {'artifacts': {'y': data}}},
            ['mkdir -p "$(dirname "$1")"; cp "$0" "$1"', "{{$.inputs.artifacts['x'].path}}", output])
    tasks = {'t0': ('first', {})}
    for i in range(1, steps):
        value = {'taskOutputArtifact': {'producerTask': f't{i - 1}', 'outputArtifactKey': 'y'}}
        tasks[f't{i}'] = ('step', {'inputs': {'artifacts': {'x': value}}, 'dependentTasks': [f't{i - 1}']})
    return document('artifacts', {'first': first, 'step': step}, tasks)


def loop(items, script):
    item = {'inputDefinitions': {'parameters': {'x': {'parameterType': 'NUMBER_INTEGER'}}}}
    spec = document('loop', {'step': (item, [script, "{{$.inputs.parameters['item']}}".replace('item', 'x')])}, {})
    value = {'componentInputParameter': 'item'}
    spec['components']['comp-for'] = {
        'inputDefinitions': {'parameters': {'item': {'parameterType': 'NUMBER_INTEGER'}}},
        'dag': {'tasks': {'step': {'taskInfo': {'name': 'step'}, 'componentRef': {'name': 'step'}, 'cachingOptions': {'enableCache': True},
                                   'inputs': {'parameters': {'x': value}}}}}}
    spec['root']['dag']['tasks']['for'] = {
        'taskInfo': {'name': 'for'}, 'componentRef': {'name': 'comp-for'},
        'parameterIterator': {'itemInput': 'item', 'items': {'raw': json.dumps(list(range(items)))}}}
    return spec


def seconds(text):
    return datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp()


class Run:
    """One run of the command line through the proxy: result document, requests, and the most threads it had."""

    def __init__(self, proxy, spec, name, *options, cached=False):
        file, self.out = WORK / f'{name}.json', WORK / f'run-{name}-{time.time_ns()}'
        file.write_text(json.dumps(spec))
        before, self.threads = len(proxy.requests), 0
        caching = ('--cache', WORK / 'cache') if cached else ('--no-cache',)
        process = subprocess.Popen(
            ['java', '-jar', JAR, 'run', file, '--runner', 'kubernetes', '--out', self.out, '--quiet', *caching, *options],
            env=dict(os.environ, KUBECONFIG=str(proxy.config())))
        while process.poll() is None:
            try:
                status = Path(f'/proc/{process.pid}/status').read_text()
                self.threads = max(self.threads, int(re.search(r'Threads:\s+(\d+)', status).group(1)))
            except (OSError, AttributeError):
                pass
            time.sleep(0.2)
        if process.returncode != 0:
            sys.exit(f'run {name} ended with {process.returncode}; see {self.out}')
        time.sleep(0.5)
        self.result = json.loads((self.out / 'result.json').read_text())
        self.requests = proxy.requests[before:]
        self.seconds = seconds(self.result['ended']) - seconds(self.result['started'])

    def count(self, pattern):
        return len([r for r in self.requests if re.search(pattern, r)])

    def pods(self):
        return self.count(r'^POST \S*/pods$')


def flight(proxy, row):
    few, many = (Run(proxy, loop(n, 'sleep 20'), f'flight{n}', '--parallelism', '200') for n in (20, 200))
    own = many.count(r'^(POST|DELETE) \S*/pods|/log$')
    late = len(many.requests) - own
    row('200 Pods in flight: threads of the whole program', f'{many.threads}', f'with 20 Pods {few.threads}', f'{(many.threads - few.threads) / 180:.2f} a Pod', '0 a Pod')
    row('200 Pods in flight: API calls for each Pod', f'{own / 200:.2f}', f'{late} calls for all together (watch, lists, anchor)', '', 'at most 3')


def transfer(proxy, row):
    data = {'artifactType': {'schemaTitle': 'system.Dataset', 'schemaVersion': '0.0.1'}}
    write = ({'outputDefinitions': {'artifacts': {'y': data}}},
             [f'mkdir -p "$(dirname "$0")"; head -c {GIB} /dev/urandom > "$0"; cut -d" " -f1 /proc/uptime', "{{$.outputs.artifacts['y'].path}}"])
    run = Run(proxy, document('transfer', {'write': write}, {'t': ('write', {})}), 'transfer')
    task = run.result['tasks'][0]
    wrote = float((run.out / task['attempts'][0]['log']).read_text().split()[-1])
    boot = time.time() - float(Path('/proc/uptime').read_text().split()[0])
    ours = seconds(task['attempts'][0]['ended']) - boot - wrote
    assert Path(task['outputs']['artifacts']['y'][0]['path']).stat().st_size == GIB
    shutil.rmtree(run.out)
    kubectl('run', 'holder', f'--image={IMAGE}', '--restart=Never', '--command', '--', 'sh', '-c', f'head -c {GIB} /dev/urandom > /data; sleep 3600')
    kubectl('wait', '--for=condition=Ready', 'pod/holder')
    while kubectl('exec', 'holder', '--', 'stat', '-c', '%s', '/data').strip() != str(GIB):
        time.sleep(0.5)
    begun = time.time()
    kubectl('cp', 'holder:/data', str(WORK / 'copied'))
    other = time.time() - begun
    kubectl('delete', 'pod', 'holder', '--grace-period=0', '--force')
    row('1 GiB artifact out of a Pod through the API server', f'{1024 / ours:.0f} MiB/s', f'kubectl cp {1024 / other:.0f} MiB/s', f'{other / ours * 100:.0f} %', 'at least 70 %')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--write', action='store_true')
    parser.add_argument('rows', nargs='*')
    options = parser.parse_args()
    if not os.environ.get('KUBECONFIG'):
        print('skipped: KUBECONFIG is not set, so there is no cluster to measure on')
        return
    wanted = options.rows or ['chain', 'artifacts', 'loop', 'flight', 'transfer']
    rows = []

    def row(*cells):
        rows.append(cells)
        print(' | '.join(cells), flush=True)

    subprocess.run(['kubectl', 'create', 'namespace', NAMESPACE], check=True, capture_output=True)
    try:
        with Proxy() as proxy:
            while b'"default"' not in call(proxy, 'GET', 'serviceaccounts').read():
                time.sleep(0.1)
            bare(proxy, 'warm-up')
            for name, spec in (('chain', chain()), ('artifacts', artifacts())):
                if name not in wanted:
                    continue
                hand = [bare(proxy, f'bare-{name}-{i}') for i in range(5)]
                run = Run(proxy, spec, name)
                hand += [bare(proxy, f'bare-{name}-{i}') for i in range(5, 10)]
                step, other = run.seconds / 20, statistics.median(hand)
                what = 'chain of 20 steps, a parameter passed on' if name == 'chain' else 'the same with a 5 MB artifact in and out'
                row(f'{what}: {run.pods()} Pods, per step', f'{step:.2f} s', f'bare Pod {other:.2f} s', f'{step / other:.2f}x the time', 'at most 0.6x')
            if 'loop' in wanted:
                first = Run(proxy, loop(10, 'echo'), 'loop', cached=True)
                second = Run(proxy, loop(10, 'echo'), 'loop', cached=True)
                row('ParallelFor of 10: Pods', f'{first.pods()}', '', '', '10')
                row('the same a second time: Pods', f'{second.pods()}', '', '', '0')
            if 'flight' in wanted:
                flight(proxy, row)
            if 'transfer' in wanted:
                transfer(proxy, row)
    finally:
        subprocess.run(['kubectl', 'delete', 'namespace', NAMESPACE, '--wait=false'], capture_output=True)
    if options.write:
        document_file = ROOT / 'docs/performance.md'
        table = '\n'.join(['| What | Ours | Beside it | Ratio | Wanted |', '|---|---|---|---|---|'] + ['| ' + ' | '.join(r) + ' |' for r in rows])
        body = f'{platform.machine()}, {os.cpu_count()} cores, one node that runs everything.\n\n{table}\n'
        text = document_file.read_text()
        document_file.write_text(re.sub(r'(<!-- pods -->\n).*?(<!-- end of pods -->)', lambda m: m.group(1) + body + m.group(2), text, flags=re.S))
    shutil.rmtree(WORK, ignore_errors=True)


if __name__ == '__main__':
    main()
