package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ranges for constants: those that autoresearch-automl knows by name, and inferred ones around the value for the rest
 * (its README and {@code search_space.py}). Fractions are ours, and so is the scale: what reaches as many times below the value as above it is logarithmic, so
 * that the value is its middle.
 */
public final class Ranges {
    private static final Map<String, Parameter> KNOWN = Stream.of(
                    new Parameter.Whole("DEPTH", 4, 24),
                    new Parameter.Whole("ASPECT_RATIO", 32, 128),
                    powers("HEAD_DIM", 64, 256),
                    powers("DEVICE_BATCH_SIZE", 32, 256),
                    powers("TOTAL_BATCH_SIZE", 65_536, 2_097_152),
                    new Parameter.Real("EMBEDDING_LR", 0.01, 2, true),
                    new Parameter.Real("UNEMBEDDING_LR", 5e-4, 0.05, true),
                    new Parameter.Real("MATRIX_LR", 0.005, 0.2, true),
                    new Parameter.Real("SCALAR_LR", 0.05, 2, true),
                    new Parameter.Real("WEIGHT_DECAY", 0, 0.5, false),
                    new Parameter.Real("WARMUP_RATIO", 0, 0.3, false),
                    new Parameter.Real("WARMDOWN_RATIO", 0.1, 0.8, false),
                    new Parameter.Real("FINAL_LR_FRAC", 0, 0.2, false),
                    Parameter.Choice.of("WINDOW_PATTERN", "SSSL", "SSLL", "SLSL", "LLLL", "SSSS", "LSSL"))
            .collect(Collectors.toUnmodifiableMap(Parameter::name, known -> known));

    /** What a study must keep as it is: the task's own size and budget, names of things, and switches for output. */
    private static final Set<String> FIXED =
            Set.of("MAX_SEQ_LEN", "TIME_BUDGET", "H100_BF16_PEAK_FLOPS", "DEBUG", "VERBOSE", "RANDOM_STATE");

    private static final Set<String> FIXED_WORDS = Set.of(
            "SEED",
            "SEEDS",
            "PATH",
            "DIR",
            "FILE",
            "URL",
            "VERSION",
            "PORT",
            "HOST",
            "FLOPS",
            "TIMEOUT",
            "TEST",
            "VAL",
            "VALID",
            "VALIDATION",
            "EVAL",
            "HOLDOUT",
            "FOLDS",
            "SPLIT",
            "SPLITS",
            "CLASSES",
            "WORKERS",
            "JOBS",
            "THREADS",
            "LOG",
            "INTERVAL");

    private static final Set<String> FRACTIONS = Set.of("RATIO", "FRAC", "FRACTION", "DROPOUT", "MOMENTUM", "BETA");

    private static final List<Double> FRACTION_ENDS = List.of(0.9, 0.99, 0.999);

    private static final double SMALL = 0.01;

    /** Wider than so many times is logarithmic. */
    private static final long WIDE = 8;

    private static final long LARGEST = 1L << 40;

    private Ranges() {}

    /**
     * A parameter for the constant, whose range holds the constant's value exactly; empty for what should not be tuned
     * (seeds, paths, budgets), for texts of unknown meaning, and for values that no range can hold exactly.
     */
    public static Optional<Parameter> infer(Constant constant) {
        String name = constant.name();
        if (FIXED.contains(name) || words(name).anyMatch(FIXED_WORDS::contains)) {
            return Optional.empty();
        }
        Parameter known = KNOWN.get(name);
        if (known != null && holds(known, constant.value())) {
            return Optional.of(known);
        }
        if (known instanceof Parameter.Real && constant.value() instanceof Value.Whole) {
            return Optional.empty(); // written as a whole number it cannot take the range's values
        }
        return inferred(name, constant.value()).filter(parameter -> holds(parameter, constant.value()));
    }

    private static Optional<Parameter> inferred(String name, Value value) {
        if (value instanceof Value.Flag) {
            return Optional.of(new Parameter.Choice(name, List.of(new Value.Flag(true), new Value.Flag(false)), false));
        }
        if (value instanceof Value.Whole whole) {
            return whole(name, whole.number());
        }
        return value instanceof Value.Real real ? real(name, real.number()) : Optional.empty();
    }

    private static Optional<Parameter> whole(String name, long number) {
        if (number == 0) {
            return Optional.of(new Parameter.Whole(name, 0, 1));
        }
        if (number < -LARGEST || number > LARGEST) {
            return Optional.empty();
        }
        long size = Math.abs(number);
        long near = Math.max(1, size / 4);
        long far = Math.min(LARGEST, 4 * size);
        return Optional.of(
                number > 0
                        ? new Parameter.Whole(name, near, far, far > near * WIDE, 1, false)
                        : new Parameter.Whole(name, -far, -near));
    }

    private static Optional<Parameter> real(String name, double number) {
        if (number >= 0 && number <= 1 && words(name).anyMatch(FRACTIONS::contains)) {
            double end =
                    FRACTION_ENDS.stream().filter(e -> number < e).findFirst().orElse(1.0);
            return Optional.of(new Parameter.Real(name, 0, end, false));
        }
        if (number == 0) {
            return Optional.of(new Parameter.Real(name, 0, 1, false));
        }
        boolean small = number > 0 && number < SMALL;
        int places = small ? 2 : 1;
        double low = BigDecimal.valueOf(number).movePointLeft(places).doubleValue();
        double high = BigDecimal.valueOf(number).movePointRight(places).doubleValue();
        if (low == 0 || !Double.isFinite(high) || !Double.isFinite(high - low)) {
            return Optional.empty();
        }
        return Optional.of(new Parameter.Real(name, Math.min(low, high), Math.max(low, high), number > 0));
    }

    private static boolean holds(Parameter parameter, Value value) {
        boolean sameKind = !(parameter instanceof Parameter.Real) || value instanceof Value.Real;
        return sameKind
                && parameter.problem(value).isEmpty()
                && parameter.nearest(value).equals(value);
    }

    /** The words between underscores, without a number at the end: BETA2 is a BETA. */
    private static Stream<String> words(String name) {
        return Stream.of(name.toUpperCase(Locale.ROOT).split("_", -1))
                .map(word -> word.chars().allMatch(Character::isDigit) ? word : word.replaceAll("[0-9]+$", ""));
    }

    private static Parameter powers(String name, long low, long high) {
        return new Parameter.Whole(name, low, high, false, 1, true);
    }
}
