package dev.chiron.evals.yahpo;

import dev.chiron.optimizers.space.Config;
import java.util.List;

/** A parameter that counts only while another has one of some values. */
record Condition(String child, String parent, List<String> values) {

    Condition {
        values = List.copyOf(values);
    }

    boolean holds(Config config) {
        return values.contains(config.get(parent).text());
    }
}
