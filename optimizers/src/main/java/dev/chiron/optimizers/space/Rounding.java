package dev.chiron.optimizers.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Rounding to decimal digits, half to even: what {@link BigDecimal} gives, without making one where a double can tell. */
final class Rounding {

    private static final double MOST = 1e12; // below, a product's rounding is much less than NEAR_TIE
    private static final double NEAR_TIE = 0.01; // from here the fraction is certain
    private static final int EXACT_POWERS = 22; // of ten, in a double

    private Rounding() {}

    /** To so many digits after the point; before it if negative. */
    static double decimals(double number, int decimals) {
        double quick = quick(number, decimals);
        return Double.isNaN(quick)
                ? BigDecimal.valueOf(number)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .doubleValue()
                : quick;
    }

    /** To so many significant digits. */
    static double significant(double number, int digits) {
        if (number == 0) {
            return number;
        }
        int decimals = digits - 1 - (int) Math.floor(Math.log10(Math.abs(number)));
        double quick = quick(number, decimals);
        double next = Math.abs(quick) * Math.pow(10, decimals - (double) digits);
        return next >= 0.11 && next <= 0.99 // else the digits may be one more or less, by a logarithm's rounding
                ? quick
                : BigDecimal.valueOf(number)
                        .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                        .doubleValue();
    }

    /** Not a number where this is not certainly the nearest double to the rounded decimal. */
    private static double quick(double number, int decimals) {
        if (Math.abs(decimals) > EXACT_POWERS) {
            return Double.NaN;
        }
        double power = Math.pow(10, Math.abs(decimals));
        double scaled = decimals >= 0 ? number * power : number / power;
        double whole = Math.rint(scaled);
        if (Math.abs(scaled) > MOST || Math.abs(Math.abs(scaled - whole) - 0.5) < NEAR_TIE) {
            return Double.NaN;
        }
        return decimals >= 0 ? whole / power : whole * power; // both exact, so rounded once
    }
}
