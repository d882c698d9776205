package dev.chiron.optimizers.space;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values at which parameters rest while they are not active: one and the same for all configs. Immutable. */
final class Resting {

    private final List<Value> values;
    private final double[] point;

    /** @param values by name; a parameter that is not named rests in the middle */
    Resting(List<Parameter> parameters, Map<String, Value> values) {
        this.values = parameters.stream()
                .map(parameter -> Optional.ofNullable(values.get(parameter.name()))
                        .map(parameter::nearest)
                        .orElseGet(() -> parameter.decode(Parameter.MIDDLE)))
                .toList();
        this.point = new double[parameters.size()];
        for (int i = 0; i < point.length; i++) {
            point[i] = parameters.get(i).encode(this.values.get(i));
        }
    }

    /** The value of the parameter of an index. */
    Value value(int i) {
        return values.get(i);
    }

    /** A point with what is not active at rest; fresh array. */
    double[] settled(double[] moved, boolean[] active) {
        double[] settled = point.clone();
        for (int i = 0; i < settled.length; i++) {
            settled[i] = active[i] ? moved[i] : settled[i];
        }
        return settled;
    }
}
