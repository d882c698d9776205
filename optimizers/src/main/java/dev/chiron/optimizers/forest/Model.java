package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.Memory;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Leaning;
import dev.chiron.optimizers.surrogate.Ranks;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * What a memory says to the forest. A pruned trial counts with its last loss. A failed one is believed as bad as the worst
 * measured: finite, so that the parts where trials fail are left by degrees. A running one is believed at the
 * mean that a forest without it has there (kriging believer, Ginsbourger et al. 2010).
 *
 * @param table the trials that have ended
 * @param acquisition given the running ones, too
 * @param known all configs of either, in order
 */
record Model(Table table, Acquisition acquisition, Set<Config> known) {

    /** Empty if all losses are alike. */
    static Optional<Model> of(Memory memory, SearchSpace space, ForestSettings settings, RandomGenerator random) {
        double[] losses = losses(memory.observations());
        double[] values = Ranks.standardised(losses);
        double worst = Arrays.stream(values).max().orElse(0);
        if (worst == 0) {
            return Optional.empty();
        }
        double[][] failed = points(memory.observations(), true, space);
        double[] bad = new double[failed.length];
        Arrays.fill(bad, worst);
        Table ended =
                new Table(points(memory.observations(), false, space), values, Table.options(space)).with(failed, bad);
        Set<Config> known = new LinkedHashSet<>();
        memory.observations().forEach(observation -> known.add(observation.config()));
        known.addAll(memory.pending());
        return Optional.of(new Model(ended, acquisition(ended, memory.pending(), space, settings, random), known));
    }

    private static Acquisition acquisition(
            Table ended, List<Config> pending, SearchSpace space, ForestSettings settings, RandomGenerator random) {
        Leaning leaning = new Leaning(settings.prior(), ended.points.length);
        Forest forest = Forest.grown(ended, settings.trees(), random);
        if (pending.isEmpty()) {
            return new Acquisition(forest, ended, leaning);
        }
        double[][] running = pending.stream().map(space::encode).toArray(double[][]::new);
        double[] believed =
                Arrays.stream(running).mapToDouble(point -> forest.at(point)[0]).toArray();
        Table all = ended.with(running, believed);
        return new Acquisition(Forest.grown(all, settings.trees(), random), all, leaning);
    }

    private static double[] losses(List<Observation> observations) {
        return observations.stream()
                .filter(observation -> observation.kind() != Kind.INFEASIBLE)
                .mapToDouble(Observation::loss)
                .toArray();
    }

    private static double[][] points(List<Observation> observations, boolean failed, SearchSpace space) {
        return observations.stream()
                .filter(observation -> (observation.kind() == Kind.INFEASIBLE) == failed)
                .map(observation -> space.encode(observation.config()))
                .toArray(double[][]::new);
    }
}
