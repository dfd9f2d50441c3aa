"""Every parameter type through Python and back, defaults, optionals, f-strings, nested pipelines, metrics artifacts."""
from typing import Dict, List, NamedTuple, Optional

from kfp import compiler, dsl
from kfp.dsl import ClassificationMetrics, HTML, Markdown, Metrics, Output


@dsl.component
def types(i: int, f: float, s: str, b: bool, l: List[int], d: Dict[str, int], o: Optional[str] = None, e: int = 3) -> NamedTuple(
        'Outputs', [('i', int), ('f', float), ('s', str), ('b', bool), ('l', List[int]), ('d', Dict[str, int])]):
    assert type(i) is int and type(f) is float and type(b) is bool, (type(i), type(f), type(b))
    assert all(type(x) is int for x in l) and all(type(x) is int for x in d.values()), (l, d)
    assert o is None and e == 3
    from collections import namedtuple
    return namedtuple('Outputs', 'i f s b l d')(i + 1, f / 2, s.upper(), not b, l + [4], {**d, 'z': 26})


@dsl.component
def say(text: str) -> str:
    print(text)
    return text


@dsl.component
def plots(scalar: Output[Metrics], classes: Output[ClassificationMetrics], page: Output[HTML], notes: Output[Markdown]):
    scalar.log_metric('accuracy', 0.97)
    classes.log_confusion_matrix(['cat', 'dog'], [[9, 1], [2, 8]])
    classes.log_roc_curve([0.0, 0.1, 1.0], [0.0, 0.8, 1.0], [float('inf'), 0.5, 0.0])
    with open(page.path, 'w') as f:
        f.write('<h1>Hello</h1><script>document.title = "run"</script>')
    with open(notes.path, 'w') as f:
        f.write('# Notes\n\n* one\n* <b>two</b>\n')


@dsl.pipeline(name='inner')
def inner(word: str, times: int = 2) -> str:
    task = say(text=f'{word} x {times}')
    return task.output


@dsl.pipeline(name='values')
def values(i: int = 1, f: float = 2.5, s: str = 'text', b: bool = True, l: List[int] = [1, 2, 3], d: Dict[str, int] = {'a': 1}) -> str:
    made = types(i=i, f=f, s=s, b=b, l=l, d=d)
    nested = inner(word=made.outputs['s'])
    said = say(text=f'{made.outputs["i"]} and {nested.output}')
    plots().set_caching_options(False)
    return said.output


if __name__ == '__main__':
    compiler.Compiler().compile(values, __file__.replace('.py', '.yaml'))
