"""A parameter of many megabytes and an artifact of many gigabytes pass from step to step: for src/test/limits."""
from kfp import compiler, dsl
from kfp.dsl import Artifact, Input, Output, OutputPath


@dsl.container_component
def write(megabytes: int, gigabytes: int, text: OutputPath(str), data: Output[Artifact]):
    return dsl.ContainerSpec(
        image='busybox',
        command=['sh', '-c', 'mkdir -p "$(dirname "$2")" "$(dirname "$3")"; head -c "${0}000000" /dev/zero | tr "\\0" x > "$2"; '
                 'truncate -s "${1}G" "$3"'],
        args=[megabytes, gigabytes, text, data.path])


@dsl.container_component
def shell(text: str, data: Input[Artifact], length: OutputPath(int), size: OutputPath(int)):
    return dsl.ContainerSpec(
        image='busybox',
        command=['sh', '-c', 'mkdir -p "$(dirname "$2")" "$(dirname "$3")"; printf "%s" "$1" > /dev/null; printf "%s" "${#1}" > "$2"; '
                 'wc -c < "$4" | tr -d " \\n" > "$3"', 'shell'],
        args=[text, length, size, data.path])


@dsl.component
def python(text: str, data: Input[Artifact]) -> str:
    import os
    assert set(text) == {'x'}
    return f'{len(text)} {os.path.getsize(data.path)}'


@dsl.pipeline(name='large')
def large(megabytes: int = 50, gigabytes: int = 5) -> str:
    written = write(megabytes=megabytes, gigabytes=gigabytes)
    shell(text=written.outputs['text'], data=written.outputs['data'])
    return python(text=written.outputs['text'], data=written.outputs['data']).output


if __name__ == '__main__':
    compiler.Compiler().compile(large, __file__.replace('.py', '.yaml'))
