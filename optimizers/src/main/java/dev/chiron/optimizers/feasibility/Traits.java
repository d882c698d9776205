package dev.chiron.optimizers.feasibility;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Parameter.Whole;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.Optional;

/** A config as numbers in [-1, 1] in which limits on products are linear, and a 1. */
final class Traits {

    private final SearchSpace space;
    private final int size;

    Traits(SearchSpace space) {
        this.space = space;
        int count = 1;
        for (Parameter parameter : space.parameters()) {
            count += isUnordered(parameter) ? ((Choice) parameter).options().size() : 1;
        }
        this.size = count;
    }

    private static boolean isUnordered(Parameter parameter) {
        return parameter instanceof Choice choice && !choice.ordered();
    }

    double[] of(Config config) {
        double[] traits = new double[size];
        int at = 0;
        for (Parameter parameter : space.parameters()) {
            Optional<Value> value = config.find(parameter.name()); // what is not active says nothing: zeros
            if (isUnordered(parameter)) {
                Choice choice = (Choice) parameter;
                if (value.isPresent()) {
                    traits[at + choice.index(value.get())] = 1;
                }
                at += choice.options().size();
            } else {
                traits[at++] = value.isPresent() ? ordered(parameter, value.get()) : 0;
            }
        }
        traits[at] = 1;
        return traits;
    }

    /** A whole number from 1 is a size, whatever scale it is searched on. */
    private static double ordered(Parameter parameter, Value value) {
        if (parameter instanceof Whole whole && whole.low() >= 1 && !whole.isFixed()) {
            double low = Math.log((double) whole.low());
            double high = Math.log((double) whole.high());
            return 2 * (Math.log(value.asNumber().orElseThrow()) - low) / (high - low) - 1;
        }
        return 2 * parameter.encode(value) - 1;
    }
}
