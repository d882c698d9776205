package dev.chiron.optimizers.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How numbers are written for people and models: plainly where that is short, with an exponent otherwise. */
public final class Numbers {

    private Numbers() {}

    /** The number's exact text: it reads back as the same double. */
    public static String text(double number) {
        return Double.isFinite(number) ? plain(BigDecimal.valueOf(number)) : Double.toString(number);
    }

    /** The number rounded to so many significant digits. */
    public static String text(double number, int digits) {
        return Double.isFinite(number)
                ? plain(BigDecimal.valueOf(number).round(new MathContext(digits, RoundingMode.HALF_EVEN)))
                : Double.toString(number);
    }

    private static String plain(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = number.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= -4 && exponent < 15) {
            return stripped.toPlainString();
        }
        String digits = stripped.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (stripped.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
    }
}
