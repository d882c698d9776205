package dev.chiron.optimizers.cma;

/**
 * The constants of CMA-ES for a dimension and a population. Equations are those of Hansen's tutorial, arXiv 1604.00772;
 * where Commons Math's CMAESOptimizer differs, its own formula stands in {@link #commonsMath}.
 */
final class CmaConstants {

    final UpdateRule rule;
    final int dimension; // n
    final int population; // lambda
    final double[] positive; // recombination weights by rank, sum 1, 0 from rank mu on (eq. 53)
    final double[] negative; // weights of the worse half in C by rank, at most 0 (eq. 53)
    final double muEff; // variance effective selection mass (eq. 8)
    final double cSigma; // decay of the path for sigma (eq. 55)
    final double dSigma; // damping of sigma (eq. 55)
    final double cC; // decay of the path for C (eq. 56)
    final double c1; // learning rate of the rank-one update (eq. 57)
    final double cMu; // learning rate of the rank-mu update (eq. 58)
    final double chi; // E|N(0,I)|, approximately (below eq. 35)

    private CmaConstants(UpdateRule rule, int dimension, int population, double cSigmaOffset, double dSigmaFactor) {
        double n = Math.max(1, dimension);
        boolean separable = rule == UpdateRule.SEPARABLE;
        double[] raw = rawWeights(population, separable ? population / 2 + 1 : (population + 1) / 2.0);
        int mu = population / 2;
        this.rule = rule;
        this.dimension = dimension;
        this.population = population;
        this.muEff = effectiveMass(raw, 0, mu);
        this.cSigma = (muEff + 2) / (n + muEff + cSigmaOffset);
        this.dSigma = (1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1)) * dSigmaFactor + cSigma;
        this.cC = separable ? 4 / (n + 4) : (4 + muEff / n) / (n + 4 + 2 * muEff / n);
        this.c1 = 2 / ((n + 1.3) * (n + 1.3) + muEff);
        double slack = rule == UpdateRule.TUTORIAL ? 1e-8 : 0;
        double rate = separable ? separableRate(n, muEff) : 2 * (muEff - 2 + 1 / muEff) / ((n + 2) * (n + 2) + muEff);
        this.cMu = Math.min(1 - c1 - slack, rate);
        this.chi = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
        this.positive = new double[population];
        this.negative = new double[population];
        double better = sum(raw, 0, mu);
        for (int i = 0; i < mu; i++) {
            positive[i] = raw[i] / better;
        }
        if (rule == UpdateRule.TUTORIAL) {
            double muEffMinus = effectiveMass(raw, mu, population);
            double keepsDecay = 1 + c1 / cMu; // (eq. 50)
            double keepsMass = 1 + 2 * muEffMinus / (muEff + 2); // (eq. 51)
            double keepsPositiveDefinite = (1 - c1 - cMu) / (n * cMu); // (eq. 52)
            double alpha = Math.min(keepsDecay, Math.min(keepsMass, keepsPositiveDefinite));
            double worse = -sum(raw, mu, population);
            for (int i = mu; i < population; i++) {
                negative[i] = Math.min(0, raw[i] * alpha / worse);
            }
        }
    }

    /** The tutorial's constants, as in cmaes 0.13. */
    static CmaConstants tutorial(int dimension, int population) {
        return new CmaConstants(UpdateRule.TUTORIAL, dimension, population, 5, 1);
    }

    /** The library's: a shorter memory for sigma, whose damping weakens when few iterations are allowed. */
    static CmaConstants commonsMath(UpdateRule rule, int dimension, int population, int maxIterations) {
        double impatience = Math.max(0.3, 1 - dimension / (1e-6 + maxIterations));
        return new CmaConstants(rule, dimension, population, 3, impatience);
    }

    /** Those of cmaes' SepCMA: as in the original CMA-ES, with (n + 2) / 3 times its learning rate. */
    static CmaConstants separable(int dimension, int population) {
        return new CmaConstants(UpdateRule.SEPARABLE, dimension, population, 3, 1);
    }

    static CmaConstants of(UpdateRule rule, int dimension, int population) {
        return switch (rule) {
            case TUTORIAL -> tutorial(dimension, population);
            case SEPARABLE -> separable(dimension, population);
            case COMMONS_MATH, COMMONS_MATH_ACTIVE -> commonsMath(rule, dimension, population, Integer.MAX_VALUE);
        };
    }

    /** The longest step, in standard deviations, that a point from outside may stand for: c_y of arXiv 1110.4181. */
    double longestStep() {
        return Math.sqrt(dimension) + 2.0 * dimension / (dimension + 2);
    }

    /** The longest step of the mean that a single point may cause: c_ym of arXiv 1110.4181. */
    double longestMeanStep() {
        return Math.sqrt(2.0 * dimension) + 2.0 * dimension / (dimension + 2);
    }

    /** ln((lambda + 1) / 2) - ln i (eq. 49); in older versions ln(mu + 1) - ln i. */
    private static double[] rawWeights(int population, double zero) {
        double[] raw = new double[population];
        for (int i = 0; i < population; i++) {
            raw[i] = StrictMath.log(zero) - StrictMath.log(i + 1);
        }
        return raw;
    }

    /** Ros, Hansen 2008; the larger because there are n parameters to learn instead of n (n + 1) / 2. */
    private static double separableRate(double n, double muEff) {
        double fresh = Math.min(1, (2 * muEff - 1) / ((n + 2) * (n + 2) + muEff));
        double rate = 2 / muEff / ((n + Math.sqrt(2)) * (n + Math.sqrt(2))) + (1 - 1 / muEff) * fresh;
        return (n + 2) / 3 * rate;
    }

    private static double effectiveMass(double[] weights, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += weights[i] * weights[i];
        }
        double sum = sum(weights, from, to);
        return sum * sum / squares;
    }

    private static double sum(double[] weights, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += weights[i];
        }
        return sum;
    }
}
