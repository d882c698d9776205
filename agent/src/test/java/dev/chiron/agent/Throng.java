package dev.chiron.agent;

import dev.chiron.agent.propose.Learner;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.OptimizerProposer;
import dev.chiron.agent.propose.RungProposer;
import dev.chiron.agent.propose.Tactics;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.fidelity.Deepening;
import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Fidelity;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.run.Execution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Studies with very many workers whose time is simulated, while all else is as in any study. */
final class Throng {

    private static final int REALS = 10;
    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final long SEED = 11;

    private final Method method;
    private final SearchSpace space;
    private final Config baseline;
    private final Prior prior;
    private final Optional<Ladder> ladder;

    /** @param method {@code asha}, or the name of an optimizer */
    Throng(String method) {
        this.method = Method.labelled(method).orElseThrow();
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < REALS; i++) {
            parameters.add(new Parameter.Real("P" + i, 0, 1, false));
        }
        parameters.add(new Parameter.Real("RATE", 1e-5, 1, true));
        parameters.add(new Parameter.Whole("WIDTH", 1, 4096));
        parameters.add(Parameter.Choice.of("KIND", "a", "b", "c"));
        this.space = new SearchSpace(parameters, List.of());
        double[] start = new double[parameters.size()];
        Arrays.fill(start, 0.7);
        this.baseline = space.decode(start);
        this.prior = Prior.flat(space, baseline);
        this.ladder = this.method == Method.ASHA
                ? Optional.of(new Ladder("EPOCHS", new Value.Whole(1), new Value.Whole(81), 3))
                : Optional.empty();
    }

    /** The number of trials that a study's kept state knows. */
    int known(StudyFolder study) {
        return study.saved(OBJECTIVE).map(StudyFolder.Saved::trials).orElse(0);
    }

    /** Runs a study until its budget is spent. */
    End run(StudyFolder study, int workers, Budget budget, Event.Listener listener, int told) {
        SimulatedCrew[] crew = new SimulatedCrew[1];
        crew[0] = new SimulatedCrew(workers, Throng::duration, job -> {
            Execution execution = new Execution(
                    outcome(job), duration(job), "", "epoch 1 loss: 0.5\n".repeat(20), OptionalInt.of(0), "-1\n+2\n");
            LocalCrew.keep(study, job, execution, Optional.empty());
            return execution;
        });
        return new StudyLoop(
                        study,
                        new History(OBJECTIVE),
                        proposer(study),
                        told,
                        crew[0],
                        new Plan(workers, false, false),
                        listener,
                        new Control(),
                        List::of,
                        Helm.LASHED,
                        crew[0]::now,
                        Pruning.none(OBJECTIVE))
                .run(baseline, budget);
    }

    private Proposer proposer(StudyFolder study) {
        Learner learner =
                ladder.map(parts -> Learner.of(Method.RANDOM, method, parts)).orElseGet(() -> Learner.of(method));
        Optimizer optimizer = study.saved(OBJECTIVE)
                .flatMap(kept -> learner.resume(space, prior, kept.state()))
                .orElseGet(() -> learner.start(space, prior, SEED, List.of()));
        Proposer configs = new OptimizerProposer(optimizer, Tactics.DEFAULT, space, OBJECTIVE, SEED);
        return ladder.<Proposer>map(parts -> new RungProposer(
                        configs,
                        parts,
                        () -> new FidelitySpec(parts, 1, Deepening.Variant.EFFICIENT).schedule(FidelitySpec.ASHA),
                        space,
                        OBJECTIVE))
                .orElse(configs);
    }

    /** Between one minute and nine for a whole training. */
    private static Duration duration(Crew.Job job) {
        double share = job.change().fidelity().map(Fidelity::share).orElse(1.0);
        return Duration.ofMillis((long) ((60_000 + 480_000 * new SplitMix(job.number()).nextDouble()) * share));
    }

    /** A bowl with some noise, less deep after a part of a training; what is large and wide runs out of memory. */
    private static Outcome outcome(Crew.Job job) {
        Config config = job.change().config();
        if (number(config, "WIDTH") * (1 + number(config, "P0")) > 6000) {
            return new Outcome.Failed(Reason.OUT_OF_MEMORY, "no memory is left");
        }
        double loss = Math.pow(Math.log10(number(config, "RATE")) + 3, 2) / 10 + 100 / number(config, "WIDTH");
        for (int i = 0; i < REALS; i++) {
            loss += Math.pow(number(config, "P" + i) - 0.3, 2);
        }
        double noise = 0.01 * new SplitMix(job.number()).nextGaussian();
        Optional<Fidelity> part = job.change().fidelity();
        Outcome.Measured measured = new Outcome.Measured(
                loss + noise + 1 - part.map(Fidelity::share).orElse(1.0));
        return part.<Outcome>map(amount -> new Outcome.Partial(measured, amount))
                .orElse(measured);
    }

    private static double number(Config config, String name) {
        return config.get(name).asNumber().orElseThrow();
    }
}
