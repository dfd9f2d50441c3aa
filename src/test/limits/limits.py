#!/usr/bin/env python3
"""A 50 MB string parameter and a 5 GB artifact pass from step to step in a JVM of 256 MB, and the run can be read again.

Needs the packaged command line (./mvnw -f pom-engine.xml package). The artifact is a sparse file: it takes no room on most disks.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
JAR = ROOT / 'target/engine/kubeflow-pipelines-engine.jar'
PIPELINE = ROOT / 'src/test/pipelines/large.yaml'
HEAP = '-Xmx256m'


def engine(*arguments):
    return subprocess.run(['java', HEAP, '-jar', JAR, *arguments], timeout=600, stdout=subprocess.DEVNULL).returncode


def main():
    directory = Path(tempfile.mkdtemp(prefix='limits-'))
    try:
        run = directory / 'run'
        code = engine('run', PIPELINE, '--out', run, '--quiet', '--no-cache', '--result', directory / 'result.json')
        result = json.loads((directory / 'result.json').read_text())
        seen = result['outputs']['parameters'].get('Output')
        wanted = f'{50 * 10**6} {5 * 2**30}'
        tasks = {task['path']: task for task in result['tasks']}
        shell = tasks['shell']['outputs']['parameters']
        if code != 0 or seen != wanted or [shell['length'], shell['size']] != [50 * 10**6, 5 * 2**30]:
            sys.exit(f'exit {code}, output {seen!r} instead of {wanted!r}, error {result["error"]}')
        if engine('replay', run) != 0:
            sys.exit('the run cannot be replayed')
        print(f'passed: 50 MB and 5 GB with {HEAP}')
    finally:
        shutil.rmtree(directory)


if __name__ == '__main__':
    main()
