package dev.chiron.evals.compare;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.reply.Forecast;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What is written down of a run while it goes on. */
final class Account {

    private final EvalTask task;
    private final List<Run.Incumbent> incumbents = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private int repeats;
    private int rejected;
    private int fallbacks;
    private Usage usage = Usage.NONE;

    Account(EvalTask task) {
        this.task = task;
    }

    /** A trial, and what was known before it. */
    void add(Proposal.Try proposal, Trial trial, History before) {
        repeats += before.find(trial.config()).isPresent() ? 1 : 0;
        rejected += proposal.turn().map(ModelTurn::invalid).orElse(0);
        fallbacks += proposal.turn().filter(ModelTurn::isFallback).isPresent() ? 1 : 0;
        usage = usage.plus(proposal.turn().map(ModelTurn::usage).orElse(Usage.NONE));
        Forecast forecast = proposal.turn().map(ModelTurn::forecast).orElse(Forecast.NONE);
        String failure = trial.outcome() instanceof Outcome.Failed failed
                ? failed.reason().label()
                : "";
        attempts.add(new Attempt(
                Arrays.stream(task.space().encode(trial.config())).boxed().toList(),
                trial.origin().label(),
                failure,
                trial.took().toNanos() / 1e9,
                forecast.value(),
                forecast.failure()));
    }

    /** Notes the volume that a front dominates if it has grown. */
    void grown(int trial, double volume) {
        double known = incumbents.isEmpty()
                ? Double.NEGATIVE_INFINITY
                : incumbents.get(incumbents.size() - 1).value();
        if (volume > known) {
            incumbents.add(new Run.Incumbent(trial, volume));
        }
    }

    /** Notes the incumbent if it is a new one. */
    void look(History history) {
        int known = incumbents.isEmpty()
                ? -1
                : incumbents.get(incumbents.size() - 1).trial();
        history.incumbent()
                .filter(trial -> trial.number() != known)
                .ifPresent(trial -> measure(trial.config(), OptionalLong.empty())
                        .ifPresent(value -> incumbents.add(new Run.Incumbent(trial.number(), value))));
    }

    private OptionalDouble measure(Config config, OptionalLong noise) {
        return task.evaluate(config, noise).outcome() instanceof Outcome.Measured measured
                ? OptionalDouble.of(measured.value())
                : OptionalDouble.empty();
    }

    Run.Ours of(String optimizer, String model, History history, long seed) {
        Optional<Config> last = task.reference().isEmpty()
                ? history.incumbent().map(Trial::config)
                : Optional.empty(); // of a front there is no one config to measure again
        OptionalDouble again = IntStream.range(0, Trials.AGAIN)
                .mapToObj(i -> last.map(config -> measure(config, OptionalLong.of(-EvalTask.STUDY * (seed + 1) + i)))
                        .orElse(OptionalDouble.empty()))
                .flatMapToDouble(OptionalDouble::stream)
                .average();
        return new Run.Ours(
                optimizer,
                model,
                incumbents,
                again,
                repeats,
                rejected,
                fallbacks,
                usage.calls(),
                usage.tokens(),
                usage.usd().map(BigDecimal::doubleValue).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                attempts);
    }
}
