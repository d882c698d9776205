package dev.chiron.optimizers.feasibility;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import java.util.Optional;

/** A part of a search space that can be said in a few words. */
public sealed interface Region {

    /** Whether a config lies in it. */
    boolean holds(Config config);

    /**
     * A parameter, or a product of parameters, beyond a limit.
     *
     * @param names the factors, one or more, numeric; a squared one stands there twice, one after the other
     * @param above whether the region lies above the limit or below it; the limit itself is outside
     */
    record Limit(List<String> names, boolean above, double limit) implements Region {
        public Limit {
            names = List.copyOf(names);
        }

        @Override
        public boolean holds(Config config) {
            double product = 1;
            for (String name : names) {
                Optional<Value> value = config.find(name);
                if (value.isEmpty()) {
                    return false; // not active
                }
                product *= value.get().asNumber().orElseThrow();
            }
            return above ? product > limit : product < limit;
        }
    }

    /** One option of a choice. */
    record Option(String name, Value option) implements Region {
        @Override
        public boolean holds(Config config) {
            return config.find(name).filter(option::equals).isPresent();
        }
    }
}
