package dev.chiron.evals.fit;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;

/** A config as numbers: its place in the unit cube, an unordered choice as one number an option. */
final class Features {

    private final SearchSpace space;

    Features(SearchSpace space) {
        this.space = space;
    }

    double[] of(Config config) {
        List<Double> features = new ArrayList<>();
        List<Value> values = space.values(config);
        for (int i = 0; i < values.size(); i++) {
            Parameter parameter = space.parameters().get(i);
            Value value = values.get(i);
            if (parameter instanceof Parameter.Choice choice && !choice.ordered()) {
                choice.options().forEach(option -> features.add(value.equals(option) ? 1.0 : 0.0));
            } else {
                features.add(parameter.encode(value));
            }
        }
        return features.stream().mapToDouble(x -> x).toArray();
    }
}
