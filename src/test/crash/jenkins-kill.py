#!/usr/bin/env python3
"""Kills a real Jenkins with SIGKILL while a run and a Jenkinsfile that waits for one go on, starts it again, and looks at what became of them.

    jenkins-kill.py [--kills 3] [--seed N] [--keep]

Starts Jenkins as ./demo does (hpi:run, in work/kill-home). Each step writes to a trace when it begins and when it ends. Afterwards both
builds must be SUCCESS, every step must have ended exactly once, and none that had ended may have begun again. Ends with 0 when that is so.
"""
import argparse
import base64
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HOME = ROOT / 'work/kill-home'
STEPS = 6
LONGEST = 120


def pipeline(name, trace):
    steps = [f's{i}' for i in range(1, STEPS + 1)]
    components = ''.join(f'  comp-{s}: {{executorLabel: exec-{s}}}\n' for s in steps)
    executors = ''.join(
        f"    exec-{s}: {{container: {{image: busybox, command: [sh, -c, 'echo begin {s} >> {trace}; sleep 2; echo end {s} >> {trace}']}}}}\n" for s in steps)
    tasks = ''.join(
        f'      {s}: {{componentRef: {{name: comp-{s}}}, taskInfo: {{name: {s}}}'
        + (f', dependentTasks: [{steps[i - 1]}]' if i else '') + '}\n' for i, s in enumerate(steps))
    return (f'pipelineInfo: {{name: {name}}}\nschemaVersion: 2.1.0\nsdkVersion: kfp-2.17.0\ncomponents:\n{components}'
            f'deploymentSpec:\n  executors:\n{executors}root:\n  dag:\n    tasks:\n{tasks}')


GROOVY = '''
import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration
import io.jenkins.plugins.kubeflow.job.InlineDefinition
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def jenkins = Jenkins.get()
jenkins.crumbIssuer = null
KubeflowConfiguration.get().localProcesses = true
if (jenkins.getItem('direct') == null) {
    def direct = jenkins.createProject(KubeflowPipeline, 'direct')
    direct.definition = new InlineDefinition(new File('DIRECT').text)
    direct.save()
    def outer = jenkins.createProject(WorkflowJob, 'outer')
    outer.definition = new CpsFlowDefinition("node { writeFile file: 'p.yaml', text: new String('ENCODED'.decodeBase64())\\n"
            + "def r = kubeflowPipeline file: 'p.yaml'\\necho 'the run is ' + r.state }", false)
    outer.save()
}
new File(jenkins.rootDir, 'up').text = 'yes'
'''


class Jenkins:
    def __init__(self, port):
        self.port, self.process, self.starts = port, None, 0
        self.log = open(ROOT / 'work/jenkins-kill.log', 'w')

    def start(self):
        (HOME / 'up').unlink(missing_ok=True)
        offline = ['-o'] if os.environ.get('KUBEFLOW_OFFLINE', '1') else []
        self.process = subprocess.Popen(
            ['./mvnw', '-B', '-ntp', '-q', *offline, '-f', 'pom.xml', 'hpi:run', '-Dhost=127.0.0.1', f'-Dport={self.port}', f'-DjenkinsHome={HOME}'],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        self.starts += 1
        until(lambda: (HOME / 'up').exists() and self.answers(), 'Jenkins is up')

    def answers(self):
        if self.process.poll() is not None:
            sys.exit('Jenkins has ended by itself; see work/jenkins-kill.log')
        try:
            return self.get('api/json') is not None
        except (OSError, urllib.error.URLError):
            return False

    def get(self, path):
        with urllib.request.urlopen(f'http://127.0.0.1:{self.port}/jenkins/{path}', timeout=10) as answer:
            return json.loads(answer.read())

    def post(self, path):
        request = urllib.request.Request(f'http://127.0.0.1:{self.port}/jenkins/{path}', data=b'', method='POST')
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status

    def result(self, job):
        try:
            return self.get(f'job/{job}/1/api/json')['result']
        except urllib.error.HTTPError:
            return None

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def until(condition, what):
    end = time.time() + LONGEST
    while not condition():
        if time.time() > end:
            sys.exit(f'not within {LONGEST} s: {what}')
        time.sleep(0.2)


def lines(trace):
    return trace.read_text().split('\n')[:-1] if trace.exists() else []


def verdict(trace):
    """Every step ended once; a step may begin twice only where its first process was lost with the kill, never after it had ended."""
    problems, ended = [], set()
    for line in lines(trace):
        kind, step = line.split()
        if kind == 'begin' and step in ended:
            problems.append(f'{step} ran again after it had ended')
        if kind == 'end':
            if step in ended:
                problems.append(f'{step} ended twice')
            ended.add(step)
    missing = {f's{i}' for i in range(1, STEPS + 1)} - ended
    return problems + [f'{step} never ended' for step in sorted(missing)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--kills', type=int, default=3)
    parser.add_argument('--seed', type=int, default=int(time.time()))
    parser.add_argument('--keep', action='store_true', help='leave the Jenkins home for looking into')
    options = parser.parse_args()
    chance = random.Random(options.seed)
    shutil.rmtree(HOME, ignore_errors=True)
    (HOME / 'init.groovy.d').mkdir(parents=True)
    traces = {job: HOME / f'{job}.trace' for job in ('direct', 'outer')}
    (HOME / 'direct.yaml').write_text(pipeline('direct', traces['direct']))
    encoded = base64.b64encode(pipeline('outer', traces['outer']).encode()).decode()
    (HOME / 'init.groovy.d/jobs.groovy').write_text(GROOVY.replace('DIRECT', str(HOME / 'direct.yaml')).replace('ENCODED', encoded))
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    jenkins = Jenkins(port)
    print(f'seed {options.seed}, {options.kills} kills', flush=True)
    try:
        jenkins.start()
        for job in traces:
            jenkins.post(f'job/{job}/build?delay=0sec')
        until(lambda: all(lines(trace) for trace in traces.values()), 'both runs have begun')
        for number in range(1, options.kills + 1):
            seen = sum(len(lines(trace)) for trace in traces.values())
            until(lambda: sum(len(lines(trace)) for trace in traces.values()) > seen
                  or all(jenkins.result(job) for job in traces), 'something goes on')
            time.sleep(chance.uniform(0, 1.5))
            jenkins.kill()
            print(f'kill {number} after ' + ', '.join(f'{job}: {len(lines(trace))} lines' for job, trace in traces.items()), flush=True)
            jenkins.start()
        until(lambda: all(jenkins.result(job) for job in traces), 'both builds end')
        failed = False
        for job, trace in traces.items():
            result, problems = jenkins.result(job), verdict(trace)
            begun = len([line for line in lines(trace) if line.startswith('begin')])
            print(f'{job}: {result}, {begun} beginnings of {STEPS} steps' + ''.join(f'\n  {problem}' for problem in problems), flush=True)
            failed |= result != 'SUCCESS' or bool(problems)
    finally:
        if jenkins.process is not None and jenkins.process.poll() is None:
            jenkins.kill()
    if not failed and not options.keep:
        shutil.rmtree(HOME, ignore_errors=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
