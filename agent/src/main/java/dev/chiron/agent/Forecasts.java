package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.prompts.reply.Forecast;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a model expected of its own trials, beside what came of them.
 *
 * @param values how many values were forecast of trials that were measured
 * @param error the median distance of those forecasts from what was measured, in the metric's units; empty without any
 * @param chances of how many trials the chance of failure was forecast
 * @param expected how many of those were to fail, by the sum of the chances
 * @param failed how many of those failed
 */
public record Forecasts(int values, OptionalDouble error, int chances, double expected, int failed) {

    /** Of all trials that a model proposed. */
    public static Forecasts of(List<Entry> entries) {
        List<Entry> own = entries.stream()
                .filter(entry ->
                        entry.trial().origin().isModel() && entry.turn().isPresent())
                .toList();
        double[] errors = own.stream()
                .filter(entry -> forecast(entry).value().isPresent()
                        && entry.trial().value().isPresent())
                .mapToDouble(entry -> Math.abs(forecast(entry).value().getAsDouble()
                        - entry.trial().value().getAsDouble()))
                .sorted()
                .toArray();
        List<Entry> risked = own.stream()
                .filter(entry -> forecast(entry).failure().isPresent())
                .toList();
        return new Forecasts(
                errors.length,
                errors.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(errors[errors.length / 2]),
                risked.size(),
                risked.stream()
                        .mapToDouble(entry -> forecast(entry).failure().getAsDouble())
                        .sum(),
                (int) risked.stream()
                        .filter(entry -> entry.trial().outcome() instanceof Outcome.Failed)
                        .count());
    }

    private static Forecast forecast(Entry entry) {
        return entry.turn().map(ModelTurn::forecast).orElse(Forecast.NONE);
    }
}
