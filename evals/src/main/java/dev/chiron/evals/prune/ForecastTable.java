package dev.chiron.evals.prune;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.prune.Curve;
import dev.chiron.optimizers.prune.Forecaster;
import dev.chiron.optimizers.prune.Forecaster.Forecast;
import dev.chiron.optimizers.prune.Past;
import dev.chiron.optimizers.space.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * How good forecasts of learning curves are, and whether they are as good as they say: configs at random, foretold from a part of their curve and from
 * the finished curves of others.
 *
 * @param seeds a task, each with configs of its own
 * @param runs that are foretold, a seed
 * @param parts of a training after which they are, in epochs
 * @param finished how many others have finished by then
 */
public record ForecastTable(List<EvalTask> tasks, int seeds, int runs, List<Integer> parts, List<Integer> finished) {

    private record Foretold(Forecast forecast, double end) {

        double error() {
            return Math.abs(forecast.mean() - end);
        }

        double width() {
            return forecast.high() - forecast.low();
        }

        boolean isWithin() {
            return forecast.low() <= end && end <= forecast.high();
        }
    }

    /** Its lines, as Markdown. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| task | epochs seen | finished before | off by, median | stated | within nine tenths | stated |"
                + " width, median |");
        lines.add("| --- | --- | --- | --- | --- | --- | --- | --- |");
        for (EvalTask task : tasks) {
            for (int part : parts) {
                for (int count : finished) {
                    lines.add(row(task, part, count));
                }
            }
        }
        return lines;
    }

    private String row(EvalTask task, int part, int count) {
        List<Foretold> all = new ArrayList<>();
        for (long seed = 0; seed < seeds; seed++) {
            all.addAll(foretold(task, part, count, new Random(seed)));
        }
        double within = all.stream().filter(Foretold::isWithin).count();
        double stated = all.stream()
                .mapToDouble(
                        one -> one.forecast().within() / (double) one.forecast().runs())
                .average()
                .orElse(Double.NaN);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.2f | %.2f | %.0f %% | %.0f %% | %.2f |",
                task.name(),
                part,
                count,
                median(all, Foretold::error),
                median(all, one -> one.forecast().error()),
                100 * within / all.size(),
                100 * stated,
                median(all, Foretold::width));
    }

    private List<Foretold> foretold(EvalTask task, int part, int count, Random random) {
        Past past = Past.NONE;
        for (int run = 0; run < count; run++) {
            Curve whole = curve(task, config(task, random), task.epochs());
            past = past.with(new Past.Ended(run, whole, OptionalDouble.of(whole.lastLoss())));
        }
        List<Foretold> foretold = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            Config config = config(task, random);
            double end = task.objective().loss(task.after(task.epochs(), config));
            Forecaster.of(curve(task, config, part), past, count)
                    .ifPresent(forecaster -> foretold.add(new Foretold(forecaster.forecast(), end)));
        }
        return foretold;
    }

    private static Config config(EvalTask task, Random random) {
        return task.space().decode(random.doubles(task.space().size()).toArray());
    }

    private static Curve curve(EvalTask task, Config config, int epochs) {
        Curve curve = new Curve();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            curve.add(epoch, task.objective().loss(task.after(epoch, config)));
        }
        return curve;
    }

    private static double median(List<Foretold> all, ToDoubleFunction<Foretold> of) {
        return new Median().evaluate(all.stream().mapToDouble(of).toArray());
    }
}
