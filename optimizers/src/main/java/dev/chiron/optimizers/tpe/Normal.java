package dev.chiron.optimizers.tpe;

import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/** The standard normal distribution, in logarithms where its tails need them. */
final class Normal {

    static final double LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);

    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double PLAIN = 1e-8; // below it a difference of two masses has lost too many digits

    private Normal() {}

    /** The logarithm of the mass below x. */
    static double logBelow(double x) {
        return x < 0
                ? Math.log(0.5 * Erfcx.value(-x * SQRT_HALF)) - 0.5 * x * x
                : Math.log1p(-0.5 * Erfc.value(x * SQRT_HALF));
    }

    /** The logarithm of the mass between a and b; a below b. */
    static double logBetween(double a, double b) {
        if (a > 0) {
            return logBetween(-b, -a);
        }
        double plain = 0.5 * (Erf.value(b * SQRT_HALF) - Erf.value(a * SQRT_HALF));
        if (plain > PLAIN) {
            return Math.log(plain);
        }
        double upper = logBelow(b);
        return upper + Math.log(-Math.expm1(logBelow(a) - upper));
    }
}
