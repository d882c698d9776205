package dev.chiron.optimizers.portfolio;

import dev.chiron.optimizers.forest.ForestSettings;
import dev.chiron.optimizers.gp.GpSettings;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.turbo.TurboSettings;

/**
 * What can be chosen about {@link Portfolio}.
 *
 * @param gp of the Gaussian process
 * @param turbo of the one in a trust region
 * @param forest of the random forest
 * @param startup how many trials of any outcome come before credit decides, at least 1
 * @param memory what is left of a trial's evidence after the next trial, in (0, 1)
 * @param exploration how much a member is favoured of which little is known, beside worths in [0, 1]; at least 0
 */
public record PortfolioSettings(
        GpSettings gp, TurboSettings turbo, ForestSettings forest, int startup, double memory, double exploration) {

    /** The members as they are by themselves; about the last thirty of their trials count. */
    public static final PortfolioSettings DEFAULT =
            new PortfolioSettings(GpSettings.DEFAULT, TurboSettings.DEFAULT, ForestSettings.DEFAULT, 10, 0.97, 0.25);

    /** Checks the ranges. */
    public PortfolioSettings {
        if (startup < 1 || !(memory > 0 && memory < 1) || !(exploration >= 0)) {
            throw new IllegalArgumentException(
                    "startup must be 1 or more, memory between 0 and 1, exploration 0 or more: " + startup + ", "
                            + memory + ", " + exploration);
        }
    }

    /** These settings with a prior, for every member. */
    public PortfolioSettings withPrior(Prior belief) {
        return new PortfolioSettings(
                gp.withPrior(belief), turbo.withPrior(belief), forest.withPrior(belief), startup, memory, exploration);
    }
}
