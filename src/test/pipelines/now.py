"""Prints the time at which its only step runs: for measuring the start of the command line."""
from kfp import compiler, dsl


@dsl.container_component
def now():
    return dsl.ContainerSpec(image='busybox', command=['date', '+%s.%N'])


@dsl.pipeline(name='now')
def pipeline():
    now()


if __name__ == '__main__':
    compiler.Compiler().compile(pipeline, __file__.replace('.py', '.yaml'))
