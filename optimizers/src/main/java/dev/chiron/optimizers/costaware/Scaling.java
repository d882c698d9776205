package dev.chiron.optimizers.costaware;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * How the best config changes with what it costs, from the trials on the front (CARBS's scaling laws): each parameter by a straight line, on its own scale,
 * in the logarithm of the cost. A parameter with a logarithmic scale so follows a power of the cost.
 *
 * @param steps the front, the cheapest first; one or more
 * @param moves how the parameters move along it, in the space's order; none where the front is too short to say
 */
public record Scaling(List<Step> steps, List<Move> moves) {

    /** Fewer points are on a line too easily. */
    private static final int FEWEST = 4;

    /** A front that is not so many times as dear at one end as at the other says nothing. */
    private static final double SHORTEST = 1.5;

    /** Lists that cannot be changed. */
    public Scaling {
        steps = List.copyOf(steps);
        moves = List.copyOf(moves);
    }

    /**
     * A trial that no cheaper one beats.
     *
     * @param cost in seconds
     * @param loss the mean of what was measured
     */
    public record Step(Config config, double cost, double loss) {}

    /**
     * A parameter along the front.
     *
     * @param cheap its value by the line where the front is cheapest; for an unordered choice the most frequent option of the cheaper half
     * @param middle halfway between the costs' logarithms; for an unordered choice empty
     * @param dear where it is dearest; for an unordered choice the most frequent option of the dearer half
     * @param explained the share of its movement along the front that the line explains, 0 to 1; empty where it does not move, or is an unordered choice
     */
    public record Move(
            Parameter parameter, Value cheap, Optional<Value> middle, Value dear, Optional<Double> explained) {}

    /** What a state says; empty while it believes nothing, or no cost is known. */
    public static Optional<Scaling> of(SearchSpace space, OptimizerState.CostAware state) {
        boolean hasCosts = state.memory().observations().stream().anyMatch(one -> one.cost() > 0);
        return hasCosts
                ? Beliefs.of(state.memory(), space, new Coordinates(space), Beliefs.Fits.of(state))
                        .map(beliefs -> of(space, state.memory().observations(), beliefs.front()))
                : Optional.empty();
    }

    private static Scaling of(SearchSpace space, List<Observation> told, Front front) {
        List<Step> steps = front.points().stream()
                .map(point -> step(space.decode(point.place()), point, told))
                .toList();
        boolean isShort = steps.size() < FEWEST || front.most() - front.least() < StrictMath.log(SHORTEST);
        return new Scaling(steps, isShort ? List.of() : moves(space, front));
    }

    private static Step step(Config config, Front.Point point, List<Observation> told) {
        double loss = told.stream()
                .filter(one -> one.kind() == Kind.MEASURED && one.config().equals(config))
                .mapToDouble(Observation::loss)
                .average()
                .orElse(point.loss());
        return new Step(config, StrictMath.exp(point.logCost()), loss);
    }

    private static List<Move> moves(SearchSpace space, Front front) {
        List<Move> moves = new ArrayList<>();
        for (int axis = 0; axis < space.size(); axis++) {
            int at = axis;
            List<Front.Point> active = front.points().stream()
                    .filter(point -> space.active(point.place())[at])
                    .toList();
            Parameter parameter = space.parameters().get(axis);
            if (active.size() >= FEWEST && !parameter.isFixed()) {
                moves.add(
                        parameter instanceof Parameter.Choice choice && !choice.ordered()
                                ? options(choice, axis, active)
                                : line(parameter, axis, active, front));
            }
        }
        return moves;
    }

    private static Move line(Parameter parameter, int axis, List<Front.Point> active, Front front) {
        SimpleRegression line = new SimpleRegression();
        active.forEach(point -> line.addData(point.logCost(), point.place()[axis]));
        boolean moves = line.getTotalSumSquares() > 1e-12 && line.getXSumSquares() > 1e-12;
        double mean = active.stream()
                .mapToDouble(point -> point.place()[axis])
                .average()
                .orElseThrow();
        Value[] values = Stream.of(front.least(), (front.least() + front.most()) / 2, front.most())
                .map(cost -> moves ? line.predict(cost) : mean)
                .map(place -> parameter.decode(Math.max(0, Math.min(1, place))))
                .toArray(Value[]::new);
        return new Move(
                parameter,
                values[0],
                Optional.of(values[1]),
                values[2],
                moves ? Optional.of(line.getRSquare()) : Optional.empty());
    }

    private static Move options(Parameter.Choice choice, int axis, List<Front.Point> active) {
        int half = active.size() / 2;
        return new Move(
                choice,
                choice.decode(mostFrequent(active.subList(0, half), axis)),
                Optional.empty(),
                choice.decode(mostFrequent(active.subList(active.size() - half, active.size()), axis)),
                Optional.empty());
    }

    /** Of equally frequent ones that of the dearest. */
    private static double mostFrequent(List<Front.Point> points, int axis) {
        double found = 0;
        long most = 0;
        for (Front.Point point : points) {
            double place = point.place()[axis];
            long count = points.stream()
                    .filter(other -> other.place()[axis] == place)
                    .count();
            if (count >= most) {
                most = count;
                found = place;
            }
        }
        return found;
    }
}
