package dev.chiron.agent.view;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.util.Set;
import java.util.TreeSet;

/**
 * A space that a study searches, and its trials there.
 *
 * @param history all trials; those that have no place in the space count, and nothing is compared with them
 */
public record Searched(SearchSpace space, History history) {

    /**
     * The same by one metric alone: an objective, or another number that the runs gave, which is then to be small.
     *
     * @throws BadInput if no run gave it
     */
    public Searched by(String metric) {
        Objective objective = history.objective().all().stream()
                .filter(one -> one.metric().equals(metric))
                .findFirst()
                .orElseGet(() -> new Objective(metric, Objective.Goal.MINIMIZE));
        History seen = history.by(objective);
        if (seen.incumbent().isEmpty() && history.incumbent().isPresent()) {
            Set<String> known = new TreeSet<>();
            history.objective().all().forEach(one -> known.add(one.metric()));
            history.trials().forEach(trial -> {
                if (trial.outcome() instanceof Outcome.Measured measured) {
                    known.addAll(measured.metrics().keySet());
                }
            });
            throw new BadInput("no trial measured " + metric + "; measured were " + String.join(", ", known));
        }
        return new Searched(space, seen);
    }
}
