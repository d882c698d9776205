package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of broken chiron.yaml gets one message with file, line and key. */
class BrokenSpecTest {

    @TempDir
    Path folder;

    private Workplace here;

    @BeforeEach
    void makeWorkplace() throws IOException {
        here = Workplace.in(folder);
    }

    /** A line of the sound file, what it is replaced by, and the message. */
    static Stream<Arguments> lines() {
        String lr = "  LR: { type: float, low: 0.005, high: 0.2, log: true }\n";
        String depth = "  DEPTH: { type: int, low: 4, high: 24, default: 8 }\n";
        String metric = "metric: { name: val_bpb }\n";
        return Stream.of(
                // keys
                arguments(metric, "metrc: { name: x }\n", "chiron.yaml:4: unknown key `metrc`, did you mean `metric`?"),
                arguments(
                        metric,
                        "metric: { name: x, gaol: maximize }\n",
                        "chiron.yaml:4: metric: unknown key `gaol`, did you mean `goal`?"),
                arguments(
                        metric,
                        metric + "limits: { time: 10m, walltime: 3 }\n",
                        "chiron.yaml:5: limits: unknown key `walltime`; known are time, memory, processes, output, disk"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, hihg: 0.2 }\n",
                        "chiron.yaml:7: space.LR: unknown key `hihg`, did you mean `high`?"),
                arguments(
                        metric,
                        "metric: [ { name: a }, { name: a } ]\n",
                        "chiron.yaml:4: metric[1].name: `a` is an objective already; name each once"),
                arguments(
                        metric,
                        "metric: [ { name: a }, { name: b, from: stdout } ]\n",
                        "chiron.yaml:4: metric[1].from: only the first metric has a from: the others are looked for where that one is"
                                + " found; take it out"),
                arguments(
                        metric,
                        "metric: [ { name: a }, { name: b, gaol: minimize } ]\n",
                        "chiron.yaml:4: metric[1]: unknown key `gaol`, did you mean `goal`?"),
                arguments(
                        metric,
                        "metric: [ { name: a }, { name: two words } ]\n",
                        "chiron.yaml:4: metric[1].name: `two words` is no name that is noticed beside the first metric: letters,"
                                + " digits and _ . / - after a letter or _"),
                arguments(
                        metric,
                        "metric: [ { name: a }, { name: b }, { name: c }, { name: d }, { name: e }, { name: f } ]\n",
                        "chiron.yaml:4: metric[5]: more than 5 objectives, of which nearly every trial would be among the best; keep"
                                + " those that matter, and put the others under feasible:"),
                arguments(
                        metric,
                        "metric: []\n",
                        "chiron.yaml:4: metric: is empty; name a metric, for example { name: … }; known are name, goal, from"),
                arguments(
                        metric,
                        metric + "feasible: [ DEPTH <= 9 ]\n",
                        "chiron.yaml:5: feasible[0]: DEPTH is a parameter, and these are conditions on metrics: those on parameters"
                                + " stand under constraints:"),
                arguments(
                        metric,
                        metric + "feasible: [ 3 < 4 ]\n",
                        "chiron.yaml:5: feasible[0]: names no metric; write one such as peak_vram_mb <= 40000"),
                arguments(
                        metric,
                        metric + "feasible: [ vram = 4 ]\n",
                        "chiron.yaml:5: feasible[0]: no comparison (< <= > >= == !=) in \"vram = 4\""),
                arguments(metric, metric + metric, "chiron.yaml:5: metric: is given twice; keep one of them"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 1, high: 9007199254740993, default: 8 }\n",
                        "chiron.yaml:6: space.DEPTH.high: the range is too wide for DEPTH: [1, 9007199254740993]; whole numbers go"
                                + " up to 1099511627776"),
                arguments(
                        metric,
                        metric + "env: { A: \"x\\0y\" }\n",
                        "chiron.yaml:5: env.A: holds a NUL character, which no environment variable can"),
                arguments(metric, metric + "? [a, b]\n: c\n", "chiron.yaml:5: a key must be a word"),
                arguments("script: train.py\n", "", "chiron.yaml:1: `script` is missing, for example script: train.py"),
                arguments(
                        metric, "", "chiron.yaml:1: `metric.name` is missing, for example metric: { name: val_loss }"),
                arguments(metric, "metric: { name: '' }\n", "chiron.yaml:4: metric.name: is empty; give a value"),
                arguments(
                        metric,
                        "metric: { name: }\n",
                        "chiron.yaml:4: metric.name: is empty; give a value, or remove the key"),
                arguments(
                        metric,
                        "metric: val_bpb\n",
                        "chiron.yaml:4: metric: expected keys and values, for example { name: … }; known are name, goal,"
                                + " from"),
                arguments(
                        metric,
                        "metric: { name: x, goal: min }\n",
                        "chiron.yaml:4: metric.goal: unknown `min`; known are minimize, maximize"),
                arguments(
                        metric,
                        "metric: { name: x, from: stderr }\n",
                        "chiron.yaml:4: metric.from: unknown `stderr`; known are stdout"),
                arguments(
                        metric,
                        "metric: { name: x, from: { file: ../r.json } }\n",
                        "chiron.yaml:4: metric.from.file: `../r.json` must lie in the project's folder HERE"),
                arguments(
                        metric,
                        "metric: { name: x, from: { file: r.json, path: loss } }\n",
                        "chiron.yaml:4: metric.from.path: `loss` is no path into the file; write it as $.val_loss or"
                                + " $.eval.loss"),
                // files
                arguments(
                        "script: train.py\n",
                        "script: tran.py\n",
                        "chiron.yaml:2: script: no file `tran.py` in HERE; correct the name"),
                arguments(
                        "script: train.py\n",
                        "script: ../train.py\n",
                        "chiron.yaml:2: script: `../train.py` must lie in the project's folder HERE"),
                arguments(
                        "script: train.py\n",
                        "script: /etc/passwd\n",
                        "chiron.yaml:2: script: `/etc/passwd` must lie in the project's folder HERE"),
                arguments(
                        "script: train.py\n",
                        "script: [train.py]\n",
                        "chiron.yaml:2: script: expected a single value, not a list"),
                arguments(
                        metric,
                        metric + "readonly: [train.py, data/]\n",
                        "chiron.yaml:5: readonly[1]: no file `data/` in HERE; correct or remove it"),
                arguments(
                        metric,
                        metric + "readonly: data\n",
                        "chiron.yaml:5: readonly: expected a list, for example [prepare.py, data/]"),
                // command and environment
                arguments(
                        "run: python3 {script}\n",
                        "run: python3 {script} --depth {DEPHT}\n",
                        "chiron.yaml:3: run: unknown hole {DEPHT}, did you mean `DEPTH`?"),
                arguments(
                        metric,
                        metric + "env: { RATE: \"{XYZ}\" }\n",
                        "chiron.yaml:5: env.RATE: unknown hole {XYZ}; known are script, DEPTH, LR"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 1, high: 9007199254740993, default: 8 }\n",
                        "chiron.yaml:6: space.DEPTH.high: the range is too wide for DEPTH: [1, 9007199254740993]; whole numbers go"
                                + " up to 1099511627776"),
                arguments(
                        metric,
                        metric + "env: { A-B: 1 }\n",
                        "chiron.yaml:5: env.A-B: is no name for an environment variable"),
                arguments(
                        metric,
                        metric + "env: { OPENAI_API_KEY: sk-12345 }\n",
                        "chiron.yaml:5: env.OPENAI_API_KEY: an API key is never given to a trial; remove it"),
                // ranges
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.2, high: 0.005 }\n",
                        "chiron.yaml:7: space.LR.low: 0.2 is above high 0.005; swap them, or widen the range"),
                arguments(
                        lr,
                        "  LR:\n    type: float\n    low: 1\n    high: 0\n",
                        "chiron.yaml:9: space.LR.low: 1 is above high 0; swap them, or widen the range"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0, high: 0.2, log: true }\n",
                        "chiron.yaml:7: space.LR.low: `0` cannot be on a log scale; raise it above 0, or remove log"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 0, high: 8, powers_of_two: true }\n",
                        "chiron.yaml:6: space.DEPTH.low: `0` cannot be on a log scale; raise it above 0, or remove"
                                + " powers_of_two"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4, high: 24, powers_of_two: true }\n",
                        "chiron.yaml:6: space.DEPTH.high: `24` is not a power of two; 16 is"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4, high: 24, step: 0 }\n",
                        "chiron.yaml:6: space.DEPTH.step: `0` is not 1 or more"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4, high: 24, step: 21 }\n",
                        "chiron.yaml:6: space.DEPTH.step: `21` leaves only one value; lower it, or widen the range"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4, high: 32, step: 2, powers_of_two: true }\n",
                        "chiron.yaml:6: space.DEPTH.step: does not go with powers_of_two; remove one of them"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: -9223372036854775808, high: 9223372036854775807 }\n",
                        "chiron.yaml:6: space.DEPTH.high: the range is too wide"),
                arguments(
                        lr,
                        "  LR: { type: float, low: -1e308, high: 1e308 }\n",
                        "chiron.yaml:7: space.LR.high: the range is too wide"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4.5, high: 24 }\n",
                        "chiron.yaml:6: space.DEPTH.low: `4.5` is not a whole number, such as 8, 1e6 or 2**19"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.1, high: .inf }\n",
                        "chiron.yaml:7: space.LR.high: `.inf` is not a finite number, such as 0.02, 1e-4 or 2**19"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.1, high: 1, log: yes }\n",
                        "chiron.yaml:7: space.LR.log: `yes` is neither true nor false"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.1, high: 1, step: 0.1 }\n",
                        "chiron.yaml:7: space.LR.step: does not go with type float, which takes low, high, log, default, prior, when, schedule"),
                arguments(
                        lr,
                        "  LR: { type: flaot, low: 0.1, high: 1 }\n",
                        "chiron.yaml:7: space.LR.type: unknown `flaot`, did you mean `float`?"),
                arguments(
                        lr,
                        "  LR: { low: 0.1, high: 1 }\n",
                        "chiron.yaml:7: space.LR: `type` is missing, for example type: float"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.1 }\n",
                        "chiron.yaml:7: space.LR: `high` is missing, for example high: 1"),
                arguments(
                        lr,
                        "  LR: [0.1, 1]\n",
                        "chiron.yaml:7: space.LR: expected keys and values, for example { type: float, low: 0.001, high:"
                                + " 0.1, log: true }"),
                // defaults
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4, high: 24, default: 30 }\n",
                        "chiron.yaml:6: space.DEPTH.default: DEPTH must lie in [4, 24], not 30; change the default or the"
                                + " range"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4, high: 32, powers_of_two: true, default: 12 }\n",
                        "chiron.yaml:6: space.DEPTH.default: 12 is none of the values (int in [4, 32], powers of two);"
                                + " the nearest is 16"),
                arguments(
                        depth,
                        "  DEPTH: { type: choice, options: [a, b], default: c }\n",
                        "chiron.yaml:6: space.DEPTH.default: DEPTH must be one of {a, b}, not c; change the default or the"
                                + " range"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 10, high: 24 }\n",
                        "chiron.yaml:6: space.DEPTH: train.py has DEPTH = 8, but DEPTH must lie in [10, 24], not 8; change"
                                + " the range, or add `default:`"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4, high: 24, step: 5 }\n",
                        "chiron.yaml:6: space.DEPTH: train.py has DEPTH = 8, but 8 is none of the values (int in [4, 24],"
                                + " in steps of 5); the nearest is 9; change the range, or add `default:`"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, prior: near }\n",
                        "chiron.yaml:7: space.LR.prior: `near` is no prior; write around-default or none, or a width as a"
                                + " share of the range, such as 0.1"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, prior: 3 }\n",
                        "chiron.yaml:7: space.LR.prior: `3` does not lie in [0.001, 1]"),
                arguments(
                        depth,
                        "  DEPTH: { type: choice, options: [8, 9], prior: 0.1 }\n",
                        "chiron.yaml:6: space.DEPTH.prior: `0.1` is no prior; write around-default or none"),
                // choices
                arguments(
                        depth,
                        "  DEPTH: { type: choice, options: [] }\n",
                        "chiron.yaml:6: space.DEPTH.options: a choice needs an option"),
                arguments(
                        depth,
                        "  DEPTH: { type: choice, options: [a, b, a] }\n",
                        "chiron.yaml:6: space.DEPTH.options[2]: `a` is given twice; keep one of them"),
                arguments(
                        depth,
                        "  DEPTH: { type: choice, options: [4, 8, 8.0] }\n",
                        "chiron.yaml:6: space.DEPTH.options[2]: `8.0` is given twice; keep one of them"),
                arguments(
                        depth,
                        "  DEPTH: { type: choice, options: a }\n",
                        "chiron.yaml:6: space.DEPTH.options: expected a list, for example [small, large]"),
                // the script
                arguments(
                        depth,
                        "  DEPHT: { type: int, low: 4, high: 24, default: 8 }\n",
                        "chiron.yaml:6: space.DEPHT: no constant DEPHT in train.py; did you mean `DEPTH`? Else add it, or put"
                                + " {DEPHT} into run or env"),
                arguments(
                        depth,
                        "  ANOTHER: { type: bool, default: true }\n",
                        "chiron.yaml:6: space.ANOTHER: no constant ANOTHER in train.py; add it, or put {ANOTHER} into run"
                                + " or env"),
                arguments(
                        depth,
                        "  bad-name: { type: bool }\n",
                        "chiron.yaml:6: space.bad-name: is no name for a parameter; use a constant's name, such as"
                                + " LEARNING_RATE"),
                arguments(
                        depth,
                        "  script: { type: bool }\n",
                        "chiron.yaml:6: space.script: is no name for a parameter; use a constant's name, such as"
                                + " LEARNING_RATE"),
                // constraints
                arguments(
                        metric,
                        metric + "constraints: [ \"DEPTH\" ]\n",
                        "chiron.yaml:5: constraints[0]: no comparison (< <= > >= == !=) in \"DEPTH\""),
                arguments(
                        metric,
                        metric + "constraints:\n- DEPTH > 3\n- DEPHT * 2 < 9\n",
                        "chiron.yaml:7: constraints[1]: unknown parameter `DEPHT`, did you mean `DEPTH`?"),
                arguments(
                        metric,
                        metric + "constraints: [ DEPTH >= 10 ]\n",
                        "chiron.yaml:5: constraints[0]: the start (DEPTH = 8) does not keep \"DEPTH >= 10\"; a default that"
                                + " keeps it: DEPTH = 10"),
                arguments(
                        metric,
                        metric + "constraints: [ DEPTH * LR > 1000 ]\n",
                        "chiron.yaml:5: constraints[0]: the start (DEPTH = 8, LR = 0.04) does not keep \"DEPTH * LR >"
                                + " 1000\"; no value near keeps it: change the constraint or the ranges"),
                // conditions
                arguments(
                        depth,
                        depth + "  X: { type: bool, when: DEPTH }\n",
                        "chiron.yaml:7: space.X.when: expected keys and values, for example { OPTIMIZER: adam }"),
                arguments(
                        depth,
                        depth + "  X: { type: bool, when: {} }\n",
                        "chiron.yaml:7: space.X.when: is empty; name another parameter and its values, for example when: {"
                                + " OPTIMIZER: adam }"),
                arguments(
                        depth,
                        depth + "  X: { type: bool, when: { DEPHT: 8 } }\n",
                        "chiron.yaml:7: space.X.when.DEPHT: unknown parameter `DEPHT`, did you mean `DEPTH`?"),
                arguments(
                        depth,
                        depth + "  X: { type: bool, when: { LR: 0.1 } }\n",
                        "chiron.yaml:7: space.X.when.LR: LR is a float, which a condition cannot ask for; use a choice, a bool"
                                + " or an int"),
                arguments(
                        depth,
                        depth + "  X: { type: bool, when: { DEPTH: [8, 32] } }\n",
                        "chiron.yaml:7: space.X.when.DEPTH[1]: DEPTH must lie in [4, 24], not 32"),
                arguments(
                        depth,
                        depth + "  X: { type: bool, when: { DEPTH: [] } }\n",
                        "chiron.yaml:7: space.X.when.DEPTH: names no value of DEPTH; give one, or remove it"),
                arguments(
                        depth,
                        depth + "  X: { type: bool, when: { Y: true } }\n  Y: { type: bool, when: { X: true } }\n",
                        "chiron.yaml:8: space.Y.when: X depends on itself: change one of the conditions"),
                // schedules
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: 1 }\n",
                        "chiron.yaml:7: space.LR.schedule: `1` does not lie in [2, 20]"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { pieces: 21 } }\n",
                        "chiron.yaml:7: space.LR.schedule.pieces: `21` does not lie in [2, 20]"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { shape: steps } }\n",
                        "chiron.yaml:7: space.LR.schedule: `pieces` is missing, for example schedule: { pieces: 4, shape: steps }"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { pices: 4 } }\n",
                        "chiron.yaml:7: space.LR.schedule: unknown key `pices`, did you mean `pieces`?"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { pieces: 4, shape: step } }\n",
                        "chiron.yaml:7: space.LR.schedule.shape: unknown `step`, did you mean `steps`?"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { pieces: 2, at: [0, 1] } }\n",
                        "chiron.yaml:7: space.LR.schedule.pieces: does not go with at, which says how many there are; remove one of them"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { at: [0, 1.5] } }\n",
                        "chiron.yaml:7: space.LR.schedule.at[1]: `1.5` does not lie in [0, 1]"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { at: [0] } }\n",
                        "chiron.yaml:7: space.LR.schedule.at: a schedule has at least two points: [0]; for example [0, 0.1, 1]"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { at: [0.1, 0.5] } }\n",
                        "chiron.yaml:7: space.LR.schedule.at: the points of a schedule begin at 0, ascend, and do not go beyond 1: [0.1, 0.5]; for example [0, 0.1, 1]"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { at: [0, 0.5, 0.5] } }\n",
                        "chiron.yaml:7: space.LR.schedule.at: the points of a schedule begin at 0, ascend, and do not go beyond 1: [0, 0.5, 0.5]; for example [0, 0.1, 1]"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { at: [0, 1] } }\n",
                        "chiron.yaml:7: space.LR.schedule.at: a step at 1, where the run ends, would never count; remove it, or write shape: linear"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: { at: [0, 0.5], shape: linear } }\n",
                        "chiron.yaml:7: space.LR.schedule.at: the last point of a line is 1, where the run ends; add it, or write shape: steps"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: 2 }\n",
                        "chiron.yaml:7: space.LR: train.py has LR = 0.04, into which no schedule fits: write LR = \"0.04\" there, and let the script read the text by its progress (docs/space.md#schedules), or put {LR} into run or env"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: 2, default: [0.1] }\n",
                        "chiron.yaml:7: space.LR.default: has 1 values for the 2 points of the schedule; give one for each, or one number for all"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: 2, default: [0.1, 0.3] }\n",
                        "chiron.yaml:7: space.LR.default[1]: LR@0.5 must lie in [0.005, 0.2], not 0.3; change the default or the range"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: 2, default: high }\n",
                        "chiron.yaml:7: space.LR.default: `high` is no value for the points 0, 0.5 in steps; write a number, or a list of 2"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4, high: 24, schedule: { pieces: 2, shape: linear } }\n",
                        "chiron.yaml:6: space.DEPTH.schedule.shape: on the line between two whole numbers lie fractions; write shape: steps"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4, high: 24, schedule: 2 }\n  X: { type: bool, when: { DEPTH: 8 } }\n",
                        "chiron.yaml:7: space.X.when.DEPTH: DEPTH is a schedule; name its pieces, which are DEPTH@0, DEPTH@0.5"),
                arguments(
                        depth,
                        "  DEPTH: { type: int, low: 4, high: 24, schedule: 2 }\n  X: { type: bool, when: { DEPTH@0: 8 } }\n",
                        "chiron.yaml:7: space.X.when.DEPTH@0: DEPTH@0 belongs to a schedule, which a condition cannot ask for; use another parameter"),
                arguments(
                        lr,
                        "  X: { type: bool, schedule: 2 }\n",
                        "chiron.yaml:7: space.X.schedule: does not go with type bool, which takes default, prior, when"),
                arguments(
                        lr,
                        "  LR: { type: float, low: 0.005, high: 0.2, schedule: 2 }\nconstraints: [ LR < 1 ]\n",
                        "chiron.yaml:8: constraints[0]: LR is a schedule; name its pieces, which are LR@0, LR@0.5"),
                // settings
                arguments(
                        metric,
                        metric + "llm: { share: 1.5 }\n",
                        "chiron.yaml:5: llm.share: `1.5` does not lie in [0, 1]"),
                arguments(
                        metric,
                        metric + "llm: { style: chatty }\n",
                        "chiron.yaml:5: llm.style: unknown `chatty`, did you mean `chat`?"),
                arguments(
                        metric,
                        metric + "llm: { memory: 101 }\n",
                        "chiron.yaml:5: llm.memory: `101` does not lie in [0, 100]"),
                arguments(
                        metric,
                        metric + "llambo: { alpha: 2 }\n",
                        "chiron.yaml:5: llambo.alpha: `2` does not lie in [-1, 1]"),
                arguments(
                        metric,
                        metric + "llambo: { mode: faithfull }\n",
                        "chiron.yaml:5: llambo.mode: unknown `faithfull`, did you mean `faithful`?"),
                arguments(
                        metric,
                        metric + "llambo: { candidates: 11 }\n",
                        "chiron.yaml:5: llambo.candidates: `11` does not lie in [1, 10]"),
                arguments(
                        metric,
                        metric + "llambo: { contxt: none }\n",
                        "chiron.yaml:5: llambo: unknown key `contxt`, did you mean `context`?"),
                arguments(
                        metric,
                        metric + "llm: { share: evenly }\n",
                        "chiron.yaml:5: llm.share: `evenly` is neither a share from 0 to 1 nor adaptive"),
                arguments(
                        metric,
                        metric + "llm: { url: \"http://me:secret@host\" }\n",
                        "chiron.yaml:5: llm.url: the address holds a password; give keys by environment variables"),
                arguments(
                        metric,
                        metric + "llm: { url: //gpu:11434 }\n",
                        "chiron.yaml:5: llm.url: `//gpu:11434` is no address, such as http://localhost:11434"),
                arguments(
                        metric,
                        metric + "llm: { url: localhost:11434 }\n",
                        "chiron.yaml:5: llm.url: `localhost:11434` is no address, such as http://localhost:11434"),
                arguments(
                        metric,
                        metric + "llm: { model: openai-compatible:x@http://a:b@host }\n",
                        "chiron.yaml:5: llm.model: the address holds a password; give keys by environment variables"),
                arguments(
                        metric,
                        metric + "budget: { trials: -3 }\n",
                        "chiron.yaml:5: budget.trials: `-3` does not lie in [1, 2147483647]"),
                arguments(
                        metric,
                        metric + "budget: { train_time: 24 }\n",
                        "chiron.yaml:5: budget.train_time: `24` is not a duration above 0, such as 500ms, 90s, 10m or 1h30m"),
                arguments(
                        metric, metric + "budget: { llm_usd: -1 }\n", "chiron.yaml:5: budget.llm_usd: `-1` is below 0"),
                arguments(
                        metric,
                        metric + "budget: { llm_tokens: -1 }\n",
                        "chiron.yaml:5: budget.llm_tokens: `-1` is below 0"),
                arguments(
                        metric,
                        metric + "budget: { llm_calls: 1.5 }\n",
                        "chiron.yaml:5: budget.llm_calls: `1.5` is not a whole number, such as 8, 1e6 or 2**19"),
                arguments(
                        metric,
                        metric + "limits: { memory: lots }\n",
                        "chiron.yaml:5: limits.memory: `lots` is not a size above 0, such as 64k, 512m or 16g"),
                arguments(
                        metric,
                        metric + "method: centaurus\n",
                        "chiron.yaml:5: method: unknown `centaurus`, did you mean `centaur`?"),
                arguments(
                        metric,
                        metric + "seed: 0.5\n",
                        "chiron.yaml:5: seed: `0.5` is not a whole number, such as 8, 1e6 or 2**19"),
                // hostile
                arguments(
                        metric,
                        metric + "seed: !!javax.script.ScriptEngineManager [x]\n",
                        "chiron.yaml:5: not YAML: a tag (!) is not allowed; write a plain value"),
                arguments(
                        metric,
                        metric + "llm: !Foo { model: none }\n",
                        "chiron.yaml:5: llm: a tag (!) is not allowed; write a plain value"),
                arguments(
                        metric,
                        "metric: &m { name: *m }\n",
                        "chiron.yaml:4: metric.name: expected a single value, not keys"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isToldInOneMessage(String line, String broken, String message) {
        assertThat(Workplace.YAML).contains(line);

        assertThat(here.message(Workplace.YAML.replace(line, broken))).isEqualTo(message);
    }

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("", "chiron.yaml: is empty; `chiron init SCRIPT` writes one"),
                arguments("# nothing\n", "chiron.yaml: is empty; `chiron init SCRIPT` writes one"),
                arguments("hello", "chiron.yaml:1: expected keys and values, for example script: train.py"),
                arguments("- a\n- b\n", "chiron.yaml:1: expected keys and values, for example script: train.py"),
                arguments("a: 1\n\tb: 2\n", "chiron.yaml:2: not YAML: a tab; indent with spaces"),
                arguments(
                        "space:\n  A: {\n",
                        "chiron.yaml:3: not YAML: expected the node content, but found '<stream end>'"),
                arguments("a: 'b\n", "chiron.yaml:2: not YAML: found unexpected end of stream"),
                arguments("a: b: c\n", "chiron.yaml:1: not YAML: mapping values are not allowed here"),
                arguments("a: 1\n---\nb: 2\n", "chiron.yaml:2: not YAML: but found another document"),
                arguments("a: *b\n", "chiron.yaml:1: not YAML: found undefined alias b"),
                arguments("a: 1\nb: \u0000\n", "chiron.yaml:2: a character that is no text; is it the right file?"),
                arguments("a: \u001b[31m\n", "chiron.yaml:1: a character that is no text; is it the right file?"),
                arguments("a: " + "[".repeat(1000), "chiron.yaml: not YAML: Nesting Depth exceeded max 20"),
                arguments("a: " + "x".repeat(1 << 20), "chiron.yaml: is larger than 1 MiB; is it the right file?"),
                arguments(
                        "script: train.py\nrun: x\nmetric: { name: x }\nspace: {}\n",
                        "chiron.yaml:4: space: is empty; name a parameter, for example space: { LR: { type: float, low:"
                                + " 1e-4, high: 0.1, log: true } }"),
                arguments(
                        "script: train.py\nrun: x\nmetric: { name: x }\n",
                        "chiron.yaml:1: `space` is missing, for example space: { LR: { type: float, low: 1e-4, high: 0.1,"
                                + " log: true } }"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileThatIsNoTaskIsToldInOneMessage(String text, String message) {
        assertThat(here.message(text)).isEqualTo(message);
    }

    @Test
    void aBillionLaughsCostNothing() {
        StringBuilder yaml = new StringBuilder("a: &a [lol, lol]\n");
        for (char name = 'b'; name <= 'z'; name++) {
            char before = (char) (name - 1);
            yaml.append(name + ": &" + name + " [" + ("*" + before + ", ").repeat(9) + "*" + before + "]\n");
        }

        assertThat(here.message(yaml.toString()))
                .isEqualTo(
                        "chiron.yaml: not YAML: Number of aliases for non-scalar nodes exceeds the specified max=100");
    }

    @Test
    void filesThatAreNoTextAreRefused() throws IOException {
        Path file = folder.resolve("chiron.yaml");
        assertThat(here.message(() -> read(file)))
                .isEqualTo("chiron.yaml: no such file; `chiron init SCRIPT` writes one");

        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThat(here.message(() -> read(file))).isEqualTo("chiron.yaml: is not UTF-8 text; is it the right file?");

        assertThat(here.message(() -> read(folder))).isEqualTo("HERE: is not a file; name the chiron.yaml itself");
    }

    @Test
    void aScriptBehindALinkOutOfTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        Path outside = Files.writeString(elsewhere.resolve("other.py"), "X = 1\n", StandardCharsets.UTF_8);
        Files.createSymbolicLink(folder.resolve("link.py"), outside);

        assertThat(here.message(Workplace.YAML.replace("script: train.py", "script: link.py")))
                .isEqualTo("chiron.yaml:2: script: `link.py` leads out of the project's folder HERE");
    }

    @Test
    void aConstantThatCannotBeSetIsToldWithTheReason() throws IOException {
        Draft draft = here.draft(Workplace.YAML);
        Map<String, String> unsettable = new LinkedHashMap<>();
        unsettable.put("DEPTH", "it is set twice (lines 1 and 9)");

        assertThat(here.message(() -> draft.complete(Map.of(), unsettable)))
                .isEqualTo(
                        "chiron.yaml:6: space.DEPTH: DEPTH in train.py cannot be set: it is set twice (lines 1 and 9);"
                                + " change the script, or put {DEPTH} into run or env");
    }

    @Test
    void aParameterOfTheCommandAloneNeedsADefault() throws IOException {
        Draft draft = here.draft(Workplace.YAML.replace("{script}", "{script} --lr {LR} --depth {DEPTH}"));

        assertThat(here.message(() -> draft.complete(Map.of(), Map.of())))
                .isEqualTo("chiron.yaml:7: space.LR: has no value to start from; add `default:`");
    }

    @Test
    void anyDamageIsEitherHarmlessOrToldInOneLine() throws IOException {
        Files.createFile(folder.resolve("prepare.py"));
        Files.createDirectory(folder.resolve("data"));
        Random random = new Random(20261121);
        String pieces = "{}[]:,-\"'&*!|>%@`#\n \t0129.eE_kgm~?<=";
        for (int round = 0; round < 1000; round++) {
            StringBuilder yaml = new StringBuilder(SpecReaderTest.FULL);
            for (int damage = 0; damage <= round % 3; damage++) {
                int at = random.nextInt(yaml.length() - 10);
                String piece = String.valueOf(pieces.charAt(random.nextInt(pieces.length())));
                yaml.replace(at, at + random.nextInt(4), piece);
            }

            assertThat(here.message(yaml.toString())).as(yaml.toString()).hasLineCount(1);
        }
    }

    @Test
    void deepParenthesesInAConstraintDoNoHarm() {
        String deep = "(".repeat(20) + "DEPTH" + ")".repeat(20) + " > 3";
        String deeper = "(".repeat(100_000) + "DEPTH > 3";

        assertThat(here.message(Workplace.YAML + "constraints: [ \"" + deep + "\" ]\n"))
                .isEqualTo("nothing wrong");
        assertThat(here.message(Workplace.YAML + "constraints: [ \"" + deeper + "\" ]\n"))
                .isEqualTo("chiron.yaml:8: constraints[0]: is longer than 500 characters; split it");
    }

    @Test
    void aKeyThatIsNoWordIsRefused() {
        assertThat(here.message(Workplace.YAML + "? " + "x".repeat(5000) + "\n: 1\n"))
                .isEqualTo("chiron.yaml:8: a key must be a word");
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        here.message(Workplace.YAML.replace("low: 0.005", "low: 5"));

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("chiron.yaml", "train.py");
        }
    }

    private static Draft read(Path file) {
        return new SpecReader(Workplace.METHODS, Workplace.OPTIMIZERS, Map.of()).read(file, List.of());
    }
}
