"""Artifacts of every kind in whatever store the run has: a file, a directory, an empty file, a Python component's, one of an image
without a shell, one that nobody writes."""
from kfp import compiler, dsl


@dsl.container_component
def make(data: dsl.Output[dsl.Dataset], tree: dsl.Output[dsl.Artifact], unwritten: dsl.Output[dsl.Artifact], words: dsl.OutputPath(str)):
    return dsl.ContainerSpec(
        image='busybox:1.36',
        command=['sh', '-ec', '''
            mkdir -p "$(dirname "$0")" "$1/sub dir/deep"
            head -c 5000000 /dev/urandom > "$0"
            sha256sum < "$0" > "$1/digest"
            echo inner > "$1/sub dir/deep/ü+&.txt"
            : > "$1/empty"
            echo done > "$2"'''],
        args=[data.path, tree.path, words])


@dsl.container_component
def check(data: dsl.Input[dsl.Dataset], tree: dsl.Input[dsl.Artifact], unwritten: dsl.Input[dsl.Artifact], table: dsl.Output[dsl.Dataset]):
    return dsl.ContainerSpec(
        image='busybox:1.36',
        command=['sh', '-ec', '''
            [ "$(sha256sum < "$0")" = "$(cat "$1/digest")" ]
            [ "$(cat "$1/sub dir/deep/ü+&.txt")" = inner ]
            [ -f "$1/empty" ] || echo "the store keeps no empty files"
            [ ! -e "$2" ]
            printf 'a,b\\n1,2\\n3,4\\n' > "$3"'''],
        args=[data.path, tree.path, unwritten.path, table.path])


@dsl.component(base_image='python:3.11')
def python(data: dsl.Input[dsl.Dataset], note: dsl.Output[dsl.Markdown], metrics: dsl.Output[dsl.Metrics]) -> int:
    import os
    print(data.uri, data.path, note.uri, note.path)
    with open(note.path, 'w') as file:
        file.write('# read ' + str(os.path.getsize(data.path)))
    metrics.log_metric('size', os.path.getsize(data.path))
    return os.path.getsize(data.path)


@dsl.container_component
def bare(data: dsl.Input[dsl.Artifact], answer: dsl.Output[dsl.Artifact]):
    return dsl.ContainerSpec(image='example.com/noshell:1', args=['--out', answer.path, data.path])


@dsl.container_component
def last(note: dsl.Input[dsl.Markdown], answer: dsl.Input[dsl.Artifact]):
    return dsl.ContainerSpec(image='busybox:1.36', command=['sh', '-ec', 'cat "$0" "$1"; grep -q "read 5000000" "$0"; [ -s "$1" ]'], args=[note.path, answer.path])


@dsl.pipeline(name='stores')
def stores() -> int:
    made = make()
    check(data=made.outputs['data'], tree=made.outputs['tree'], unwritten=made.outputs['unwritten'])
    read = python(data=made.outputs['data'])
    last(note=read.outputs['note'], answer=bare(data=made.outputs['tree']).outputs['answer'])
    return read.outputs['Output']


compiler.Compiler().compile(stores, __file__.replace('.py', '.yaml'))
