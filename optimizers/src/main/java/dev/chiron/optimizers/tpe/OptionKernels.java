package dev.chiron.optimizers.tpe;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Kernels over the options of an unordered choice: the observed option and a little of all. Places are indices.
 */
final class OptionKernels implements Kernels {

    private final Members members;
    private final double[] prior;
    private final double priorWeight;
    private int[] observed = new int[0];
    private int size;
    private double rest;
    private double own;

    /**
     * @param members of the mixture
     * @param prior the probability of each option in the prior's kernel
     */
    OptionKernels(Members members, double[] prior, double priorWeight) {
        this.members = members;
        this.prior = prior;
        this.priorWeight = priorWeight;
    }

    @Override
    public void add(double place) {
        if (size == observed.length) {
            observed = Arrays.copyOf(observed, Growth.of(size));
        }
        observed[size++] = (int) place;
    }

    @Override
    public void removeLast() {
        size--;
    }

    @Override
    public void changed(int observation) {
        // a kernel depends on how many there are alone
    }

    @Override
    public void settle() {
        double little = priorWeight / (members.count() + 1);
        double sum = 1 + prior.length * little;
        rest = little / sum;
        own = (1 + little) / sum;
    }

    @Override
    public double draw(int kernel, RandomGenerator random) {
        if (kernel == size) {
            return believed(random.nextDouble());
        }
        return random.nextDouble() < prior.length * rest ? random.nextInt(prior.length) : observed[kernel];
    }

    private int believed(double share) {
        double left = share;
        int option = 0;
        while (option < prior.length - 1 && left >= prior[option]) {
            left -= prior[option++];
        }
        return option;
    }

    @Override
    public void addLogDensity(double place, double[] sums) {
        double logRest = Math.log(rest);
        double logOwn = Math.log(own);
        for (int k = 0; k < size; k++) {
            sums[k] += observed[k] == (int) place ? logOwn : logRest;
        }
        sums[size] += Math.log(prior[(int) place]);
    }

    @Override
    public void addLogFactors(double[] sums) {
        // a probability has none
    }
}
