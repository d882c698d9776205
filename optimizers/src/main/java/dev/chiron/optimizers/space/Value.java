package dev.chiron.optimizers.space;

import java.util.OptionalDouble;

/** The value of one parameter: a real number, a whole number, a text or a flag. Equal by kind and value. */
public sealed interface Value {

    /** A finite real number. */
    record Real(double number) implements Value {
        public Real {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("not a finite number: " + number);
            }
            number = number + 0.0; // -0.0 and 0.0 are one value
        }

        @Override
        public Object plain() {
            return number;
        }

        @Override
        public OptionalDouble asNumber() {
            return OptionalDouble.of(number);
        }
    }

    /** A whole number. */
    record Whole(long number) implements Value {
        @Override
        public Object plain() {
            return number;
        }

        @Override
        public OptionalDouble asNumber() {
            return OptionalDouble.of((double) number);
        }
    }

    /** A text, one option of a choice. */
    record Text(String text) implements Value {
        @Override
        public Object plain() {
            return text;
        }
    }

    /** A truth value, one option of a choice. */
    record Flag(boolean flag) implements Value {
        @Override
        public Object plain() {
            return flag;
        }
    }

    /** The value as a {@code Double}, {@code Long}, {@code String} or {@code Boolean}, for JSON and the like. */
    Object plain();

    /** The value as a number; empty for texts and flags. */
    default OptionalDouble asNumber() {
        return OptionalDouble.empty();
    }

    /** The exact text of the value: a number's text reads back as the same number. */
    default String text() {
        return plain().toString();
    }

    /**
     * The value for a plain Java object.
     *
     * @throws IllegalArgumentException for anything but a finite number, a text or a boolean
     */
    static Value of(Object plain) {
        if (plain instanceof Double || plain instanceof Float) {
            return new Real(((Number) plain).doubleValue());
        }
        if (plain instanceof Long || plain instanceof Integer || plain instanceof Short || plain instanceof Byte) {
            return new Whole(((Number) plain).longValue());
        }
        if (plain instanceof Number number) {
            return new Real(number.doubleValue());
        }
        if (plain instanceof String text) {
            return new Text(text);
        }
        if (plain instanceof Boolean flag) {
            return new Flag(flag);
        }
        throw new IllegalArgumentException("neither a number, a text nor a truth value: " + plain);
    }
}
