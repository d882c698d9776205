package dev.chiron.optimizers.gp;

import java.util.List;
import java.util.Optional;

/**
 * What can be chosen about {@link GaussianProcess}.
 *
 * @param startup how many trials of any outcome come before the first model, at least 1
 * @param candidates how many points the acquisition is looked up at before it is climbed, at least 8
 * @param starts from how many of them it is climbed, at least 1
 * @param prior where the optimum is believed to be
 */
public record GpSettings(int startup, int candidates, int starts, Optional<Prior> prior) {

    /** Ten trials first, as Optuna's sampler; no prior. */
    public static final GpSettings DEFAULT = new GpSettings(10, 1000, 8, Optional.empty());

    /** Checks the ranges. */
    public GpSettings {
        if (startup < 1 || candidates < 8 || starts < 1) {
            throw new IllegalArgumentException("startup and starts must be 1 or more and candidates 8 or more: "
                    + startup + ", " + starts + ", " + candidates);
        }
    }

    /** These settings with a prior. */
    public GpSettings withPrior(Prior belief) {
        return new GpSettings(startup, candidates, starts, Optional.of(belief));
    }

    /**
     * A belief about the optimum: independent Gaussians in the unit cube, whose weight decays with the number of trials n as
     * strength / n (piBO, Hvarfner et al. 2022, arXiv 2204.11051, eq. 6).
     *
     * @param centre one coordinate a parameter; of an unordered choice that of the option believed in
     * @param width the standard deviation, above 0, one a parameter; the other options of an unordered choice count as at
     *     distance 1
     * @param strength the paper's beta, above 0; there a tenth of the number of trials
     */
    public record Prior(List<Double> centre, List<Double> width, double strength) {

        /** Checks the ranges. */
        public Prior {
            centre = List.copyOf(centre);
            width = List.copyOf(width);
            boolean positive = width.stream().allMatch(w -> w > 0) && strength > 0;
            if (centre.size() != width.size() || !positive) {
                throw new IllegalArgumentException(
                        "a prior needs as many widths as coordinates, all of them and its strength above 0");
            }
        }
    }
}
