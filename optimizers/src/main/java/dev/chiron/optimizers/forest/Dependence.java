package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a parameter does to the loss, all others being anything: the marginal of a random forest over the whole space (partial dependence,
 * Friedman 2001; with uniform others, as in fANOVA).
 *
 * <p>Losses worse than nine of ten count as the tenth's, so that one that diverged does not hide the rest.
 *
 * @param choice whether its values are options, and not numbers of a range
 * @param points over the range, ascending; of a choice its options in their order
 * @param agreed the share of the samples of the trials in which the value that is worst of all is indeed worse than the best, in [0, 1]
 */
public record Dependence(String parameter, boolean choice, List<Point> points, double agreed) {

    private static final int SAMPLES = 20;
    private static final int TREES = 8; // to each sample

    /** Makes the list unchangeable. */
    public Dependence {
        points = List.copyOf(points);
    }

    /**
     * A value, and the loss that is expected there.
     *
     * @param low with {@code high} the range of what {@value #SAMPLES} samples of the trials say, drawn from them with repetition, without the
     *     least and the greatest
     */
    public record Point(Value value, double loss, double low, double high) {}

    /** Where the least loss is expected. */
    public Point best() {
        return points.stream().min(Comparator.comparingDouble(Point::loss)).orElseThrow();
    }

    /** Where the greatest loss is expected. */
    public Point worst() {
        return points.stream().max(Comparator.comparingDouble(Point::loss)).orElseThrow();
    }

    /**
     * One a parameter that can be varied, in the space's order.
     *
     * @param cases at least one, all of the space
     * @param seed of all that is random
     */
    public static List<Dependence> of(SearchSpace space, List<Case> cases, long seed) {
        double[] values = Places.bounded(cases);
        List<Grove> groves = groves(space, cases, values, new SplitMix(seed));
        List<Dependence> all = new ArrayList<>();
        for (int i = 0; i < space.size(); i++) {
            Parameter parameter = space.parameters().get(i);
            if (!parameter.isFixed()) {
                all.add(of(parameter, i, groves));
            }
        }
        return all;
    }

    private static List<Grove> groves(SearchSpace space, List<Case> cases, double[] values, SplitMix random) {
        List<Grove> groves = new ArrayList<>();
        for (int s = 0; s < SAMPLES; s++) {
            int[] sample = IntStream.range(0, values.length)
                    .map(k -> random.nextInt(values.length))
                    .toArray();
            groves.add(Grove.of(
                    space,
                    Arrays.stream(sample).mapToObj(cases::get).toList(),
                    Arrays.stream(sample).mapToDouble(k -> values[k]).toArray(),
                    TREES,
                    random.nextLong()));
        }
        return groves;
    }

    private static Dependence of(Parameter parameter, int i, List<Grove> groves) {
        double[] places = Places.of(parameter);
        List<double[]> said = groves.stream()
                .map(grove -> Arrays.stream(places)
                        .map(place -> grove.marginal(i, place))
                        .toArray())
                .toList();
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < places.length; k++) {
            int at = k;
            double[] losses = said.stream().mapToDouble(one -> one[at]).sorted().toArray();
            points.add(new Point(
                    parameter.decode(places[k]),
                    Arrays.stream(losses).average().orElseThrow(),
                    losses[1],
                    losses[SAMPLES - 2]));
        }
        int best = IntStream.range(0, places.length)
                .reduce((one, other) ->
                        points.get(other).loss() < points.get(one).loss() ? other : one)
                .orElseThrow();
        int worst = IntStream.range(0, places.length)
                .reduce((one, other) ->
                        points.get(other).loss() > points.get(one).loss() ? other : one)
                .orElseThrow();
        double agreed = said.stream().filter(one -> one[worst] > one[best]).count();
        return new Dependence(parameter.name(), parameter instanceof Parameter.Choice, points, agreed / SAMPLES);
    }
}
