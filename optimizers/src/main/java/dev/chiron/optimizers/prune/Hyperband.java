package dev.chiron.optimizers.prune;

import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.zip.CRC32;

/**
 * Successive halving from several first rungs at a time (Li et al. 2018, "Hyperband"; as Optuna has it, {@code HyperbandPruner}): each run
 * belongs to one bracket, by its number, and is compared with that bracket's runs alone. Bracket b begins at the step grace·η^b.
 *
 * @param study what the brackets are drawn by, besides a run's number
 * @param grace the step of the first bracket's first rung, above 0
 * @param high the last step of a whole run; empty to take it from the first measured one
 * @param reduction η, 2 or more
 */
public record Hyperband(String study, double grace, OptionalDouble high, int reduction) implements Pruner {

    private static final double ROUNDING = 1e-9; // a logarithm may fall short of a whole number

    @Override
    public Decision decide(int number, Curve curve, Past past) {
        OptionalDouble length = past.firstLength();
        if (high.isEmpty() && length.isEmpty()) {
            return Decision.GO_ON;
        }
        int[] weights = weights(high.orElseGet(() -> length.getAsDouble() + 1));
        int bracket = bracket(number, weights);
        return new SuccessiveHalving(reduction, OptionalDouble.of(grace), bracket)
                .decide(curve, past, other -> bracket(other, weights) == bracket);
    }

    /** How many runs of all go to each bracket, in proportion: a bracket that stops early gets more. */
    int[] weights(double longest) {
        int brackets = Math.max(1, 1 + (int) Math.floor(Math.log(longest / grace) / Math.log(reduction) + ROUNDING));
        int[] weights = new int[brackets];
        for (int bracket = 0; bracket < brackets; bracket++) {
            int most = brackets - 1 - bracket;
            weights[bracket] = (int) Math.ceil(brackets * Math.pow(reduction, most) / (most + 1));
        }
        return weights;
    }

    /** The bracket of a run. */
    int bracket(int number, int[] weights) {
        CRC32 crc = new CRC32();
        crc.update((study + "_" + number).getBytes(StandardCharsets.UTF_8));
        long total = 0;
        for (int weight : weights) {
            total += weight;
        }
        long draw = crc.getValue() % total;
        int bracket = 0;
        while (draw >= weights[bracket]) {
            draw -= weights[bracket++];
        }
        return bracket;
    }

    @Override
    public Curve kept(Curve whole, Past past) {
        return new SuccessiveHalving(reduction, OptionalDouble.of(grace), 0).kept(whole, past);
    }
}
