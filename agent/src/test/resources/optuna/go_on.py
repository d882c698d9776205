"""Opens an exported journal with Optuna, checks each trial, goes on with it, and prints what it saw as JSON."""

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
sampler = optuna.samplers.TPESampler(seed=5, n_startup_trials=1, multivariate=True)
study = optuna.load_study(study_name=name, storage=storage, sampler=sampler)
trials = study.trials

# add_trials checks what opening a journal does not: times, and that each value lies in its distribution
copy = optuna.create_study(direction=study.direction)
copy.add_trials(trials)

space = {}
for trial in trials:
    space.update(trial.distributions)
asked = [study.ask(space) for _ in range(3)]
for trial in asked:
    study.tell(trial, 1000.0 if study.direction.name == "MINIMIZE" else -1000.0)

print(
    json.dumps(
        {
            "name": name,
            "direction": study.direction.name,
            "best_trial": study.best_trial.number,
            "best_value": study.best_value,
            "study_attrs": study.user_attrs,
            "trials": [
                {
                    "number": trial.number,
                    "state": trial.state.name,
                    "value": trial.value,
                    "params": trial.params,
                    "attrs": trial.user_attrs,
                    "intermediate": trial.intermediate_values,
                    "seconds": trial.duration.total_seconds(),
                    "start": trial.datetime_start.isoformat(),
                }
                for trial in trials
            ],
            "distributions": {key: repr(value) for key, value in space.items()},
            "asked": [{"number": trial.number, "params": trial.params} for trial in asked],
            "after": len(study.trials),
        }
    )
)
