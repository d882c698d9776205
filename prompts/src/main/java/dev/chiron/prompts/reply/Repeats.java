package dev.chiron.prompts.reply;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the trial that a proposal repeats: the same config, or one that reads the same in a prompt. A model copies what it
 * reads, so that a copy of a trial has four digits where the trial had ten.
 */
final class Repeats {

    private static final int DIGITS = 4;

    private final Map<String, Trial> printed = new HashMap<>();
    private int read;

    Optional<Trial> find(Config config, History history) {
        for (; read < history.trials().size(); read++) {
            Trial trial = history.trials().get(read);
            printed.putIfAbsent(print(trial.config()), trial);
        }
        return history.find(config).or(() -> Optional.ofNullable(printed.get(print(config))));
    }

    private static String print(Config config) {
        return config.values().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> print(entry.getValue()))
                .collect(Collectors.joining("\u0000"));
    }

    private static String print(Value value) {
        return value instanceof Value.Real real ? Numbers.text(real.number(), DIGITS) : value.text();
    }
}
