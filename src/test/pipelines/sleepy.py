"""A wide and deep run that takes a few seconds: for crash and cancel tests. Each step appends its name to a file when it has run."""
from typing import List

from kfp import compiler, dsl
from kfp.dsl import OutputPath


@dsl.container_component
def step(name: str, seconds: str, trace: str, done: OutputPath(str)):
    return dsl.ContainerSpec(
        image='busybox',
        command=['sh', '-c', 'sleep "$1"; echo "$0" >> "$2"; mkdir -p "$(dirname "$3")"; printf "%s" "$0" > "$3"'],
        args=[name, seconds, trace, done])


@dsl.pipeline(name='sleepy')
def sleepy(trace: str, seconds: str = '0.2') -> str:
    first = step(name='first', seconds=seconds, trace=trace).set_caching_options(False)
    with dsl.ParallelFor(items=['a', 'b', 'c', 'd', 'e', 'f'], parallelism=3) as item:
        one = step(name=item, seconds=seconds, trace=trace).after(first).set_caching_options(False)
        step(name=one.outputs['done'], seconds=seconds, trace=trace).set_caching_options(False)
    with dsl.If(first.outputs['done'] == 'first'):
        step(name='yes', seconds=seconds, trace=trace).set_caching_options(False)
    return first.outputs['done']


if __name__ == '__main__':
    compiler.Compiler().compile(sleepy, __file__.replace('.py', '.yaml'))
