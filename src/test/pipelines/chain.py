"""Benchmarks: a chain of 20 lightweight Python components, 10 independent ones, and a loop of 1 000 echoes."""
from kfp import compiler, dsl


@dsl.component
def increment(x: int) -> int:
    return x + 1


@dsl.container_component
def echo(text: str):
    return dsl.ContainerSpec(image='busybox', command=['echo'], args=[text])


@dsl.pipeline(name='chain')
def chain(x: int = 0) -> int:
    for _ in range(20):
        x = increment(x=x).set_caching_options(False).output
    return x


@dsl.pipeline(name='independent')
def independent(x: int = 0):
    for _ in range(10):
        increment(x=x).set_caching_options(False)


@dsl.pipeline(name='thousand')
def thousand():
    with dsl.ParallelFor(items=[str(i) for i in range(1000)]) as item:
        echo(text=item).set_caching_options(False)


if __name__ == '__main__':
    for pipeline in (chain, independent, thousand):
        compiler.Compiler().compile(pipeline, __file__.replace('chain.py', pipeline.name + '.yaml'))
