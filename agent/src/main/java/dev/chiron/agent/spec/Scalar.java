package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Value;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A single value as it was written, and what can be understood by it. */
record Scalar(Place place, String text, boolean quoted) {

    private static final int SHOWN = 60;

    /** The message about this value, to be thrown. */
    BadInput bad(String problem) {
        return place.bad(problem);
    }

    /** The value for a message: in one line, and short. */
    String shown() {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return "`" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line) + "`";
    }

    /** Whether it says that there is none. */
    boolean isNone() {
        return !quoted && text.equals("none");
    }

    /** What is read from it, unless it says {@code none}. */
    <T> Optional<T> unlessNone(Function<Scalar, T> reading) {
        return isNone() ? Optional.empty() : Optional.of(reading.apply(this));
    }

    /** A text that is not blank. */
    String words() {
        if (text.isBlank()) {
            throw bad("is empty; give a value");
        }
        return text.strip();
    }

    /** A number, a truth value or a text; what is quoted is a text. */
    Value value() {
        if (quoted) {
            return new Value.Text(text);
        }
        String word = words();
        Optional<Boolean> flag = truth(word);
        if (flag.isPresent()) {
            return new Value.Flag(flag.get());
        }
        return Quantity.number(word).orElseGet(() -> new Value.Text(word));
    }

    private static Optional<Boolean> truth(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.equals("true") || lower.equals("false") ? Optional.of(lower.equals("true")) : Optional.empty();
    }

    /** A finite number. */
    double number() {
        return Quantity.number(words())
                .flatMap(value -> value.asNumber().stream().boxed().findFirst())
                .orElseThrow(() -> bad(shown() + " is not a finite number, such as 0.02, 1e-4 or 2**19"));
    }

    /** A number in [low, high]; high may be infinite. */
    double number(double low, double high) {
        double number = number();
        if (number < low || number > high) {
            String range = Double.isInfinite(high)
                    ? " is below " + Numbers.text(low)
                    : " does not lie in [" + Numbers.text(low) + ", " + Numbers.text(high) + "]";
            throw bad(shown() + range);
        }
        return number;
    }

    /** A whole number, also when it is written as {@code 1e6}. */
    long whole() {
        Optional<Value> value = Quantity.number(words());
        if (value.isPresent() && value.get() instanceof Value.Whole whole) {
            return whole.number();
        }
        double number = value.isPresent() ? number() : Double.NaN;
        if (number == Math.rint(number) && Math.abs(number) < 0x1p53) {
            return (long) number;
        }
        throw bad(shown() + " is not a whole number, such as 8, 1e6 or 2**19");
    }

    /** A whole number in [low, 2^31 - 1]. */
    int count(int low) {
        return count(low, Integer.MAX_VALUE);
    }

    int count(int low, int high) {
        long whole = whole();
        if (whole < low || whole > high) {
            throw bad(shown() + " does not lie in [" + low + ", " + high + "]");
        }
        return (int) whole;
    }

    /** A whole number of 0 or more, also a large one. */
    long bound() {
        long whole = whole();
        if (whole < 0) {
            throw bad(shown() + " is below 0");
        }
        return whole;
    }

    boolean flag() {
        return truth(words()).orElseThrow(() -> bad(shown() + " is neither true nor false"));
    }

    /** A duration above 0. */
    Duration duration() {
        return Quantity.duration(words())
                .filter(duration -> !duration.isZero())
                .orElseThrow(() -> bad(shown() + " is not a duration above 0, such as 500ms, 90s, 10m or 1h30m"));
    }

    /** A number of bytes above 0. */
    long size() {
        return Quantity.size(words())
                .filter(bytes -> bytes > 0)
                .orElseThrow(() -> bad(shown() + " is not a size above 0, such as 64k, 512m or 16g"));
    }

    /** One of the known words. */
    String oneOf(List<String> known) {
        String word = words();
        if (!known.contains(word)) {
            throw bad("unknown " + shown() + Nearest.hint(word, known));
        }
        return word;
    }
}
