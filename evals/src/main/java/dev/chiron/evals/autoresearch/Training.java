package dev.chiron.evals.autoresearch;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be set in karpathy/autoresearch's {@code train.py}: a GPT of about 50 M parameters, five minutes on one GPU. */
final class Training {

    /** The 14 parameters with the ranges of the first Centaur study, which repaired the batch size alike. */
    static final SearchSpace SPACE = new SearchSpace(
            List.of(
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
                    Parameter.Choice.of("WINDOW_PATTERN", "SSSL", "SSLL", "SLSL", "LLLL", "SSSS", "LSSL")),
            List.of(Constraint.parse("TOTAL_BATCH_SIZE >= DEVICE_BATCH_SIZE * 2048")));

    private Training() {}

    private static Parameter powers(String name, long low, long high) {
        return new Parameter.Whole(name, low, high, false, 1, true);
    }

    /** As the script is written. */
    static Config baseline() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("DEPTH", Value.of(8L));
        values.put("ASPECT_RATIO", Value.of(64L));
        values.put("HEAD_DIM", Value.of(128L));
        values.put("DEVICE_BATCH_SIZE", Value.of(128L));
        values.put("TOTAL_BATCH_SIZE", Value.of(524_288L));
        values.put("EMBEDDING_LR", Value.of(0.6));
        values.put("UNEMBEDDING_LR", Value.of(0.004));
        values.put("MATRIX_LR", Value.of(0.04));
        values.put("SCALAR_LR", Value.of(0.5));
        values.put("WEIGHT_DECAY", Value.of(0.2));
        values.put("WARMUP_RATIO", Value.of(0.0));
        values.put("WARMDOWN_RATIO", Value.of(0.5));
        values.put("FINAL_LR_FRAC", Value.of(0.0));
        values.put("WINDOW_PATTERN", Value.of("SSSL"));
        return SPACE.config(values);
    }
}
