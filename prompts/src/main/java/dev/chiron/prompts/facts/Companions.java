package dev.chiron.prompts.facts;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;

/**
 * What has to move along when a batch size is moved: the learning rate, by the square-root rule of Malladi et al. 2022 (arXiv 2205.10287). Not the rates
 * of embeddings and scalars, for which the rules about hidden matrices do not hold. What a parameter is, its name says.
 */
public final class Companions {

    private Companions() {}

    /**
     * The changed config with its learning rate moved along, as far as its range goes; as it is if no batch size was changed, or no learning rate
     * is tuned.
     *
     * @param before the config that was changed
     * @param changed what it was changed to
     */
    public static Config along(SearchSpace space, Config before, Config changed) {
        double ratio = space.parameters().stream()
                .filter(parameter -> is(parameter, Quantity.BATCH))
                .mapToDouble(batch -> number(changed, batch) / number(before, batch))
                .filter(times -> times > 0 && Double.isFinite(times))
                .reduce(1, (a, b) -> a * b);
        Config moved = changed;
        for (Parameter rate : space.parameters()) {
            if (ratio != 1
                    && !(rate instanceof Parameter.Choice)
                    && is(rate, Quantity.LEARNING_RATE)
                    && number(changed, rate) > 0) {
                moved = space.with(moved, rate.name(), nearest(rate, number(changed, rate) * Laws.adamRate(ratio)));
            }
        }
        return moved;
    }

    private static boolean is(Parameter parameter, Quantity quantity) {
        return Quantity.of(parameter.name()).filter(quantity::equals).isPresent();
    }

    /** Not a number where the config has none. */
    private static double number(Config config, Parameter parameter) {
        return config.find(parameter.name())
                .map(value -> value.asNumber().orElse(Double.NaN))
                .orElse(Double.NaN);
    }

    private static Value nearest(Parameter parameter, double wanted) {
        Value low = parameter.decode(0);
        Value high = parameter.decode(1);
        return wanted <= low.asNumber().orElseThrow()
                ? low
                : wanted >= high.asNumber().orElseThrow() ? high : parameter.nearest(Value.of(wanted));
    }
}
