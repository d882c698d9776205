"""Runs Optuna's program, the first argument, so that each study begins with the first configs that the task has for its seed."""
import importlib.util
import sys

import optuna

sys.argv.pop(0)
spec = importlib.util.spec_from_file_location("optuna_peer", sys.argv[0])
peer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(peer)
run_alone, create_alone = peer.run, optuna.create_study


def run(objective, name, seed, trials):
    space, initial = objective.task["space"], objective.task["initial"]
    if not 0 <= seed < len(initial):
        raise SystemExit(f"there are first configs for the seeds 0 to {len(initial) - 1}, none for {seed}")
    unit = name.startswith("cma-es")

    def create_study(**options):
        study = create_alone(**options)
        for config in initial[seed]:
            study.enqueue_trial({p["name"]: peer.to_unit(p, config[p["name"]]) if unit else config[p["name"]] for p in space})
        return study

    optuna.create_study = create_study
    return run_alone(objective, name, seed, trials)


peer.run = run
sys.exit(peer.main())
