package dev.chiron.optimizers.surrogate;

import org.apache.commons.math3.special.Erf;

/**
 * The logarithm of the expected improvement below a value, finite wherever a double can be (Ament et al. 2023, arXiv
 * 2310.20708): log EI = log s + log h(z) with z = (best - mean) / s and h(z) = pdf(z) + z cdf(z).
 *
 * <p>In the lower tail, with t = -z, the paper goes by way of erfcx; here Mills' ratio 1 / (t + c) with its continued
 * fraction c = 1 / (t + 2 / (t + 3 / ...)) gives h = pdf(t) c / (t + c), without a difference of nearly equal numbers.
 */
public final class LogEi {

    private static final double TAIL = -3;
    private static final int TERMS = 50;
    private static final double LOG_SQRT_2PI = 0.5 * StrictMath.log(2 * Math.PI);

    private LogEi() {}

    /** log EI of a Gaussian of this mean and standard deviation (above 0) below {@code best}. */
    public static double of(double mean, double deviation, double best) {
        return StrictMath.log(deviation) + logH((best - mean) / deviation);
    }

    static double logH(double z) {
        double logDensity = -0.5 * z * z - LOG_SQRT_2PI;
        if (z > TAIL) {
            return StrictMath.log(StrictMath.exp(logDensity) + z * cumulative(z));
        }
        double c = fraction(-z);
        return logDensity + StrictMath.log(c) - StrictMath.log(c - z);
    }

    /** The derivative of log h, cdf / h. */
    public static double slope(double z) {
        if (z > TAIL) {
            double cumulative = cumulative(z);
            return cumulative / (StrictMath.exp(-0.5 * z * z - LOG_SQRT_2PI) + z * cumulative);
        }
        return 1 / fraction(-z);
    }

    private static double cumulative(double z) {
        return 0.5 * Erf.erfc(-z / Math.sqrt(2));
    }

    private static double fraction(double t) {
        double denominator = t;
        for (int k = TERMS; k >= 2; k--) {
            denominator = t + k / denominator;
        }
        return 1 / denominator;
    }
}
