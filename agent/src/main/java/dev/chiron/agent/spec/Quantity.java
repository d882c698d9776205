package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers, durations and sizes as people write them. YAML 1.1 reads {@code 1e-4} as a text and {@code 010} as eight;
 * here the first is a number and the second is ten.
 */
final class Quantity {

    private static final int LONGEST = 60;
    private static final int LARGEST_EXPONENT = 1100; // of two, that is beyond the largest double
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+(_[0-9]+)*");
    private static final Pattern REAL = Pattern.compile(
            "[+-]?([0-9]+(_[0-9]+)*(\\.([0-9]+(_[0-9]+)*)?)?|\\.[0-9]+(_[0-9]+)*)([eE][+-]?[0-9]{1,4})?");
    private static final Pattern TIME = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kmgt]?)(?:i?b)?");
    private static final Map<String, Long> MILLIS = milliseconds();
    private static final String UNITS = "kmgt";

    private Quantity() {}

    private static Map<String, Long> milliseconds() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("d", 86_400_000L);
        units.put("h", 3_600_000L);
        units.put("m", 60_000L);
        units.put("s", 1000L);
        units.put("ms", 1L);
        return units;
    }

    /** {@code 8}, {@code 524_288}, {@code 2**19}, {@code 0.1}, {@code 1e-4}; empty for anything else, also for infinity. */
    static Optional<Value> number(String text) {
        int power = text.indexOf("**");
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        if (power < 0) {
            return simple(text);
        }
        Optional<Value> base = simple(text.substring(0, power).strip());
        Optional<Value> exponent = simple(text.substring(power + 2).strip());
        return base.isPresent() && exponent.isPresent() ? power(base.get(), exponent.get()) : Optional.empty();
    }

    private static Optional<Value> simple(String text) {
        String digits = text.replace("_", "");
        if (WHOLE.matcher(text).matches()) {
            return whole(new BigInteger(digits));
        }
        return REAL.matcher(text).matches() ? real(Double.parseDouble(digits)) : Optional.empty();
    }

    private static Optional<Value> power(Value base, Value exponent) {
        if (base instanceof Value.Whole b
                && exponent instanceof Value.Whole e
                && e.number() >= 0
                && e.number() <= LARGEST_EXPONENT) {
            BigInteger magnitude = BigInteger.valueOf(b.number()).abs().pow((int) e.number());
            return whole(b.number() < 0 ? magnitude.negate() : magnitude); // as in Python, -2**2 is -4
        }
        double b = base.asNumber().orElseThrow();
        double magnitude = StrictMath.pow(Math.abs(b), exponent.asNumber().orElseThrow());
        return real(b < 0 ? -magnitude : magnitude);
    }

    private static Optional<Value> whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? Optional.of(new Value.Whole(number.longValue())) : Optional.empty();
    }

    private static Optional<Value> real(double number) {
        return Double.isFinite(number) ? Optional.of(new Value.Real(number)) : Optional.empty();
    }

    /** {@code 10m}, {@code 1h30m}, {@code 500ms}; empty for anything else, also for what is finer than a millisecond. */
    static Optional<Duration> duration(String text) {
        Matcher part = TIME.matcher(text);
        BigDecimal millis = BigDecimal.ZERO;
        int end = 0;
        while (end < text.length() && text.length() <= LONGEST) {
            if (!part.find(end) || part.start() != end) {
                return Optional.empty();
            }
            BigDecimal unit = BigDecimal.valueOf(MILLIS.getOrDefault(part.group(2), 0L));
            millis = millis.add(new BigDecimal(part.group(1)).multiply(unit));
            end = part.end();
        }
        return end == 0 ? Optional.empty() : exact(millis).map(Duration::ofMillis);
    }

    /** Bytes: {@code 16g}, {@code 512m}, {@code 64k}, {@code 1.5GiB}, {@code 1000}; a k is 1024. Empty for anything else. */
    static Optional<Long> size(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (text.length() > LONGEST || !size.matches()) {
            return Optional.empty();
        }
        int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
        return exact(new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power))));
    }

    private static Optional<Long> exact(BigDecimal number) {
        try {
            return Optional.of(number.longValueExact());
        } catch (ArithmeticException tooLargeOrNotWhole) {
            return Optional.empty();
        }
    }

    /** The duration as {@link #duration} reads it: {@code 1h30m}. */
    static String text(Duration duration) {
        StringBuilder text = new StringBuilder();
        long rest = duration.toMillis();
        for (Map.Entry<String, Long> unit : MILLIS.entrySet()) {
            long count = rest / unit.getValue();
            rest %= unit.getValue();
            if (count > 0) {
                text.append(count).append(unit.getKey());
            }
        }
        return text.toString();
    }

    /** The bytes as {@link #size} reads them, in the largest unit that is exact: {@code 16g}. */
    static String text(long bytes) {
        int power = bytes == 0 ? 0 : Math.min(UNITS.length(), Long.numberOfTrailingZeros(bytes) / 10);
        return (bytes >> (10 * power)) + (power == 0 ? "" : UNITS.substring(power - 1, power));
    }
}
