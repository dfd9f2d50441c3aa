"""Container components: placeholders, Concat, IfPresent, output files, environment, artifacts between shells."""
from typing import Optional

from kfp import compiler, dsl
from kfp.dsl import ConcatPlaceholder, Dataset, IfPresentPlaceholder, Input, Output, OutputPath


@dsl.container_component
def produce(text: str, number: OutputPath(int), data: Output[Dataset], suffix: Optional[str] = None):
    return dsl.ContainerSpec(
        image='busybox',
        command=['sh', '-c', 'echo "$@"; printf 41 > "$0"; mkdir -p "$(dirname "$1")"; printf "%s" "$2" > "$1"'],
        args=[
            number,
            data.path,
            ConcatPlaceholder(['<', text, '>']),
            IfPresentPlaceholder(input_name='suffix', then=['--suffix', suffix], else_=['--no-suffix']),
        ])


@dsl.container_component
def consume(number: int, data: Input[Dataset], copy: OutputPath(str)):
    return dsl.ContainerSpec(
        image='busybox',
        command=['sh', '-c', 'mkdir -p "$(dirname "$2")"; printf "%s %s %s" "$0" "$(cat "$1")" "$GREETING" > "$2"'],
        args=[number, data.path, copy])


@dsl.pipeline(name='containers')
def containers(text: str = 'a "quoted" $text', suffix: Optional[str] = None) -> str:
    made = produce(text=text, suffix=suffix)
    used = consume(number=made.outputs['number'], data=made.outputs['data'])
    used.set_env_variable('GREETING', 'hello').set_retry(num_retries=2, backoff_duration='1s')
    return used.outputs['copy']


if __name__ == '__main__':
    compiler.Compiler().compile(containers, __file__.replace('.py', '.yaml'))
