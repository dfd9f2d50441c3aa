"""What happens to runs on a real cluster: cancelled, killed and resumed, pods deleted by others, quota. Called by run."""
import json
import os
import signal
import subprocess
import sys
import time

JAR, OUT = sys.argv[1:]
NAMESPACE = os.environ['NAMESPACE']
PATIENCE = 180


def pipeline(name, script):
    """A pipeline of one step that says ‘ready’ and then runs the script."""
    task = {'taskInfo': {'name': 'step'}, 'componentRef': {'name': 'comp'}}
    document = {
        'pipelineInfo': {'name': name}, 'schemaVersion': '2.1.0', 'sdkVersion': 'kfp-2.17.0',
        'components': {'comp': {'executorLabel': 'exec'}},
        'deploymentSpec': {'executors': {'exec': {'container': {'image': 'busybox', 'command': ['sh', '-c', 'echo ready; ' + script]}}}},
        'root': {'dag': {'tasks': {'step': task}}}}
    path = os.path.join(OUT, name + '.json')
    with open(path, 'w') as file:
        json.dump(document, file)
    return path


def engine(*words):
    return subprocess.Popen(['java', '-jar', JAR, *words], stdout=subprocess.DEVNULL)


def start(name, script):
    directory = os.path.join(OUT, name)
    return directory, engine('run', pipeline(name, script), '--runner', 'kubernetes', '--no-cache', '--out', directory, '--quiet')


def kubectl(*words):
    done = subprocess.run(
        ['kubectl', '--kubeconfig', os.environ['ADMINISTRATOR'], '-n', NAMESPACE, *words], capture_output=True, text=True, check=True)
    return done.stdout


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
    with open(os.path.join(directory, attempts[0]['log'])) as file:
        assert file.read() == 'ready\n', 'the whole log is there, once'
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
    log = os.path.join(directory, 'run.log')
    until('it waits for the quota', lambda: os.path.exists(log) and 'quota' in open(log).read())
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


def main():
    bad = 0
    nothing_left()
    for scenario in (cancel, kill_and_resume, kill_and_resume_after_the_end, deleted_by_others, quota, image_missing):
        try:
            scenario()
            print('passed:', scenario.__name__)
        except (AssertionError, subprocess.SubprocessError, OSError, KeyError) as e:
            print(f'FAILED: {scenario.__name__}: {e}')
            bad = 1
    return bad


sys.exit(main())
