#!/usr/bin/env python3
"""Kills the engine with kill -9 at random points, resumes the run, and compares it with an undisturbed one.

    crash.py [--kills N] [--seed S]

A step of the pipeline appends its name to a trace file when it has run: each must be there exactly once, whatever was killed when.
Prints a line per run and ends with "N passed, M failed".
"""
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
JAR = ROOT / 'target/engine/kubeflow-pipelines-engine.jar'
PIPELINE = ROOT / 'src/test/pipelines/sleepy.yaml'


def engine(*arguments):
    return ['java', '-XX:TieredStopAtLevel=1', '-jar', str(JAR), *arguments]


def digest(result, directory):
    """What must be equal: states and values; not times, attempts, ids and places."""
    def plain(value):
        return json.loads(json.dumps(value).replace(str(directory), 'DIR').replace(result['runId'], 'ID'))
    return plain({
        'state': result['state'],
        'outputs': result['outputs']['parameters'],
        'tasks': [(t['path'], t['state'], t.get('reason'), t['outputs']['parameters']) for t in result['tasks']],
    })


def start(directory, trace, seconds):
    return subprocess.Popen(
        engine('run', str(PIPELINE), '--out', str(directory), '--quiet', '--no-cache', '--parallelism', '3',
               '-p', f'trace={trace}', '-p', f'seconds={seconds}'),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finish(directory):
    process = subprocess.run(engine('resume', str(directory), '--quiet', '--parallelism', '3'),
                             capture_output=True, text=True, timeout=120)
    return process.returncode, process.stderr


def check(directory, trace, expected):
    result = json.loads((directory / 'result.json').read_text())
    seen = digest(result, directory)
    if seen != expected:
        return f'the result differs:\n  {json.dumps(seen)}\n  {json.dumps(expected)}'
    lines = sorted(trace.read_text().split())
    steps = sorted(s for t in result['tasks'] if t['kind'] == 'container' for s in [t['inputs']['parameters']['name']])
    if lines != steps:
        return f'steps ran {lines} instead of {steps}'
    return None


def one(number, rng, base, expected, duration, kills):
    directory, trace = base / f'run{number}', base / f'trace{number}'
    process = start(directory, trace, '0.2')
    done = 0
    for _ in range(kills):
        time.sleep(rng.uniform(0.2, duration))
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGKILL)
        process.wait()
        done += 1
        if not (directory / 'run.json').exists():
            process = start(directory, trace, '0.2')
            continue
        process = subprocess.Popen(engine('resume', str(directory), '--quiet', '--parallelism', '3'),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    _, error = process.communicate(timeout=120)
    if process.returncode != 0:
        return done, f'exit status {process.returncode}: {error}'
    return done, check(directory, trace, expected)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--kills', type=int, default=20)
    parser.add_argument('--seed', type=int, default=int.from_bytes(os.urandom(4), 'big'))
    options = parser.parse_args()
    rng = random.Random(options.seed)
    print(f'seed {options.seed}')
    base = Path(tempfile.mkdtemp(prefix='crash'))
    begun = time.time()
    process = start(base / 'calm', base / 'calm-trace', '0.2')
    _, error = process.communicate(timeout=120)
    if process.returncode != 0:
        sys.exit(f'the undisturbed run failed: {error}')
    duration = time.time() - begun
    expected = digest(json.loads((base / 'calm/result.json').read_text()), base / 'calm')
    killed = passed = failed = number = 0
    while killed < options.kills:
        number += 1
        kills, problem = one(number, rng, base, expected, duration * 0.8, rng.choice([1, 1, 2, 3]))
        killed += kills
        passed, failed = (passed, failed + 1) if problem else (passed + 1, failed)
        print(f'run {number}: killed {kills} times: {problem or "as if nothing had happened"}', flush=True)
        if number > 4 * options.kills:
            break
    print(f'{killed} kills in {number} runs')
    if failed == 0:
        shutil.rmtree(base, ignore_errors=True)
    else:
        print(f'the directories are kept in {base}')
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
