package dev.chiron.optimizers.scalarised;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.pareto.Box;
import dev.chiron.optimizers.pareto.Compromise;
import java.util.ArrayList;
import java.util.List;

/** Observations of several losses as observations of one: how far each is from being good in everything. */
public final class Scalarised {

    private Scalarised() {}

    /** The same observations, those with several losses with their distance to the best values of all instead (see {@link Compromise}). */
    public static List<Observation> of(List<Observation> observations) {
        List<double[]> losses = observations.stream()
                .filter(observation -> !observation.further().isEmpty())
                .map(Observation::losses)
                .toList();
        if (losses.isEmpty()) {
            return observations;
        }
        Box box = Box.of(losses);
        List<Observation> scalarised = new ArrayList<>();
        for (Observation observation : observations) {
            scalarised.add(
                    observation.further().isEmpty()
                            ? observation
                            : Observation.measured(
                                    observation.config(), Compromise.distance(box.share(observation.losses()))));
        }
        return scalarised;
    }
}
