"""A model that is an image: read by a shell, by a Python component and by an image without a shell."""
from kfp import compiler, dsl


@dsl.container_component
def read(model: dsl.Input[dsl.Model], text: dsl.OutputPath(str)):
    return dsl.ContainerSpec(image='busybox:1.36', command=['sh', '-ec', 'ls -lR "$0/"; cat "$0/sub/w.txt" > "$1"'], args=[model.path, text])


@dsl.component(base_image='python:3.11')
def python(model: dsl.Input[dsl.Model]) -> str:
    print(model.uri, model.path)
    with open(model.path + '/sub/w.txt') as file:
        return file.read()


@dsl.container_component
def bare(model: dsl.Input[dsl.Model], answer: dsl.OutputPath(str)):
    return dsl.ContainerSpec(image='example.com/noshell:1', args=['--out', answer, model.path])


@dsl.pipeline(name='modelcar')
def modelcar(image: str = 'oci://example.com/team/model:1') -> str:
    model = dsl.importer(artifact_uri=image, artifact_class=dsl.Model)
    read(model=model.output)
    bare(model=model.output)
    return python(model=model.output).output


compiler.Compiler().compile(modelcar, __file__.replace('.py', '.yaml'))
