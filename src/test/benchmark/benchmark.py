#!/usr/bin/env python3
"""Measures what docs/performance.md shows: everything in one sitting, as ratios.

    benchmark.py [--write]

Needs the packaged command line (./mvnw -f pom-engine.xml package) and makes a Python environment with kfp in work/benchmark.
"""
import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
WORK = ROOT / 'work/benchmark'
JAR = ROOT / 'target/engine/kubeflow-pipelines-engine.jar'
PIPELINES = ROOT / 'src/test/pipelines'
LAUNCHER = ROOT / 'src/main/scripts/kubeflow-pipelines'
REPEAT = 5
runs_made = 0

LOCAL = '''
import json, subprocess, sys, time, kfp
from kfp import local
from kfp.components import load_component_from_file
local.init(runner=local.SubprocessRunner(use_venv=False), pipeline_root=sys.argv[2], raise_on_error=True)
commands, popen = [], subprocess.Popen
def recorded(command, *rest, **options):
    commands.append(command)
    return popen(command, *rest, **options)
subprocess.Popen = recorded
pipeline = load_component_from_file(sys.argv[1])
begun = time.time()
pipeline()
print('SECONDS', time.time() - begun)
json.dump(commands, open(sys.argv[3], 'w'))
'''


def environment():
    python = WORK / 'venv/bin/python'
    if not python.exists():
        subprocess.run([sys.executable, '-m', 'venv', WORK / 'venv'], check=True)
        subprocess.run([python, '-m', 'pip', 'install', '-q', 'kfp==2.17.0'], check=True)
    # pip as a no-op for kfp.local: what it installs at every step is there already
    shim = WORK / 'shim/pip'
    shim.mkdir(parents=True, exist_ok=True)
    (shim / '__init__.py').write_text('')
    (shim / '__main__.py').write_text('')
    return python


def seconds(text):
    return datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp()


def fresh():
    """A run directory that was never there: some file systems are slow for seconds after many files were deleted."""
    global runs_made
    runs_made += 1
    return WORK / f'runs/{runs_made}'


def ours(pipeline, *options, repeat=REPEAT):
    """Seconds from the run's start to its end, and of the whole command."""
    runs, walls = [], []
    options = ('--python', WORK / 'venv/bin/python', *options)
    for _ in range(repeat + 1):
        out = fresh()
        begun = time.time()
        subprocess.run([LAUNCHER, 'run', PIPELINES / pipeline, '--out', out, '--quiet', *options], check=True)
        walls.append(time.time() - begun)
        result = json.loads((out / 'result.json').read_text())
        runs.append(seconds(result['ended']) - seconds(result['started']))
    return statistics.median(runs[1:]), statistics.median(walls[1:])


def kfp_local(python, pipeline, pip):
    values = []
    env = dict(os.environ)
    if not pip:
        env['PYTHONPATH'] = str(WORK / 'shim')
    env['PATH'] = f'{python.parent}:{env["PATH"]}'
    for _ in range(3):
        out = subprocess.run([python, '-c', LOCAL, PIPELINES / pipeline, WORK / 'local', WORK / 'commands.json'], check=True, capture_output=True, text=True, env=env)
        values.append(float(re.search(r'SECONDS ([\d.]+)', out.stdout).group(1)))
    return statistics.median(values)


def bare(python):
    """The commands that kfp.local has just started, one after the other as plain processes, pip a no-op."""
    commands = json.loads((WORK / 'commands.json').read_text())
    env = dict(os.environ, PYTHONPATH=str(WORK / 'shim'), PATH=f'{python.parent}:{os.environ["PATH"]}')
    values = []
    for _ in range(3):
        begun = time.time()
        for command in commands:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        values.append((time.time() - begun) / len(commands))
    return statistics.median(values)


def first_process():
    """Milliseconds from the start of the command to the first step's first instruction."""
    values = []
    for _ in range(REPEAT + 1):
        out = fresh()
        begun = time.time()
        subprocess.run([LAUNCHER, 'run', PIPELINES / 'now.yaml', '--out', out, '--quiet', '--no-cache', '--python', WORK / 'venv/bin/python'],
                       check=True)
        stamp = next((out / 'logs').glob('*.log')).read_text()
        values.append((float(stamp) - begun) * 1000)
    return statistics.median(values[1:])


def xargs(parallelism):
    values = []
    for _ in range(3):
        begun = time.time()
        subprocess.run(f'seq 0 999 | xargs -P {parallelism} -n 1 echo > /dev/null', shell=True, check=True)
        values.append(time.time() - begun)
    return statistics.median(values)


def engine_alone():
    classpath = WORK / 'classpath'
    subprocess.run(['./mvnw', '-q', '-B', '-o', '-f', 'pom-engine.xml', 'test-compile', 'dependency:build-classpath',
                    f'-Dmdep.outputFile={classpath}', '-Dskip.frontend'], check=True, cwd=ROOT)
    path = f'target/engine/classes:target/engine/test-classes:{classpath.read_text()}'
    return subprocess.run(['java', '-Xmx2g', '-cp', path, 'io.jenkins.plugins.kubeflow.engine.run.EngineBenchmark'],
                          check=True, cwd=ROOT, capture_output=True, text=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--write', action='store_true')
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    python = environment()
    shutil.rmtree(WORK / 'runs', ignore_errors=True)
    time.sleep(10)
    rows = []

    def row(what, ours_text, other_text, ratio, wanted):
        rows.append((what, ours_text, other_text, ratio, wanted))
        print(' | '.join(rows[-1]), flush=True)

    chain, _ = ours('chain.yaml')
    local = kfp_local(python, 'chain.yaml', pip=False)
    row('chain of 20 Python components, per step', f'{chain / 20 * 1000:.0f} ms', f'kfp.local {local / 20 * 1000:.0f} ms', f'{local / chain:.1f}x faster', 'at least 5x')
    plain = bare(python)
    row('the same chain beside its commands as bare processes, per step', f'{chain / 20 * 1000:.0f} ms', f'{plain * 1000:.0f} ms', f'{plain / chain * 20:.1f}x faster', 'at least 5x')
    independent, _ = ours('independent.yaml')
    local = kfp_local(python, 'independent.yaml', pip=False)
    row('10 independent Python components', f'{independent * 1000:.0f} ms', f'kfp.local {local * 1000:.0f} ms', f'{local / independent:.1f}x faster', 'at least 8x')
    local = kfp_local(python, 'chain.yaml', pip=True)
    row('the same chain, pip prelude included, per step', f'{chain / 20 * 1000:.0f} ms', f'kfp.local {local / 20 * 1000:.0f} ms', f'{local / chain:.1f}x faster', 'at least 40x')
    thousand, _ = ours('thousand.yaml', '--parallelism', '2', repeat=3)
    other = xargs(2)
    row('loop of 1 000 echoes, 2 at a time', f'{thousand:.2f} s', f'xargs -P 2 {other:.2f} s', f'{thousand / other:.1f}x the time', 'at most 1.3x')
    row('command line to first process', f'{first_process():.0f} ms', '', '', 'under 400 ms')
    alone = engine_alone()
    print(alone)
    if options.write:
        document = ROOT / 'docs/performance.md'
        text = document.read_text()
        table = '\n'.join(['| What | Ours | Beside it | Ratio | Wanted |', '|---|---|---|---|---|'] + ['| ' + ' | '.join(r) + ' |' for r in rows])
        body = f'{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}.\n\n{table}\n\n```\n{alone}```\n'
        document.write_text(re.sub(r'(<!-- figures -->\n).*?(<!-- end -->)', lambda m: m.group(1) + body + m.group(2), text, flags=re.S))


if __name__ == '__main__':
    main()
