package dev.chiron.evals.compare;

import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one method found on one task with one seed.
 *
 * @param method one of ours by its name, a team such as {@code gp+builtin}, or a peer's with the peer's name before it, such
 *     as {@code optuna:tpe}
 * @param goal the task's
 * @param values the value of each trial, in order; empty where it failed
 * @param askTellSeconds what the method itself took, over all trials, its model included
 * @param ours who proposed, and what that was worth; empty for a peer's
 */
public record Run(
        String task,
        String method,
        Objective.Goal goal,
        long seed,
        List<OptionalDouble> values,
        double askTellSeconds,
        Optional<Ours> ours) {

    public Run {
        values = List.copyOf(values);
    }

    /** A run of which nothing more is known. */
    public Run(
            String task,
            String method,
            Objective.Goal goal,
            long seed,
            List<OptionalDouble> values,
            double askTellSeconds) {
        this(task, method, goal, seed, values, askTellSeconds, Optional.empty());
    }

    /**
     * What is known of our own runs.
     *
     * @param optimizer the method of the optimizer
     * @param model who took the other turns, as after {@code --llm}; {@code none} for nobody
     * @param incumbents each trial that became the incumbent, with what its config is worth without noise
     * @param remeasured the last incumbent measured again with noise that the run never met, the mean of {@value
     *     Trials#AGAIN}; empty if there was none
     * @param repeats trials whose config had been run before
     * @param rejected replies of the model that could not be used
     * @param fallbacks turns of the model that the optimizer had to take
     * @param calls of the model; 0 in lines from before they were counted
     * @param tokens of the model, prompts and replies
     * @param usd dollars for them; empty where a price is not known
     * @param attempts the trials in order; none in lines from before they were kept
     */
    public record Ours(
            String optimizer,
            String model,
            List<Incumbent> incumbents,
            OptionalDouble remeasured,
            int repeats,
            int rejected,
            int fallbacks,
            int calls,
            long tokens,
            OptionalDouble usd,
            List<Attempt> attempts) {
        public Ours {
            incumbents = List.copyOf(incumbents);
            attempts = List.copyOf(attempts);
        }
    }

    /** A trial that became the incumbent, and its value without noise. */
    public record Incumbent(int trial, double value) {}

    /** The least loss among the first so many trials; infinite if none of them was measured. */
    public double bestLoss(int trials) {
        Objective objective = new Objective("", goal);
        return values.stream()
                .limit(trials)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(value -> objective.loss(value.getAsDouble()))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * The loss without noise of what was the incumbent after so many trials: what a user would have got. Infinite if nothing
     * was measured; of a peer's run the {@linkplain #bestLoss best as measured}.
     */
    public double trueLoss(int trials) {
        if (ours.isEmpty()) {
            return bestLoss(trials);
        }
        return ours.get().incumbents().stream()
                .filter(incumbent -> incumbent.trial() < trials)
                .reduce((earlier, later) -> later)
                .map(incumbent -> new Objective("", goal).loss(incumbent.value()))
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** How many trials failed. */
    public long failures() {
        return values.stream().filter(OptionalDouble::isEmpty).count();
    }
}
