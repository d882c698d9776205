package dev.chiron.optimizers.tpe;

import org.apache.commons.math3.random.RandomGenerator;

/**
 * One axis of a mixture: a distribution on each of its {@link Members}, and the prior's, whose number is one more than the last
 * observation's. What is asked of it holds for the members at the last {@link #settle}.
 */
interface Kernels {

    /** A newer observation than all others, which is a member. */
    void add(double place);

    /** Forgets the newest observation. */
    void removeLast();

    /** Says that an observation has become a member or is none any more. */
    void changed(int observation);

    /** Fits the kernels whose surroundings have changed. */
    void settle();

    /** A place drawn from one kernel. */
    double draw(int kernel, RandomGenerator random);

    /** Adds the logarithm of each kernel's density (or mass) at a place, but for {@link #addLogFactors}. */
    void addLogDensity(double place, double[] sums);

    /** Adds what is the same at every place. */
    void addLogFactors(double[] sums);
}
