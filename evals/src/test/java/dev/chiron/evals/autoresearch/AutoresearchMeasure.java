package dev.chiron.evals.autoresearch;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.OptimizerProposer;
import dev.chiron.agent.propose.Tactics;
import dev.chiron.agent.store.Entry;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * What methods reach on the recorded task; for people: {@code -Dmethods=cma-es,tpe -Dseeds=20}. {@code -Dwidth=0.1} gives all
 * parameters that prior, {@code -Dwidth=0} none; {@code -Dlocal} and {@code -Dfeasible} are the tactics; {@code -Dshow=true} prints
 * every seed's incumbent.
 */
public final class AutoresearchMeasure {

    private AutoresearchMeasure() {}

    /** Prints the mean best without noise at some trials, and how many failed after the first 30. */
    public static void main(String[] arguments) throws InterruptedException {
        long began = System.nanoTime();
        Autoresearch task = Autoresearch.fit(Path.of("../shared/data/autoresearch-trials.csv.gz"));
        System.out.printf(Locale.ROOT, "fitted in %.1f s%n", (System.nanoTime() - began) / 1e9);
        for (String name : System.getProperty("methods", "random,tpe,cma-es").split(",")) {
            Method method = Method.labelled(name).orElseThrow();
            int[] at = {50, 100, 200, 300, 600, 1000};
            SummaryStatistics[] best = new SummaryStatistics[at.length];
            for (int i = 0; i < at.length; i++) {
                best[i] = new SummaryStatistics();
            }
            int failed = 0;
            int seeds = Integer.getInteger("seeds", 10);
            for (int seed = 0; seed < seeds; seed++) {
                History history = run(task, method, Long.getLong("first", 0) + seed);
                if (Boolean.getBoolean("show")) {
                    Trial incumbent = history.incumbent().orElseThrow();
                    System.out.printf(
                            Locale.ROOT,
                            "%.4f %.4f %d %s %s%n",
                            incumbent.value().getAsDouble(),
                            task.value(incumbent.config()),
                            incumbent.number(),
                            incumbent.origin().label(),
                            incumbent.config());
                }
                double least = Double.POSITIVE_INFINITY;
                for (Trial trial : history.trials()) {
                    if (trial.value().isPresent() && trial.value().getAsDouble() < least) {
                        least = trial.value().getAsDouble();
                    }
                    failed += trial.number() >= 30 && trial.value().isEmpty() ? 1 : 0;
                    for (int i = 0; i < at.length; i++) {
                        if (trial.number() == at[i] - 1) {
                            best[i].addValue(least);
                        }
                    }
                }
            }
            System.out.printf(Locale.ROOT, "%-12s", name);
            for (int i = 0; i < at.length; i++) {
                System.out.printf(
                        Locale.ROOT, " @%d %.4f (%.4f)", at[i], best[i].getMean(), best[i].getStandardDeviation());
            }
            System.out.printf(Locale.ROOT, "  failed after 30: %.1f %%%n", 100.0 * failed / (seeds * 270));
        }
    }

    private static Prior prior(Autoresearch task, Method method, Config baseline) {
        Map<String, Optional<Double>> widths = new LinkedHashMap<>();
        double width = Double.parseDouble(System.getProperty("width", "-1"));
        if (width >= 0) {
            task.space()
                    .parameters()
                    .forEach(parameter ->
                            widths.put(parameter.name(), width > 0 ? Optional.of(width) : Optional.empty()));
        }
        return method.prior(task.space(), baseline, widths);
    }

    private static Tactics tactics() {
        return new Tactics(
                Double.parseDouble(System.getProperty("local", "0.333334")),
                Boolean.parseBoolean(System.getProperty("feasible", "true")));
    }

    private static History run(Autoresearch task, Method method, long seed) throws InterruptedException {
        Config baseline = task.baseline().orElseThrow();
        OptimizerProposer proposer = new OptimizerProposer(
                method.start(task.space(), prior(task, method, baseline), seed),
                tactics(),
                task.space(),
                task.objective(),
                seed);
        History history = new History(task.objective());
        for (int number = 0; number < Integer.getInteger("trials", 300); number++) {
            Proposal.Try proposal = number == 0
                    ? new Proposal.Try(new Change.Settings(baseline), Origin.BASELINE, Optional.empty())
                    : (Proposal.Try) proposer.propose(history);
            Evaluation run = task.evaluate(proposal.change().config(), OptionalLong.of(seed * 100_000 + number));
            Outcome outcome = run.outcome();
            Trial trial = new Trial(number, proposal.change(), proposal.origin(), outcome, Duration.ofMillis((long)
                    (run.seconds() * 1000)));
            proposer.observe(new Entry(trial, Optional.empty()), history);
            history.add(trial);
        }
        return history;
    }
}
