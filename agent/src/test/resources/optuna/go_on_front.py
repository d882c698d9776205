"""Opens an exported journal of several objectives with Optuna, goes on with its NSGA-II, and prints what it saw as JSON."""

import json
import sys
import warnings

import optuna

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.WARNING)

if hasattr(optuna.storages, "JournalFileStorage"):
    backend = optuna.storages.JournalFileStorage(sys.argv[1])
else:
    backend = optuna.storages.journal.JournalFileBackend(sys.argv[1])
storage = optuna.storages.JournalStorage(backend)
(name,) = [summary.study_name for summary in optuna.get_all_study_summaries(storage=storage)]


def constraints(trial):
    return (0.0,)


sampler = optuna.samplers.NSGAIISampler(seed=5, population_size=4, constraints_func=constraints)
study = optuna.load_study(study_name=name, storage=storage, sampler=sampler)
trials = study.trials
optuna.create_study(directions=study.directions).add_trials(trials)
feasible = optuna.create_study(directions=study.directions)
feasible.add_trials([trial for trial in trials if all(c <= 0 for c in trial.system_attrs.get("constraints", []))])
space = {}
for trial in trials:
    space.update(trial.distributions)
for _ in range(3):
    study.tell(study.ask(space), [1.0 for _ in study.directions])
print(
    json.dumps(
        {
            "directions": [direction.name for direction in study.directions],
            "front": sorted(trial.values for trial in feasible.best_trials),
            "constraints": [trial.system_attrs.get("constraints") for trial in trials],
            "states": [trial.state.name for trial in trials],
            "after": len(study.trials),
        }
    )
)
