"""Runs one of Optuna's samplers for several objectives on a task that another process serves; takes the options of Optuna's program, and prints each trial's losses."""
import argparse
import json
import subprocess
import time
import warnings

import optuna

SAMPLERS = {
    "nsga2": lambda seed: optuna.samplers.NSGAIISampler(seed=seed),
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "tpe-mv": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True, constant_liar=True),
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
}


def suggest(trial, parameter):
    name, kind = parameter["name"], parameter["type"]
    if kind == "choice":
        return trial.suggest_categorical(name, parameter["options"])
    draw = trial.suggest_int if kind == "int" else trial.suggest_float
    return draw(name, parameter["low"], parameter["high"], log=parameter.get("log", False))


def run(process, task, sampler, seed, trials):
    signs = [1.0 if goal == "minimize" else -1.0 for goal in task["goals"]]
    study = optuna.create_study(directions=["minimize"] * len(signs), sampler=SAMPLERS[sampler](seed))
    losses, spent = [], 0.0
    for number in range(trials):
        began = time.perf_counter()
        trial = study.ask()
        config = {p["name"]: suggest(trial, p) for p in task["space"]}
        spent += time.perf_counter() - began
        process.stdin.write(json.dumps({"id": number, "config": config, "seed": seed * 100_000 + number}) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        if answer.get("status") != "measured":
            raise SystemExit(f"objective: {answer}")
        losses.append([sign * value for sign, value in zip(signs, answer["values"])])
        began = time.perf_counter()
        study.tell(trial, losses[-1])
        spent += time.perf_counter() - began
    return {"sampler": sampler, "seed": seed, "losses": losses, "ask_tell_seconds": spent}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sampler", choices=list(SAMPLERS), required=True)
    parser.add_argument("--trials", type=int, required=True)
    parser.add_argument("--seeds", type=int, required=True)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("command", nargs=argparse.REMAINDER, help="-- the objective process and its arguments")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    process = subprocess.Popen(options.command[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    task = json.loads(process.stdout.readline())
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        print(json.dumps(run(process, task, options.sampler, seed, options.trials)), flush=True)
    process.stdin.close()
    process.wait(timeout=30)


main()
