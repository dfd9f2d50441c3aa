"""KFP's own documents on a real cluster: those that need one, and some that show the rest. Called by run; NAMESPACE, ADMINISTRATOR.

    conformance.py JAR OUT [NAME...]        --all instead of names: every document that can run

Each must do what src/test/conformance/expectations.py says, or CASES below. Says so in one line when the documents are not there.
"""
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / 'src/test/conformance'))
from conformance import CORPUS, Run  # noqa: E402
from expectations import CASES as LOCAL, p, run  # noqa: E402

MODEL = 'critical/modelcar.yaml'
GPU = 'gpu-scheduling/nvidia_gpu_scheduling_check.yaml'
JAR, OUT, NAMES = sys.argv[1], Path(sys.argv[2]) / 'conformance', sys.argv[3:]
OBJECTS = '''
apiVersion: v1
kind: Secret
metadata: {name: test-secret-1}
stringData: {username: user1, password: word}
---
apiVersion: v1
kind: Secret
metadata: {name: test-secret-2}
stringData: {username: user2, password: word}
---
apiVersion: v1
kind: Secret
metadata: {name: test-secret-3}
stringData: {username: user3, password: word}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: conformance}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Mi}}}
'''


def no_claim_left(*runs):
    left = subprocess.run(
        ['kubectl', '--kubeconfig', os.environ['ADMINISTRATOR'], '-n', os.environ['NAMESPACE'], 'get', 'pvc', '-o', 'name', '-l',
         'app.kubernetes.io/managed-by=kubeflow-pipelines-for-jenkins'], capture_output=True, text=True, check=True).stdout.split()
    runs_claims = [name for name in left if '-workspace' in name]
    assert not runs_claims, runs_claims


def two_of_three(run):
    good = [path for path, state in run.states().items() if state == 'SUCCEEDED' and 'validate-pod-metadata' in path]
    assert len(good) == 2, run.states()


# what needs a cluster; the reason is what is seen
CASES = {
    'create_pod_metadata_complex.yaml': run(
        state='FAILED', check=two_of_three, why='labels and annotations read by field path; the third task looks for variables it never asks for'),
    'critical/pipeline_with_pod_metadata.yaml': run(why='labels and annotations, set in the pipeline and in a loop'),
    MODEL: run('--image', f'registry.domain.local/modelcar:test={os.environ.get("KUBEFLOW_MODEL_IMAGE")}', why='a model in an image'),
    'critical/missing_kubernetes_optional_inputs.yaml': run(why='absent optional secrets, volumes and tolerations are left out'),
    'critical/pipeline_with_workspace.yaml': run(check=no_claim_left, why='a claim for the run, gone with it'),
    'parallel_and_nested/nested_parallel_for_secret.yaml': run(why='a secret by a name that a task puts out, in loops'),
    'parallel_and_nested/parallel_for_mount_pvc.yaml': run(why='CreatePVC, mounted in each iteration'),
    'pipeline_with_secret_as_volume.yaml': run(*p(secret_param='test-secret-1'), why='a secret as volume'),
    'pipeline_with_volume.yaml': run(why='CreatePVC, two tasks that share it, DeletePVC'),
    GPU: run(why='a tolerated accelerator'),
    'pvc_mount.yaml': run(*p(pvc_name='conformance'), why='a claim that was there before'),
}
# steps of these need packages that the image lacks, or images of the world outside
OUTSIDE = ['critical/parameters_simple.yaml', 'critical/notebook_component_simple.yaml', 'essential/component_with_pip_install_in_venv.yaml',
           'essential/iris_pipeline_compiled.yaml', 'notebook_component_mixed.yaml']
# what is another than with local processes
OTHERS = {'essential/embedded_artifact.yaml': run(why='the newer kfp of the image, which has EmbeddedInput, will do')}
SHOWN = [
    'hello_world.yaml', 'critical/add_numbers.yaml', 'critical/two_step_pipeline_containerized.yaml', 'critical/collected_parameters.yaml',
    'artifacts_complex.yaml', 'essential/component_with_env_variable.yaml', 'failing/pipeline_with_exit_handler.yaml',
    'essential/pipeline_with_outputs.yaml', 'output_metrics.yaml', 'critical/pythonic_artifacts_test_pipeline.yaml', 'local_execution/pipeline_with_caching.yaml',
]


def accelerators():
    nodes = subprocess.run(['kubectl', '--kubeconfig', os.environ['ADMINISTRATOR'], 'get', 'nodes', '-o', 'jsonpath={.items[*].status.allocatable}'],
                           capture_output=True, text=True, check=True).stdout
    return 'nvidia.com/gpu' in nodes


def one(name, case):
    runs = []
    for number in range(case.times):
        directory = OUT / f'{name.replace("/", "_")}-{number}'
        process = subprocess.run(
            ['java', '-jar', JAR, 'run', CORPUS / 'valid' / name, '--runner', 'kubernetes', '--out', directory, '--quiet',
             '--cache', OUT / ('cache-' + name.replace('/', '_')), '--image', 'registry.access.redhat.com/ubi9/*=python:3.11',
             '--image', 'public.ecr.aws/docker/library/*=python:3.11', '--image', 'ghcr.io/containerd/busybox=busybox', *case.arguments],
            capture_output=True, text=True, timeout=900)
        runs.append(Run(directory, process))
    last = runs[-1]
    assert last.state == case.state, f'{last.state} instead of {case.state}: {last.result.get("error") or last.stderr.strip()}'
    if case.check:
        case.check(*runs)


def main():
    if not CORPUS.is_dir():
        print('skipped: the conformance documents are not beside the project')
        return 0
    OUT.mkdir()
    subprocess.run(['kubectl', '--kubeconfig', os.environ['ADMINISTRATOR'], '-n', os.environ['NAMESPACE'], 'apply', '-f', '-'],
                   input=OBJECTS, text=True, check=True, stdout=subprocess.DEVNULL)
    cases = dict(CASES)
    local = {**LOCAL, **OTHERS}
    if not os.environ.get('KUBEFLOW_OUTSIDE'):
        local = {name: case for name, case in local.items() if name not in OUTSIDE}
        if NAMES == ['--all']:
            print(f'skipped: {", ".join(OUTSIDE)}: set KUBEFLOW_OUTSIDE=1 where pods reach a package index and Docker Hub')
    runnable = {name: case for name, case in local.items() if case.kind == 'run' and not any('TMP' in a for a in case.arguments)}
    cases.update((name, runnable[name]) for name in (runnable if NAMES == ['--all'] else SHOWN) if name in runnable and name not in cases)
    if NAMES and NAMES != ['--all']:
        cases = {name: case for name, case in cases.items() if any(n in name for n in NAMES)}
    if GPU in cases and not accelerators():
        cases.pop(GPU, None)
        print(f'skipped: {GPU}: no node has nvidia.com/gpu')
    if MODEL in cases and not os.environ.get('KUBEFLOW_MODEL_IMAGE'):
        cases.pop(MODEL)
        print(f'skipped: {MODEL}: KUBEFLOW_MODEL_IMAGE names no image with the files that it asks for in /models')
    bad = 0
    for name, case in cases.items():
        try:
            one(name, case)
            print(f'passed: {name}: {case.why}', flush=True)
        except (AssertionError, KeyError, IndexError, OSError, subprocess.SubprocessError) as e:
            print(f'FAILED: {name}: {e}', flush=True)
            bad = 1
    return bad


if __name__ == '__main__':
    sys.exit(main())
