package dev.chiron.optimizers.conformal;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Coordinates;
import dev.chiron.optimizers.surrogate.Ranks;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What observations say to the quantiles: losses as logarithms of their ranks, a pruned trial with its last one. A failed one is believed
 * as bad as the worst measured: finite, so that the parts where trials fail are left by degrees.
 */
final class Data {

    /** Of more trials than this the better half of as many and the latest others are learned from; growing trees takes time. */
    private static final int MOST = 400;

    private Data() {}

    /** A row for each observation; empty if all losses are alike. */
    static Optional<Table> of(List<Observation> observations, SearchSpace space) {
        double[] ranked = Ranks.standardised(observations.stream()
                .filter(observation -> observation.kind() != Kind.INFEASIBLE)
                .mapToDouble(Observation::loss)
                .toArray());
        double worst = Arrays.stream(ranked).max().orElse(0);
        if (worst == 0) {
            return Optional.empty();
        }
        double[] values = new double[observations.size()];
        int next = 0;
        for (int row = 0; row < values.length; row++) {
            values[row] = observations.get(row).kind() == Kind.INFEASIBLE ? worst : ranked[next++];
        }
        int[] kept = kept(values);
        double[][] points = Arrays.stream(kept)
                .mapToObj(row -> space.encode(observations.get(row).config()))
                .toArray(double[][]::new);
        double[] keptValues =
                Arrays.stream(kept).mapToDouble(row -> values[row]).toArray();
        return Optional.of(new Table(points, keptValues, new Coordinates(space).unordered()));
    }

    private static int[] kept(double[] values) {
        TreeSet<Integer> kept = new TreeSet<>();
        IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> values[row]))
                .limit(MOST / 2)
                .forEach(kept::add);
        for (int row = values.length - 1; row >= 0 && kept.size() < MOST; row--) {
            kept.add(row);
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }
}
