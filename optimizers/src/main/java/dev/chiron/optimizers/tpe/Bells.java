package dev.chiron.optimizers.tpe;

/** Gaussians along a {@link Scale}, numbered, each cut off at its ends. */
interface Bells {

    /** Gives a number its Gaussian; numbers without one are asked for, too, and have any. */
    void set(int number, double centre, double width);

    double width(int number);

    /** Makes room before Gaussians are set; says whether all must be set again. */
    boolean forgets();

    /** Adds the logarithm of the density (or mass) of each at a place, but for {@link #addLogFactors}. */
    void addLogDensity(double place, double[] sums);

    /** Adds what is the same at every place. */
    void addLogFactors(double[] sums);
}
