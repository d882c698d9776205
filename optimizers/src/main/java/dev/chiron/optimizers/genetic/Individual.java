package dev.chiron.optimizers.genetic;

import dev.chiron.optimizers.space.Config;

/**
 * One of NSGA-II's population.
 *
 * @param losses of all objectives; of what is infeasible none
 * @param violation above 0 of what is infeasible
 */
record Individual(Config config, double[] losses, double violation) {}
