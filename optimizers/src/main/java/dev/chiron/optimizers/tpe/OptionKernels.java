package dev.chiron.optimizers.tpe;

import org.apache.commons.math3.random.RandomGenerator;

/**
 * Kernels over the options of an unordered choice: the observed option and a little of all. Places are indices.
 */
final class OptionKernels implements Kernels {

    private final int[] observed;
    private final int options;
    private final double[] prior;
    private final double rest;
    private final double own;

    /**
     * @param observed the option of each observation, in the order of the mixture
     * @param prior the probability of each option in the prior's kernel
     */
    OptionKernels(int[] observed, double[] prior, double priorWeight) {
        this.observed = observed;
        this.options = prior.length;
        this.prior = prior;
        double little = priorWeight / (observed.length + 1);
        double sum = 1 + options * little;
        this.rest = little / sum;
        this.own = (1 + little) / sum;
    }

    @Override
    public double draw(int kernel, RandomGenerator random) {
        if (kernel == observed.length) {
            return believed(random.nextDouble());
        }
        return random.nextDouble() < options * rest ? random.nextInt(options) : observed[kernel];
    }

    private int believed(double share) {
        double left = share;
        int option = 0;
        while (option < options - 1 && left >= prior[option]) {
            left -= prior[option++];
        }
        return option;
    }

    @Override
    public void addLogDensity(double place, double[] sums) {
        double logRest = Math.log(rest);
        double logOwn = Math.log(own);
        for (int k = 0; k < observed.length; k++) {
            sums[k] += observed[k] == (int) place ? logOwn : logRest;
        }
        sums[observed.length] += Math.log(prior[(int) place]);
    }
}
