"""What each of KFP's documents must do when run as local processes. Names are paths below valid/."""
from dataclasses import dataclass, field
from typing import Callable, Optional


@dataclass
class Case:
    """kind: run; or cluster, cloud, packages, resolve: read and graph only, for the reason in why."""
    kind: str = 'run'
    arguments: list = field(default_factory=list)
    state: str = 'SUCCEEDED'
    check: Optional[Callable] = None
    why: str = ''
    times: int = 1


def run(*arguments, state='SUCCEEDED', check=None, why='', times=1):
    return Case('run', list(arguments), state, check, why, times)


def p(**values):
    return [word for name, value in values.items() for word in ('-p', f'{name}={value}')]


def output(value, name='Output'):
    def check(run):
        assert run.outputs.get(name) == value, f'output {name} is {run.outputs.get(name)!r} instead of {value!r}'
    return check


def logged(path, *texts):
    def check(run):
        log = run.log(path)
        for text in texts:
            assert text in log, f'the log of {path} lacks {text!r}: {log[-200:]!r}'
    return check


def hello(run):
    assert run.log('echo').strip() == 'hello world', run.log('echo')


def states(**expected):
    """Task paths with _ for - and __ for /."""
    wanted = {name.replace('__', '/').replace('_', '-'): state for name, state in expected.items()}

    def check(run):
        seen = run.states()
        for path, state in wanted.items():
            assert seen.get(path) == state, f'{path} is {seen.get(path)} instead of {state}'
    return check


def all_of(*checks):
    def check(*runs):
        for one in checks:
            one(*runs)
    return check


def conditional(run):
    assert run.outputs.get('Output') == 10, run.outputs
    assert [p for p, s in run.states().items() if s == 'SKIPPED'], 'no iteration was skipped'


def artifacts_complex(run):
    text = open(run.artifact('sum')[0]['path']).read()
    assert text == '42', text
    values = sorted(open(a['path']).read() for a in run.artifact('datasets'))
    assert values == ['2', '4', '6'], values


def nested_loops(run):
    prints = [p for p in run.paths(r'print-op[-0-9]*$')]
    assert len(prints) == 12, prints
    values = sorted(run.tasks[p]['inputs']['parameters']['msg'] for p in run.paths(r'for-loop-2\[\d\]/print-op$'))
    assert values == ['1', '11', '2', '22'], values


def exactly_one_branch(run):
    groups = run.paths(r'condition-branches-\d+$')
    assert groups, 'no branches'
    for group in groups:
        taken = [p for p in run.paths('^' + group + r'/condition-\d+$') if run.tasks[p]['state'] == 'SUCCEEDED']
        if run.tasks[group]['state'] == 'SUCCEEDED':
            assert len(taken) <= 1, (group, taken)


def oneof_game(run):
    assert run.outputs['Output'] in ('Got heads!', 'Got tails!', 'Draw!'), run.outputs


def exit_handler(run):
    seen = run.states()
    assert seen['exit-handler-1'] == 'FAILED' and seen['exit-handler-1/fail-op'] == 'FAILED', seen
    exits = [p for p in run.paths(r'^print-op') if seen[p] == 'SUCCEEDED']
    assert any('Exit handler has worked!' in run.log(p) for p in exits), exits


def multiple_exit_handlers(run):
    seen = run.states()
    assert [seen[f'exit-handler-{n}'] for n in (1, 2, 3)] == ['FAILED', 'SUCCEEDED', 'SUCCEEDED'], seen
    assert len([p for p in run.paths(r'^print-op[-\d]*$') if seen[p] == 'SUCCEEDED']) >= 3, seen


def pipeline_as_exit_task(run):
    seen = run.states()
    assert seen['exit-handler-1/fail-op'] == 'FAILED', seen
    assert any(s == 'SUCCEEDED' and '/condition-' in p for p, s in seen.items()), seen


def retried(run):
    task = next(t for t in run.result['tasks'] if t['kind'] == 'container')
    assert len(task['attempts']) == 2, task['attempts']
    assert run.outputs['Output'] == 'attempt=2', run.outputs
    for attempt in task['attempts']:
        assert (run.directory / attempt['log']).exists()


def hits(run, again):
    assert all(t['state'] == 'SUCCEEDED' for t in run.result['tasks'] if t['kind'] == 'container')
    assert all(t['state'] == 'CACHED' and not t['attempts'] for t in again.result['tasks'] if t['kind'] == 'container'), again.states()
    assert run.outputs == again.outputs


def never_hits(run, again):
    assert all(t['state'] == 'SUCCEEDED' for t in again.result['tasks'] if t['kind'] == 'container'), again.states()


def metrics(run):
    artifacts = [a for t in run.result['tasks'] for l in t['outputs']['artifacts'].values() for a in l if a['type'] == 'system.Metrics']
    assert artifacts and isinstance(artifacts[0]['metadata']['accuracy'], (int, float)), artifacts


def visualised(run):
    types = {a['type'] for t in run.result['tasks'] for l in t['outputs']['artifacts'].values() for a in l}
    assert {'system.Metrics', 'system.ClassificationMetrics', 'system.HTML', 'system.Markdown'} <= types, types


def if_placeholder(run):
    log = next(run.log(p) for p in run.tasks if run.tasks[p]['attempts'])
    assert '--arg1' not in log, log


def formats(run):
    logs = ''.join(run.log(p) for p in run.tasks if run.tasks[p]['attempts'])
    for text in ('Hello KFP', 'Hello KFP, again.', '1 and KFP.', '2 and KFP.'):
        assert text in logs, (text, logs)


def ordered(run):
    ended = {t['name']: t for t in run.result['tasks']}
    assert run.state == 'SUCCEEDED' and ended


def parameters_simple(run):
    assert run.outputs.get('Output') == [2, 4, 6] or [2, 4, 6] in run.outputs.values(), run.outputs


def typed(run):
    outputs = next(t['outputs'] for t in run.result['tasks'] if t['kind'] == 'container')
    kinds = {type(v) for v in outputs['parameters'].values()}
    assert kinds == {dict, bool, list, str} and outputs['artifacts'], outputs


CLUSTER = 'cluster'
CASES = {
    'arguments_parameters.zip': run(*p(param1='hello', param2='world'), check=logged('echo', 'hello', 'world'), why='prints both arguments'),
    'artifacts_complex.yaml': run(check=artifacts_complex, why='sum 42; datasets 2, 4, 6 collected'),
    'artifacts_simple.yaml': run(why='a list of artifacts reaches a container component'),
    'component_with_metadata_fields.yaml': run(state='FAILED', why='its required artifacts are not given: the task says which'),
    'components_with_optional_artifacts.yaml': run(why='optional artifacts that nobody supplies'),
    'conditional_producer_and_consumers.yaml': run(*p(threshold=2), check=conditional, why='collects 4 and 6; the output is the number 10'),
    'container_with_artifact_output.yaml': Case('resolve', why='made-up command'),
    'container_with_concat_placeholder.yaml': Case('resolve', why='made-up command'),
    'container_with_placeholder_in_fstring.yaml': Case('resolve', why='made-up command'),
    'create_pod_metadata_complex.yaml': Case(CLUSTER, why='asserts labels of its pod'),
    'critical/add_numbers.yaml': run(*p(a=5, b=5), check=output(10), why='10, an integer'),
    'critical/artifact_cache.yaml': run(why='succeeds'),
    'critical/artifact_crust.yaml': run(why='succeeds'),
    'critical/collected_parameters.yaml': run(why='succeeds'),
    'critical/component_with_optional_inputs.yaml': run(why='asserts that absent optionals are None'),
    'critical/container_component_with_no_inputs.yaml': run(why='succeeds'),
    'critical/if_else_with_oneof_artifacts.yaml': run(check=exactly_one_branch, why='OneOf of artifacts: one branch'),
    'critical/missing_kubernetes_optional_inputs.yaml': run(why='absent Kubernetes inputs are left out'),
    'critical/mixed_parameters.yaml': run(why='asserts its types itself'),
    'critical/modelcar.yaml': Case(CLUSTER, why='reads a model image mounted into its pod'),
    'critical/multiple_parameters_namedtuple.yaml': run(why='succeeds'),
    'critical/notebook_component_simple.yaml': run(why='runs a notebook'),
    'critical/parameters_simple.yaml': run(check=parameters_simple, why='collected [2, 4, 6]'),
    'critical/pipeline_with_artifact_upload_download.yaml': Case('cloud', why='downloads a data set'),
    'critical/pipeline_with_env.yaml': run(why='asserts its environment'),
    'critical/pipeline_with_input_status_state.yaml': run('--mlmd-states', why="with KFP's server's state names (COMPLETE)"),
    'critical/pipeline_with_pod_metadata.yaml': Case(CLUSTER, why='asserts labels of its pod'),
    'critical/pipeline_with_retry.yaml': run(why='succeeds'),
    'critical/pipeline_with_workspace.yaml': run(why='steps share the workspace'),
    'critical/producer_consumer_param_pipeline.yaml': run(why='a parameter through a file'),
    'critical/pythonic_artifacts_test_pipeline.yaml': run(why='artifacts as return values'),
    'critical/two_step_pipeline_containerized.yaml': run(why='an artifact of a shell step is read by the next'),
    'cross_loop_after_topology.yaml': run(check=ordered, why='order between loops'),
    'env-var.yaml': run(*p(env_var='HOME'), why='reads a variable'),
    'essential/component_with_pip_install_in_venv.yaml': run(why='an environment of its own'),
    'essential/concat_message.yaml': run(*p(message1='Hello ', message2='World!'), check=output('Hello World!'), why='Hello World!'),
    'essential/dict_input.yaml': run('-p', 'struct={"a": 1}', why='a struct'),
    'essential/embedded_artifact.yaml': run(state='FAILED', why='asks for kfp 2.14.3, whose dsl has no EmbeddedInput: fails with any runner that installs what it asks for'),
    'essential/iris_pipeline_compiled.yaml': run(why='scikit-learn and pandas from the package index'),
    'essential/pipeline_with_after.yaml': run(why='succeeds'),
    'essential/pipeline_with_condition.yaml': run(why='succeeds'),
    'essential/pipeline_with_metrics_outputs.yaml': run(why='succeeds'),
    'essential/pipeline_with_nested_conditions.yaml': run(why='succeeds'),
    'essential/pipeline_with_outputs.yaml': run(why='an artifact of a nested pipeline becomes an output'),
    'essential/pipeline_with_params_containing_format.yaml': run(check=formats, why='f-strings'),
    'essential/pipeline_with_reused_component.yaml': run(why='succeeds'),
    'essential/placeholder_with_if_placeholder_none_input_value.yaml': run(check=if_placeholder, why='IfPresent without a value leaves the argument out'),
    'failing/fail_v2.yaml': run(state='FAILED', why='fails'),
    'failing/pipeline_with_exit_handler.yaml': run(state='FAILED', check=exit_handler, why='the exit task runs after the failure'),
    'failing/pipeline_with_multiple_exit_handlers.yaml': run(state='FAILED', check=multiple_exit_handlers, why='three independent exit handlers'),
    'gpu-scheduling/nvidia_gpu_scheduling_check.yaml': run(why='the accelerator is ignored without a cluster'),
    'hello_world.yaml': run(check=hello, why='the log is exactly hello world'),
    'if_elif_else_complex.yaml': run(check=exactly_one_branch, why='at most one branch of each group'),
    'if_else_with_oneof_artifacts.yaml': run(check=exactly_one_branch, why='OneOf of artifacts'),
    'if_else_with_oneof_parameters.yaml': run(check=exactly_one_branch, why='OneOf of parameters'),
    'input_artifact.yaml': run(state='FAILED', why='its required artifact is not given: the task says which'),
    'local_execution/local_execution_pipeline_with_exit_handler.yaml': run(why='succeeds'),
    'local_execution/local_execution_pipeline_with_k8s_only_methods.yaml': run(why='Kubernetes settings are ignored without a cluster'),
    'local_execution/local_execution_pipeline_with_oneof.yaml': run(*p(pick_a='true'), check=output('selected:A'), why='selected:A'),
    'local_execution/local_execution_pipeline_with_retry.yaml': run(*p(counter_path='TMP-counter'), check=retried, why='two attempts, both logs kept'),
    'local_execution/pipeline_with_caching.yaml': run(check=hits, times=2, why='the second run takes everything from the cache'),
    'log_streaming_compiled.yaml': run(why='a minute of log lines'),
    'metrics_visualization_v2.yaml': run(check=visualised, why='scalar metrics, confusion matrix, ROC, HTML, Markdown'),
    'nested_return.yaml': run(check=output([{'A_a': '1', 'B_b': '2'}, {'A_a': '10', 'B_b': '20'}]), why='a list of structs'),
    'nested_with_parameters.yaml': run(why='nested collected lists'),
    'notebook_component_mixed.yaml': run(why='notebooks and components'),
    'output_metrics.yaml': run(check=metrics, why='a number as metric'),
    'parallel_and_nested/nested_parallel_for_secret.yaml': Case(CLUSTER, why='reads a secret'),
    'parallel_and_nested/nested_pipeline_opt_input_child_level_compiled.yaml': run(why='optional inputs of nested pipelines'),
    'parallel_and_nested/nested_pipeline_opt_inputs_nil_compiled.yaml': run(why='explicit nulls'),
    'parallel_and_nested/nested_pipeline_opt_inputs_parent_level_compiled.yaml': run(why='optional inputs of nested pipelines'),
    'parallel_and_nested/parallel_for_mount_pvc.yaml': Case(CLUSTER, why='makes and mounts a volume'),
    'parallel_and_nested/pipeline_in_pipeline_complex.yaml': run(why='succeeds'),
    'parallel_and_nested/pipeline_in_pipeline_loaded_from_yaml.yaml': run(why='succeeds'),
    'pipeline_as_exit_task.yaml': run(state='FAILED', check=pipeline_as_exit_task, why='a pipeline as exit task sees FAILED'),
    'pipeline_producer_consumer.yaml': run(why='succeeds'),
    'pipeline_with_condition_dynamic_task_output_custom_training_job.yaml': Case('cloud', why='a Vertex AI job'),
    'pipeline_with_dynamic_importer_metadata.yaml': run(why='placeholders in the metadata of importers'),
    'pipeline_with_google_artifact_type.yaml': Case('packages', why='google-cloud-aiplatform at a version the package index no longer has for this Python'),
    'pipeline_with_importer.json': Case('cloud', why='reads gs://'),
    'pipeline_with_importer.yaml': Case('cloud', why='reads gs://'),
    'pipeline_with_importer_and_gcpc_types.yaml': Case('resolve', why='made-up command'),
    'pipeline_with_loops_and_conditions.yaml': run(why='succeeds'),
    'pipeline_with_nested_loops.yaml': run(check=nested_loops, why='12 print tasks; 1, 2, 11, 22 over struct fields'),
    'pipeline_with_only_display_name.yaml': run(why='succeeds'),
    'pipeline_with_parallelfor_pipeline_param.yaml': run('-p', 'loop_parameter=["a","b"]', *p(prefix='x'), why='a loop over an input'),
    'pipeline_with_secret_as_volume.yaml': Case(CLUSTER, why='reads a secret'),
    'pipeline_with_string_machine_fields_pipeline_input.yaml': run(why='resources are ignored without a cluster'),
    'pipeline_with_string_machine_fields_task_output.yaml': run(why='resources from task outputs'),
    'pipeline_with_task_final_status_yaml.yaml': run(why='succeeds'),
    'pipeline_with_task_using_ignore_upstream_failure.yaml': run(state='FAILED', check=states(fail_op='FAILED', print_op='SUCCEEDED'), why='cleanup runs with its default; the run fails'),
    'pipeline_with_various_io_types.yaml': Case('resolve', why='made-up command'),
    'pipeline_with_volume.yaml': Case(CLUSTER, why='makes and mounts a volume'),
    'preprocess.yaml': run('-p', 'message=hi', '-p', 'input_list_parameter=["a"]', '-p', 'input_dict_parameter={"A": 1}', check=typed, why='struct, bool, list, string and an artifact'),
    'pvc_mount.yaml': Case(CLUSTER, why='mounts a volume'),
    'pythonic_artifacts_with_list_of_artifacts.yaml': run(why='succeeds'),
    'pythonic_artifacts_with_multiple_returns.yaml': run(why='succeeds'),
    'run_as_user_cache_disabled.yaml': run('--no-cache', check=never_hits, times=2, why='the same document with caching off for the run: never a hit'),
    'run_as_user_cache_enabled.yaml': run(check=hits, times=2, why='caching on: a hit'),
    'sequential_v1.yaml': Case('run', p(param1='a', param2='b'), why='succeeds'),
    'sequential_v2.yaml': Case('cloud', why='gsutil'),
    'take_nap_compiled.yaml': Case('resolve', why='sleeps for minutes to be watched by hand'),
    'two_step_pipeline.yaml': Case('cloud', why='writes to /gcs'),
    'upload_download_compiled.yaml': Case('cloud', why='talks to an object store'),
}
