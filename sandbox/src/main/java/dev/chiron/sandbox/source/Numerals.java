package dev.chiron.sandbox.source;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** Number literals that Python and Java share. */
final class Numerals {
    private static final int ENOUGH_DIGITS = 17;
    private static final int PLAIN_BELOW = 16;
    private static final int PLAIN_FROM = -4;

    private Numerals() {}

    /** The shortest literal that reads back as this double; always with a point or an exponent. */
    static String real(double number) {
        if (number == 0) {
            return "0.0";
        }
        BigDecimal exact = new BigDecimal(number);
        BigDecimal shortest = exact;
        for (int digits = 1; digits <= ENOUGH_DIGITS; digits++) {
            shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shortest.doubleValue() == number) {
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= PLAIN_FROM && exponent < PLAIN_BELOW) {
            return shortest.scale() <= 0 ? shortest.toPlainString() + ".0" : shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (number < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
    }

    /** The whole number written like {@code old} where that is a power of two, such as {@code 2**19}, and it is one too. */
    static Optional<String> powerOfTwo(String old, long number) {
        if (number < 1 || Long.bitCount(number) != 1) {
            return Optional.empty();
        }
        int operator = Math.max(old.indexOf("**"), old.indexOf("<<"));
        if (operator < 0) {
            return Optional.empty();
        }
        String base = old.substring(0, operator).strip().toUpperCase(Locale.ROOT);
        String exponent = old.substring(operator + 2).strip();
        boolean power = base.equals("2") && old.startsWith("**", operator);
        boolean shift = (base.equals("1") || base.equals("1L")) && old.startsWith("<<", operator);
        if (!(power || shift) || exponent.isEmpty() || !exponent.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(old.substring(0, old.length() - exponent.length()) + Long.numberOfTrailingZeros(number));
    }
}
