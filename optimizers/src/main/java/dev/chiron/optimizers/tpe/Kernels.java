package dev.chiron.optimizers.tpe;

import org.apache.commons.math3.random.RandomGenerator;

/** One axis of a mixture: a distribution for each kernel, the last of them the prior's. */
interface Kernels {

    /** A place drawn from one kernel. */
    double draw(int kernel, RandomGenerator random);

    /** Adds the logarithm of each kernel's density (or mass) at a place. */
    void addLogDensity(double place, double[] sums);
}
