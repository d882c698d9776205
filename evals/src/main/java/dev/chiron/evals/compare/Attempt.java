package dev.chiron.evals.compare;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A trial of one of our runs, as reports need it.
 *
 * @param point its place in the unit cube of the space, in the order of its parameters; a logarithmic parameter's by its logarithm
 * @param origin who proposed it: the label of a {@link dev.chiron.optimizers.study.Origin}
 * @param failure the label of the reason for which it failed; empty if it did not
 * @param seconds what the training would have taken, 0 if the task does not know
 * @param expected the value that the model forecast; empty if it did not
 * @param risk the chance of failure that the model forecast; empty if it did not
 */
public record Attempt(
        List<Double> point,
        String origin,
        String failure,
        double seconds,
        OptionalDouble expected,
        OptionalDouble risk) {
    public Attempt {
        point = List.copyOf(point);
    }
}
