#!/usr/bin/env python3
"""Runs KFP's own compiled pipelines through the command line and compares what happens with what KFP documents.

    conformance.py [--write] [NAME...]

Reads ../shared/conformance/kfp, or KFP_DOCUMENTS; says so in one line and ends well when that is absent. Every document is checked and its graph is
built; every one that needs no cluster, cloud or package from elsewhere is run. --write updates docs/conformance.md. Ends with
"N passed, M failed".
"""
import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CORPUS = Path(os.environ.get('KFP_DOCUMENTS', ROOT.parent / 'shared/conformance/kfp'))
JAR = ROOT / 'target/engine/kubeflow-pipelines-engine.jar'
sys.path.insert(0, str(Path(__file__).parent))
from expectations import CASES, Case  # noqa: E402


def engine(*arguments, timeout=300):
    return subprocess.run(['java', '-XX:TieredStopAtLevel=1', '-jar', str(JAR), *map(str, arguments)],
                          capture_output=True, text=True, timeout=timeout, cwd=ROOT)


class Run:
    """One run of a document, as the checks see it."""

    def __init__(self, directory, process):
        self.directory = directory
        self.status = process.returncode
        self.stderr = process.stderr
        file = directory / 'result.json'
        self.result = json.loads(file.read_text()) if file.exists() else {'state': None, 'tasks': [], 'outputs': {'parameters': {}, 'artifacts': {}}}
        self.state = self.result['state']
        self.outputs = self.result['outputs']['parameters']
        self.tasks = {t['path']: t for t in self.result['tasks']}

    def log(self, path, attempt=-1):
        return (self.directory / self.tasks[path]['attempts'][attempt]['log']).read_text()

    def states(self):
        return {path: t['state'] for path, t in self.tasks.items()}

    def paths(self, pattern):
        return [p for p in self.tasks if re.search(pattern, p)]

    def artifact(self, name):
        return self.result['outputs']['artifacts'][name]


def run_case(name, case, base):
    file = CORPUS / 'valid' / name
    began = time.time()
    validated = engine('validate', file)
    if validated.returncode != 0:
        return name, case, 'red', validated.stderr.strip()[:300], time.time() - began
    graph = engine('graph', file, '--json')
    if graph.returncode != 0 or not json.loads(graph.stdout)['tasks']:
        return name, case, 'red', 'no graph: ' + graph.stderr.strip()[:300], time.time() - began
    if case.kind != 'run':
        return name, case, case.kind, case.why, time.time() - began
    try:
        runs = []
        for number in range(case.times):
            directory = base / f'{name.replace("/", "_")}-{number}'
            arguments = [a.replace('TMP', str(base / name.replace('/', '_'))) for a in case.arguments]
            process = engine('run', file, '--out', directory, '--quiet', '--cache', base / ('cache-' + name.replace('/', '_')), *arguments)
            runs.append(Run(directory, process))
        run = runs[-1]
        if run.state != case.state:
            detail = run.result.get('error') or run.stderr.strip()
            return name, case, 'red', f'{run.state} instead of {case.state}: {detail}'[:300], time.time() - began
        if case.check:
            case.check(*runs)
        return name, case, 'green', '', time.time() - began
    except AssertionError as error:
        return name, case, 'red', f'{error}'[:300], time.time() - began
    except (OSError, KeyError, IndexError, subprocess.TimeoutExpired) as error:
        return name, case, 'red', f'{type(error).__name__}: {error}'[:300], time.time() - began


def run_invalid(file):
    process = engine('run', file, '--out', tempfile.mkdtemp() + '/out')
    lines = process.stderr.strip().splitlines()
    good = process.returncode == 2 and lines and not any('Exception' in line for line in lines)
    return file.name, 'green' if good else 'red', lines[0] if lines else f'exit status {process.returncode}'


def table(results, invalid):
    marks = {'green': 'passed', 'red': '**failed**', 'cluster': 'needs a cluster', 'cloud': 'needs a cloud', 'resolve': 'argument resolution only', 'packages': 'needs packages from elsewhere'}
    ran = [r for r in results if r[2] in ('green', 'red')]
    green = [r for r in ran if r[2] == 'green']
    lines = [
        '# Conformance',
        '',
        "KFP's own compiled pipelines, run by the command line as local processes. Made by `src/test/conformance/conformance.py --write`.",
        '',
        f'{len(results)} documents read, checked and their graphs built; {len(ran)} run, {len(green)} as documented. '
        f'{len([i for i in invalid if i[1] == "green"])} of {len(invalid)} invalid files refused with a sentence.',
        '',
        '| Document | Expected | Result | What is checked, or why it is not run |',
        '|---|---|---|---|',
    ]
    for name, case, state, detail, _ in results:
        note = detail if state == 'red' else case.why
        lines.append(f'| {name} | {case.state if case.kind == "run" else "read"} | {marks[state]} | {note.replace("|", "/")} |')
    lines += ['', '| Invalid file | Result | What is said |', '|---|---|---|']
    lines += [f'| {name} | {marks[state]} | {detail.replace("|", "/")} |' for name, state, detail in invalid]
    return '\n'.join(lines) + '\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--write', action='store_true')
    parser.add_argument('names', nargs='*')
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print('skipped: the conformance documents are not beside the project')
        return
    files = sorted(str(f.relative_to(CORPUS / 'valid')) for f in (CORPUS / 'valid').rglob('*') if f.is_file())
    unknown = [f for f in files if f not in CASES]
    if options.names:
        files = [f for f in files if any(n in f for n in options.names)]
    base = Path(tempfile.mkdtemp(prefix='conformance'))
    results = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        work = [pool.submit(run_case, f, CASES.get(f, Case('run', why='not described yet')), base) for f in files]
        for future in work:
            result = future.result()
            results.append(result)
            print(f'{result[2]:9} {result[0]} ({result[4]:.1f} s) {result[3] if result[2] == "red" else ""}', flush=True)
    invalid = [] if options.names else [run_invalid(f) for f in sorted((CORPUS / 'invalid').iterdir())]
    if options.write:
        (ROOT / 'docs/conformance.md').write_text(table(results, invalid))
    for name in unknown:
        print(f'not described in expectations.py: {name}')
    failed = len([r for r in results if r[2] == 'red']) + len([i for i in invalid if i[1] == 'red'])
    for name, state, detail in invalid:
        print(f'{state:9} invalid/{name}: {detail}')
    if not failed:
        shutil.rmtree(base, ignore_errors=True)
    print(f'{len(results) + len(invalid) - failed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
