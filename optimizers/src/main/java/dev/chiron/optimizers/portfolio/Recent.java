package dev.chiron.optimizers.portfolio;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.OptimizerState.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last trials, whoever proposed them, and the best loss of all: what a trial is measured against. */
final class Recent {

    private static final int WINDOW = 20;

    private final List<Answer> last;
    private Optional<Double> best;

    Recent(List<Answer> last, Optional<Double> best) {
        this.last = new ArrayList<>(last);
        this.best = best;
    }

    /**
     * What a trial is worth that came after these, 0 to 1: half whether it is the best, half the share of the last
     * {@value #WINDOW} that it beats. One without a value beats none.
     */
    double worth(Observation observation) {
        if (observation.kind() != Kind.MEASURED) {
            return 0;
        }
        boolean isBest = best.map(before -> observation.loss() < before).orElse(true);
        long beaten = last.stream()
                .filter(other -> !other.feasible() || observation.loss() < other.loss())
                .count();
        return (isBest ? 0.5 : 0) + (last.isEmpty() ? 0.25 : 0.5 * beaten / last.size());
    }

    void add(Observation observation) {
        boolean measured = observation.kind() == Kind.MEASURED;
        last.add(new Answer(measured, measured ? observation.loss() : 0));
        if (last.size() > WINDOW) {
            last.remove(0);
        }
        if (measured && best.map(before -> observation.loss() < before).orElse(true)) {
            best = Optional.of(observation.loss());
        }
    }

    List<Answer> last() {
        return List.copyOf(last);
    }

    List<Double> best() {
        return best.stream().toList();
    }
}
