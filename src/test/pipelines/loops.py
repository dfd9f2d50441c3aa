"""ParallelFor: static, dynamic, nested, over struct fields, with a limit; Collected parameters and artifacts; skipped iterations."""
from typing import Dict, List

from kfp import compiler, dsl
from kfp.dsl import Dataset, Input, Output


@dsl.component
def numbers(n: int) -> List[int]:
    return list(range(n))


@dsl.component
def double(num: int) -> int:
    return 2 * num


@dsl.component
def times(a: int, b: int) -> int:
    return a * b


@dsl.component
def total(nums: List[int]) -> int:
    return sum(nums)


@dsl.component
def total_nested(nums: List[List[int]]) -> int:
    return sum(sum(row) for row in nums)


@dsl.component
def show(text: str):
    print(text)


@dsl.component
def save(num: int, data: Output[Dataset]):
    with open(data.path, 'w') as f:
        f.write(str(num))


@dsl.component
def join(data: Input[List[Dataset]]) -> str:
    return ','.join(open(d.path).read() for d in data)


@dsl.component
def summary(dynamic: int, nested: int, large: int, joined: str) -> Dict[str, str]:
    return {'dynamic': str(dynamic), 'nested': str(nested), 'large': str(large), 'joined': joined}


@dsl.pipeline(name='loops')
def loops(n: int = 5) -> Dict[str, str]:
    made = numbers(n=n)
    with dsl.ParallelFor(items=made.output, parallelism=2) as num:
        doubled = double(num=num)
        saved = save(num=doubled.output)
    with dsl.ParallelFor(items=[1, 2, 3]) as a:
        with dsl.ParallelFor(items=[10, 20]) as b:
            product = times(a=a, b=b)
    with dsl.ParallelFor(items=[1, 2, 3]) as num:
        twice = double(num=num)
        with dsl.If(twice.output >= 4):
            large = double(num=twice.output)
    with dsl.ParallelFor(items=[{'title': 'x', 'size': 1}, {'title': 'y', 'size': 2}]) as item:
        show(text=item.title)
    final = summary(
        dynamic=total(nums=dsl.Collected(doubled.output)).output,
        nested=total_nested(nums=dsl.Collected(product.output)).output,
        large=total(nums=dsl.Collected(large.output)).output,
        joined=join(data=dsl.Collected(saved.outputs['data'])).output)
    return final.output


if __name__ == '__main__':
    compiler.Compiler().compile(loops, __file__.replace('.py', '.yaml'))
