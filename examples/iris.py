"""Trains classifiers on the iris data that ships with scikit-learn, in parallel, and reports on the best of them."""
from typing import List, NamedTuple

from kfp import compiler, dsl
from kfp.dsl import HTML, ClassificationMetrics, Dataset, Input, Markdown, Metrics, Model, Output

PACKAGES = ['scikit-learn==1.5.2', 'pandas==2.2.3']


@dsl.component(packages_to_install=PACKAGES)
def load_data(test_share: float, train: Output[Dataset], test: Output[Dataset]):
    from sklearn.datasets import load_iris
    from sklearn.model_selection import train_test_split
    data = load_iris(as_frame=True).frame
    left, right = train_test_split(data, test_size=test_share, random_state=7, stratify=data['target'])
    left.to_csv(train.path, index=False)
    right.to_csv(test.path, index=False)
    train.metadata['rows'] = len(left)
    test.metadata['rows'] = len(right)
    print(f'{len(left)} rows to learn from, {len(right)} to test with')


@dsl.component(packages_to_install=PACKAGES)
def train(data: Input[Dataset], test: Input[Dataset], c: float, model: Output[Model], metrics: Output[Metrics]) -> float:
    import pickle
    import pandas as pd
    from sklearn.linear_model import LogisticRegression
    frame = pd.read_csv(data.path)
    classifier = LogisticRegression(C=c, max_iter=1000).fit(frame.drop(columns='target'), frame['target'])
    with open(model.path, 'wb') as f:
        pickle.dump(classifier, f)
    held = pd.read_csv(test.path)
    accuracy = float(classifier.score(held.drop(columns='target'), held['target']))
    model.metadata['C'] = c
    metrics.log_metric('accuracy', accuracy)
    metrics.log_metric('C', c)
    print(f'C={c}: accuracy {accuracy:.3f}')
    return accuracy


@dsl.component
def best(accuracies: List[float], models: Input[List[Model]]) -> NamedTuple('Best', [('accuracy', float), ('path', str)]):
    from collections import namedtuple
    index = accuracies.index(max(accuracies))
    print('the best model is number', index)
    return namedtuple('Best', 'accuracy path')(accuracies[index], models[index].path)


@dsl.component(packages_to_install=PACKAGES)
def evaluate(path: str, test: Input[Dataset], quality: Output[ClassificationMetrics], page: Output[HTML]):
    import pickle
    import pandas as pd
    from sklearn.metrics import confusion_matrix, roc_curve
    with open(path, 'rb') as f:
        classifier = pickle.load(f)
    held = pd.read_csv(test.path)
    features, target = held.drop(columns='target'), held['target']
    matrix = confusion_matrix(target, classifier.predict(features))
    quality.log_confusion_matrix(['setosa', 'versicolor', 'virginica'], matrix.tolist())
    fpr, tpr, thresholds = roc_curve(target == 1, classifier.predict_proba(features)[:, 1])
    quality.log_roc_curve(fpr.tolist(), tpr.tolist(), thresholds.tolist())
    with open(page.path, 'w') as f:
        f.write('<h2>Coefficients</h2>' + pd.DataFrame(classifier.coef_, columns=features.columns).round(2).to_html())


@dsl.component
def summarise(accuracy: float, verdict: str, notes: Output[Markdown]):
    with open(notes.path, 'w') as f:
        f.write(f'# Iris\n\nThe best model reaches an accuracy of **{accuracy:.1%}**: {verdict}.\n')


@dsl.component
def say(verdict: str) -> str:
    print(verdict)
    return verdict


@dsl.pipeline(name='iris', description='Trains classifiers on the iris data in parallel and reports on the best of them.')
def iris(test_share: float = 0.3, wanted: float = 0.9) -> float:
    data = load_data(test_share=test_share)
    with dsl.ParallelFor(items=[0.01, 0.1, 1.0], name='regularisation') as c:
        trained = train(data=data.outputs['train'], test=data.outputs['test'], c=c)
    chosen = best(accuracies=dsl.Collected(trained.outputs['Output']), models=dsl.Collected(trained.outputs['model']))
    evaluate(path=chosen.outputs['path'], test=data.outputs['test'])
    with dsl.If(chosen.outputs['accuracy'] >= wanted):
        good = say(verdict='good enough to ship')
    with dsl.Else():
        bad = say(verdict='not good enough yet')
    summarise(accuracy=chosen.outputs['accuracy'], verdict=dsl.OneOf(good.output, bad.output))
    return chosen.outputs['accuracy']


if __name__ == '__main__':
    compiler.Compiler().compile(iris, __file__.replace('.py', '.yaml'))
