"""If/Elif/Else, OneOf of parameters and artifacts, nested conditions."""
from kfp import compiler, dsl
from kfp.dsl import Artifact, Dataset, Input, Output


@dsl.component
def flip(side: str) -> str:
    return side


@dsl.component
def say(text: str) -> str:
    print(text)
    return text


@dsl.component
def write(text: str, data: Output[Dataset]):
    with open(data.path, 'w') as f:
        f.write(text)
    data.metadata['length'] = len(text)


@dsl.component
def read(data: Input[Dataset]) -> str:
    with open(data.path) as f:
        return f.read()


@dsl.pipeline(name='control-flow')
def control_flow(side: str = 'tails', number: int = 7) -> str:
    coin = flip(side=side)
    with dsl.If(coin.output == 'heads'):
        a = say(text='it is heads')
        x = write(text='from heads')
    with dsl.Elif(coin.output == 'tails'):
        b = say(text='it is tails')
        y = write(text='from tails')
        with dsl.If(number > 5):
            say(text='and the number is large').set_display_name('large')
        with dsl.If(number <= 5):
            say(text='and the number is small').set_display_name('small')
    with dsl.Else():
        c = say(text='it stands')
        z = write(text='from the edge')
    said = dsl.OneOf(a.output, b.output, c.output)
    data = dsl.OneOf(x.outputs['data'], y.outputs['data'], z.outputs['data'])
    final = read(data=data)
    say(text=said)
    return final.output


if __name__ == '__main__':
    compiler.Compiler().compile(control_flow, __file__.replace('.py', '.yaml'))
