package dev.chiron.agent.plot.draw;

/** How a line is broken; tells lines of one colour apart. */
public enum Dash {
    SOLID,
    DASHED,
    DOTTED,
    MIXED;

    /** Lengths of stroke and gap in turn; none for an unbroken line. */
    float[] lengths() {
        return switch (this) {
            case SOLID -> new float[0];
            case DASHED -> new float[] {7, 4};
            case DOTTED -> new float[] {2, 3};
            case MIXED -> new float[] {8, 3, 2, 3};
        };
    }

    /** The one of the n-th of several things, beside {@link Ink#series}. */
    public static Dash series(int n) {
        return values()[n / Ink.count() % values().length];
    }
}
