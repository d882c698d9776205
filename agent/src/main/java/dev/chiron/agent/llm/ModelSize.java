package dev.chiron.agent.llm;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** How many parameters a model has, as its name says: {@code qwen3:0.6b}, {@code llama-3.1-8b-instruct}, {@code mixtral:8x7b}. */
public final class ModelSize {

    private static final double SMALL = 8.5; // what is sold as 8 billion has up to 8.4

    /** Experts, number, unit; e4b is Gemma's 4 billion effective ones, and a3b, of 30b-a3b, is only what is active. */
    private static final Pattern SIZE =
            Pattern.compile("(?<![a-z0-9.])(?:(\\d+)x)?e?(\\d+(?:\\.\\d+)?)([bm])(?![a-z0-9])");

    private ModelSize() {}

    /** The largest size, in billions, that stands in the name; empty if none does. */
    public static OptionalDouble billions(String name) {
        return SIZE.matcher(name.toLowerCase(Locale.ROOT))
                .results()
                .mapToDouble(size -> (size.group(1) == null ? 1 : Double.parseDouble(size.group(1)))
                        * Double.parseDouble(size.group(2))
                        * (size.group(3).equals("b") ? 1 : 1e-3))
                .max();
    }

    /** Whether a model of so many billions is better off with little to read. */
    public static boolean isSmall(double billions) {
        return billions < SMALL;
    }
}
