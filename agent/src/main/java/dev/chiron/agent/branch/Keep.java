package dev.chiron.agent.branch;

import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Noise;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a trial became the incumbent, as it was known then.
 *
 * @param trial the first with its change
 * @param decided the number of the trial after which it was the incumbent
 * @param before the incumbent before it; empty for the first
 * @param beaten what that was worth
 * @param worth what the new one was worth
 * @param noise how much values varied, as far as it was known
 */
public record Keep(
        Trial trial, int decided, Optional<Trial> before, Standing beaten, Standing worth, Optional<Noise> noise) {

    /**
     * What a change was worth at some time.
     *
     * @param value the mean of its runs; empty before the first
     * @param runs how many were measured
     * @param holdout the mean on the hold-out; empty where that was not measured. No model sees it, nor anything that one may read
     */
    public record Standing(OptionalDouble value, int runs, OptionalDouble holdout) {
        static final Standing NONE = new Standing(OptionalDouble.empty(), 0, OptionalDouble.empty());

        /** What a trial's change was worth at the end of a history. */
        public static Standing of(Trial trial, History history) {
            return new Standing(history.value(trial), history.measured(trial), holdout(trial.change(), history));
        }

        private static OptionalDouble holdout(Change change, History history) {
            return history.trials().stream()
                    .filter(trial -> trial.change().key().equals(change.key()))
                    .map(Trial::outcome)
                    .filter(Outcome.Measured.class::isInstance)
                    .flatMapToDouble(outcome -> ((Outcome.Measured) outcome).holdout().stream())
                    .average();
        }
    }

    /** All keeps of a history, in order; as many as it had incumbents. */
    public static List<Keep> of(History history) {
        History replayed = history.anew();
        List<Keep> keeps = new ArrayList<>();
        for (Trial trial : history.trials()) {
            replayed.add(trial);
            List<Trial> incumbents = replayed.incumbents();
            while (keeps.size() < incumbents.size()) {
                int next = keeps.size();
                Optional<Trial> before = next == 0 ? Optional.empty() : Optional.of(incumbents.get(next - 1));
                keeps.add(new Keep(
                        incumbents.get(next),
                        trial.number(),
                        before,
                        before.map(beaten -> Standing.of(beaten, replayed)).orElse(Standing.NONE),
                        Standing.of(incumbents.get(next), replayed),
                        replayed.noise()));
            }
        }
        return keeps;
    }
}
