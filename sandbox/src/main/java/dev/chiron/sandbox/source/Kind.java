package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;
import java.util.OptionalDouble;

/** What a constant can hold. */
enum Kind {
    INT("a whole number of 32 bits"),
    LONG("a whole number"),
    /** Python's: a name that holds a whole number may hold a real one as well. */
    NUMBER("a number"),
    FLOAT("a real number of 32 bits"),
    DOUBLE("a real number"),
    FLAG("true or false"),
    TEXT("a text");

    private static final double BEYOND_LONG = 0x1p63;

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /**
     * The value as this kind holds it: whole numbers become real where real numbers are held, and the other way round.
     *
     * @throws IllegalArgumentException when the kind cannot hold exactly this value
     */
    Value fit(String name, Value value) {
        return switch (this) {
            case INT, LONG -> whole(name, value);
            case NUMBER -> isFraction(value) ? value : whole(name, value);
            case FLOAT, DOUBLE -> real(name, value);
            case FLAG -> value instanceof Value.Flag ? value : refuse(name, value);
            case TEXT -> value instanceof Value.Text ? value : refuse(name, value);
        };
    }

    private static boolean isFraction(Value value) {
        return value instanceof Value.Real real
                && (real.number() != Math.rint(real.number()) || Math.abs(real.number()) >= BEYOND_LONG);
    }

    private Value whole(String name, Value value) {
        long number;
        if (value instanceof Value.Whole whole) {
            number = whole.number();
        } else if (value instanceof Value.Real real
                && real.number() == Math.rint(real.number())
                && Math.abs(real.number()) < BEYOND_LONG) {
            number = (long) real.number();
        } else {
            return refuse(name, value);
        }
        return this == INT && number != (int) number ? refuse(name, value) : new Value.Whole(number);
    }

    private Value real(String name, Value value) {
        OptionalDouble given = value.asNumber();
        if (given.isEmpty()) {
            return refuse(name, value);
        }
        double number = given.getAsDouble();
        if (value instanceof Value.Whole whole && (number >= BEYOND_LONG || (long) number != whole.number())) {
            return refuse(name, value);
        }
        float narrow = (float) number;
        boolean lost = Float.isInfinite(narrow) || (narrow == 0 && number != 0);
        return this == FLOAT && lost ? refuse(name, value) : new Value.Real(number);
    }

    private Value refuse(String name, Value value) {
        throw new IllegalArgumentException(name + " holds " + words + " and cannot be set to "
                + (value instanceof Value.Text ? "the text \"" + value.text() + "\"" : value.text()));
    }
}
