"""Importer with a constant and a parameter URI, metadata placeholders, workspace, directories."""
from kfp import compiler, dsl
from kfp.dsl import Dataset, Input, Output


@dsl.component
def folder(data: Output[Dataset]):
    import os
    os.makedirs(data.path)
    for name in 'ab':
        with open(os.path.join(data.path, name), 'w') as f:
            f.write(name)


@dsl.component
def ls(data: Input[Dataset]) -> str:
    import os
    return ','.join(sorted(os.listdir(data.path))) if os.path.isdir(data.path) else open(data.path).read()


@dsl.component
def keep(workspace: str, text: str):
    with open(workspace + '/kept', 'w') as f:
        f.write(text)


@dsl.component
def recall(workspace: str) -> str:
    return open(workspace + '/kept').read()


@dsl.pipeline(name='imports', pipeline_config=dsl.PipelineConfig(workspace=dsl.WorkspaceConfig(size='1Gi')))
def imports(uri: str) -> str:
    given = dsl.importer(artifact_uri=uri, artifact_class=Dataset, metadata={'source': uri})
    ls(data=given.output)
    made = folder()
    listed = ls(data=made.outputs['data'])
    kept = keep(workspace=dsl.WORKSPACE_PATH_PLACEHOLDER, text=listed.output)
    return recall(workspace=dsl.WORKSPACE_PATH_PLACEHOLDER).after(kept).output


if __name__ == '__main__':
    compiler.Compiler().compile(imports, __file__.replace('.py', '.yaml'))
