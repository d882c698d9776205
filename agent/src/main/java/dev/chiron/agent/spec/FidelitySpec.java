package dev.chiron.agent.spec;

import dev.chiron.optimizers.fidelity.Deepening;
import dev.chiron.optimizers.fidelity.Halving;
import dev.chiron.optimizers.fidelity.Intervals;
import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.fidelity.Promotion;
import dev.chiron.optimizers.fidelity.Schedule;
import java.util.List;

/**
 * How much of a training a trial may be, and how the script is told.
 *
 * @param ladder the parts of a training; its name reaches the script as a parameter's does
 * @param begin the rung of the first pass of {@link #DEEPENING}
 * @param variant what becomes of its promotions when the budget grows
 */
public record FidelitySpec(Ladder ladder, int begin, Deepening.Variant variant) {

    public static final String HYPERBAND = "hyperband";
    public static final String DEEPENING = "iterative-deepening-hyperband";
    public static final String BOHB = "bohb";
    public static final String ASHA = "asha";

    public static final String PBT = "pbt";
    public static final String HDET = "hdet";

    /** The methods whose trials are parts of a training, each divided by the same number. */
    public static final List<String> METHODS = List.of(HYPERBAND, DEEPENING, BOHB, ASHA);

    /** The methods whose trials are intervals of a training, each of which goes on from a checkpoint. */
    public static final List<String> POPULATIONS = List.of(PBT, HDET);

    /** The optimizer that draws without learning, which these methods may have as well. */
    static final String RANDOM = "random";

    /**
     * Who is trained longer, and when.
     *
     * @param method one of {@link #METHODS}
     */
    public Schedule schedule(String method) {
        return switch (method) {
            case ASHA -> new Promotion(ladder.reduction(), ladder.lowest());
            case DEEPENING -> new Halving(ladder.reduction(), begin, ladder.lowest(), variant);
            default -> Halving.hyperband(ladder.reduction(), ladder.lowest());
        };
    }

    /** Whether a method's trials are parts of a training. */
    public static boolean isInParts(String method) {
        return METHODS.contains(method) || POPULATIONS.contains(method);
    }

    /** The intervals of a training, for {@link #POPULATIONS}: the least that says anything is the length of one. */
    public Intervals intervals() {
        return new Intervals(ladder.name(), ladder.least(), ladder.whole());
    }

    /** The optimizer of one of {@link #METHODS} where none is named. */
    public static String usualOptimizer(String method) {
        return method.equals(BOHB) ? "tpe" : RANDOM;
    }

    /** In words. */
    @Override
    public String toString() {
        return ladder.name() + " " + ladder.least().text() + " to "
                + ladder.whole().text() + " by "
                + ladder.reduction() + ", start "
                + ladder.amount(begin).amount().text() + ", "
                + FidelityReader.word(variant);
    }
}
