"""Exit handler with final status, ignore_upstream_failure, a failure beside a success."""
from kfp import compiler, dsl
from kfp.dsl import PipelineTaskFinalStatus


@dsl.component
def fail(message: str) -> str:
    import sys
    print(message)
    sys.exit(3)


@dsl.component
def say(text: str = 'nothing came'):
    print(text)


@dsl.component
def report(status: PipelineTaskFinalStatus):
    print('state', status.state, 'of', status.pipeline_task_name)


@dsl.pipeline(name='exit-handlers')
def exit_handlers(message: str = 'it breaks'):
    with dsl.ExitHandler(exit_task=report(), name='watched'):
        broken = fail(message=message)
        say(text=broken.output).set_display_name('never')
        say(text='beside it').set_display_name('beside')
    other = fail(message='this too').set_display_name('other')
    say(text=other.output).ignore_upstream_failure().set_display_name('cleanup')


if __name__ == '__main__':
    compiler.Compiler().compile(exit_handlers, __file__.replace('.py', '.yaml'))
