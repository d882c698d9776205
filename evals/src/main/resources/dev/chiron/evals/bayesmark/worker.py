"""The objective of LLAMBO's Bayesmark tasks: one JSON line for each JSON line on stdin, until that ends.

{"dataset": "wine", "model": "SVM", "config": {"C": 10.0, "gamma": 0.0005, "tol": 0.001}} is answered with
{"score": 0.78, "seconds": 0.02}: five-fold cross-validation on the training part, the accuracy, or the mean squared error of
diabetes. A score that is no number is null. The first line says which scikit-learn this is, or what is missing.
"""

import json
import math
import sys
import time
import warnings

try:
    import sklearn
    from sklearn import datasets
    from sklearn.ensemble import AdaBoostClassifier, AdaBoostRegressor, RandomForestClassifier, RandomForestRegressor
    from sklearn.model_selection import cross_val_score, train_test_split
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.svm import SVC, SVR
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
except ImportError as error:
    print(json.dumps({"missing": str(error)}), flush=True)
    sys.exit(0)

DATA = {
    "breast": datasets.load_breast_cancer,
    "digits": datasets.load_digits,
    "wine": datasets.load_wine,
    "iris": datasets.load_iris,
    "diabetes": datasets.load_diabetes,
}
SGD = dict(solver="sgd", early_stopping=True, max_iter=40, learning_rate="invscaling", random_state=0)
CLASSIFIERS = {
    "RandomForest": lambda **c: RandomForestClassifier(n_estimators=10, random_state=0, **c),
    "DecisionTree": lambda **c: DecisionTreeClassifier(random_state=0, **c),
    "SVM": lambda **c: SVC(random_state=0, **c),
    "AdaBoost": lambda **c: AdaBoostClassifier(random_state=0, **c),
    "MLP_SGD": lambda **c: MLPClassifier(**SGD, **c),
}
REGRESSORS = {
    "RandomForest": lambda **c: RandomForestRegressor(n_estimators=10, random_state=0, **c),
    "DecisionTree": lambda **c: DecisionTreeRegressor(random_state=0, **c),
    "SVM": lambda **c: SVR(**c),
    "AdaBoost": lambda **c: AdaBoostRegressor(random_state=0, **c),
    "MLP_SGD": lambda **c: MLPRegressor(activation="tanh", **SGD, **c),
}


def training_part(dataset):
    x, y = DATA[dataset](return_X_y=True)
    x, _, y, _ = train_test_split(x, y, test_size=0.2, random_state=0)
    return (x, (y - y.mean()) / y.std()) if dataset == "diabetes" else (x, y)


def score(dataset, model, config):
    x, y = training_part(dataset)
    if dataset == "diabetes":
        return -cross_val_score(REGRESSORS[model](**config), x, y, cv=5, scoring="neg_mean_squared_error").mean()
    return cross_val_score(CLASSIFIERS[model](**config), x, y, cv=5, scoring="accuracy").mean()


def answer(request):
    start = time.perf_counter()
    value = score(request["dataset"], request["model"], request["config"])
    seconds = time.perf_counter() - start
    return {"score": float(value) if math.isfinite(value) else None, "seconds": seconds}


warnings.simplefilter("ignore")  # of folds that diverge, and of nets that have not converged after 40 epochs
print(json.dumps({"sklearn": sklearn.__version__}), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
