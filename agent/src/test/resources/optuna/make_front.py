"""Makes a database with a study of two objectives and a constraint, some trials failed, one running. Arguments: file, names of metrics or -."""

import json
import sys
import warnings

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.WARNING)


def objective(trial):
    x = trial.suggest_float("X", 0.0, 1.0)
    k = trial.suggest_int("K", 1, 64)
    fast = trial.suggest_categorical("FAST", [True, False])
    trial.set_user_attr("k", k)
    if k > 58:
        raise MemoryError("too large")
    return k / 10 - (x - 0.3) ** 2, float(k) / (2 if fast else 1)


def constraints(trial):
    return (trial.user_attrs["k"] - 40.0,)


sampler = optuna.samplers.NSGAIISampler(seed=5, population_size=10, constraints_func=constraints)
study = optuna.create_study(
    storage="sqlite:///" + sys.argv[1], study_name="old", directions=["maximize", "minimize"], sampler=sampler
)
if sys.argv[2] != "-":
    names = sys.argv[2].split(",")
    if hasattr(study, "set_metric_names"):
        study.set_metric_names(names)
    else:
        study._storage.set_study_system_attr(study._study_id, "study:metric_names", names)
study.optimize(objective, n_trials=40, catch=(MemoryError,))
study.ask({"X": FloatDistribution(0, 1), "K": IntDistribution(1, 64), "FAST": CategoricalDistribution([True, False])})
print(
    json.dumps(
        [
            {
                "state": trial.state.name,
                "config": trial.params,
                "values": trial.values,
                "broken": any(c > 0 for c in trial.system_attrs.get("constraints") or []),
            }
            for trial in study.trials
        ]
    )
)
