package dev.chiron.optimizers.tpe;

import org.apache.commons.math3.random.RandomGenerator;

/**
 * Kernels over the options of an unordered choice: the observed option and a little of all. Places are indices.
 */
final class OptionKernels implements Kernels {

    private final int[] observed;
    private final int options;
    private final double rest;
    private final double own;

    /** @param observed the option of each observation, in the order of the mixture */
    OptionKernels(int[] observed, int options, double priorWeight) {
        this.observed = observed;
        this.options = options;
        double little = priorWeight / (observed.length + 1);
        double sum = 1 + options * little;
        this.rest = little / sum;
        this.own = (1 + little) / sum;
    }

    @Override
    public double draw(int kernel, RandomGenerator random) {
        boolean any = kernel == observed.length || random.nextDouble() < options * rest;
        return any ? random.nextInt(options) : observed[kernel];
    }

    @Override
    public void addLogDensity(double place, double[] sums) {
        double logRest = Math.log(rest);
        double logOwn = Math.log(own);
        for (int k = 0; k < observed.length; k++) {
            sums[k] += observed[k] == (int) place ? logOwn : logRest;
        }
        sums[observed.length] -= Math.log(options);
    }
}
