package dev.chiron.optimizers;

/** A measured value as optimizers see it: the smaller the better, always finite. */
public final class Loss {

    private Loss() {}

    /**
     * This loss.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public static double requireFinite(double loss) {
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException("a loss must be finite, not " + loss + ": tell a failure as infeasible");
        }
        return loss;
    }
}
