package dev.chiron.agent;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.reply.Forecast;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** How good forecasts were. */
final class Calibration {

    private static final int WINDOW = 30; // trials whose spread is the scale of an error

    private Calibration() {}

    /**
     * How good one forecast was, 0 to 1: of the chance of failure 1 less its Brier score, of the value how small the
     * error is beside the spread of the last trials; their mean where both were given.
     *
     * @return empty if nothing was forecast that can be compared
     */
    static OptionalDouble skill(Forecast forecast, Trial trial, History before) {
        DoubleStream.Builder skills = DoubleStream.builder();
        forecast.failure().ifPresent(chance -> {
            double failed = trial.outcome() instanceof Outcome.Failed ? 1 : 0;
            skills.add(1 - (chance - failed) * (chance - failed));
        });
        if (forecast.value().isPresent() && trial.value().isPresent()) {
            double error =
                    Math.abs(forecast.value().getAsDouble() - trial.value().getAsDouble());
            double spread = spread(before);
            skills.add(error == 0 ? 1 : spread / (spread + error));
        }
        return skills.build().average();
    }

    /** The distance between the quartiles of the last measured values; 0 where there are too few. */
    private static double spread(History before) {
        double[] values = before.last(WINDOW).stream()
                .flatMap(trial -> trial.value().stream().boxed())
                .mapToDouble(value -> value)
                .sorted()
                .toArray();
        return values.length == 0 ? 0 : values[values.length * 3 / 4] - values[values.length / 4];
    }
}
