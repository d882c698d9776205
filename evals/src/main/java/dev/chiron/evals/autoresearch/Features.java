package dev.chiron.evals.autoresearch;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;

/** A config of the training as numbers: its parameters on their scales, and what follows from them about size. */
final class Features {

    private static final double TOKENS = 2048; // in an example

    private Features() {}

    /** For the value: halves a model's error compared with the parameters alone (reference notes on the peers, 5). */
    static double[] ofValue(Config config) {
        double depth = number(config, "DEPTH");
        double head = number(config, "HEAD_DIM");
        double batch = number(config, "DEVICE_BATCH_SIZE");
        double width = width(config);
        List<Double> features = new ArrayList<>();
        for (Parameter parameter : Training.SPACE.parameters()) {
            if (!(parameter instanceof Parameter.Choice)) {
                features.add(parameter.encode(config.get(parameter.name())));
            }
        }
        features.add(Math.log(width));
        features.add(Math.log(depth * width * width));
        features.add(Math.log(batch * depth * width));
        features.add(Math.log(number(config, "TOTAL_BATCH_SIZE") / (batch * TOKENS)));
        features.add(Math.log(width / head));
        Parameter.Choice windows =
                (Parameter.Choice) Training.SPACE.find("WINDOW_PATTERN").orElseThrow();
        for (Value pattern : windows.options()) {
            features.add(config.get("WINDOW_PATTERN").equals(pattern) ? 1.0 : 0.0);
        }
        return features.stream().mapToDouble(x -> x).toArray();
    }

    /** For the memory: the terms of which the need for memory is a sum. */
    static double[] ofMemory(Config config) {
        double depth = number(config, "DEPTH");
        double batch = number(config, "DEVICE_BATCH_SIZE");
        double width = width(config);
        return new double[] {
            batch * depth * width, batch * width, batch, depth * width * width, width, depth, batch * depth
        };
    }

    /** The script rounds the width up to whole heads. */
    private static double width(Config config) {
        double head = number(config, "HEAD_DIM");
        return Math.ceil(number(config, "DEPTH") * number(config, "ASPECT_RATIO") / head) * head;
    }

    private static double number(Config config, String name) {
        return config.get(name).asNumber().orElseThrow();
    }
}
