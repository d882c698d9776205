package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.Numbers;

/**
 * How a population goes on, for {@link FidelitySpec#PBT}.
 *
 * @param members how many there are, 2 or more
 * @param quantile the share that is the best, and that is the worst: above 0, at most a half
 * @param resample the probability with which a parameter is drawn anew where a better config is taken over, 0 to 1
 */
public record PopulationSpec(int members, double quantile, double resample) {

    /** In words. */
    @Override
    public String toString() {
        return members + " members, quantile " + Numbers.text(quantile) + ", resample " + Numbers.text(resample);
    }
}
