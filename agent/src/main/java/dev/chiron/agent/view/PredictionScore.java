package dev.chiron.agent.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.store.Prediction;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.TrialFolder;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.reply.PredictedLog.Point;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The training log that a model foretold, held against the baseline's. The naive forecast beside it is that nothing changes after the
 * first value that the script prints; it has seen that one, and the model has not.
 *
 * @param actual how the baseline ended; empty while it has not run
 * @param first the first value that it printed, where it printed several
 * @param points both logs where the model named a share of the run after that first value
 */
public record PredictionScore(
        Prediction prediction, Optional<Outcome> actual, OptionalDouble first, List<Beside> points) {

    private static final int WIDTH = 110;
    private static final double MISSES = 0.1; // how often the interval may miss
    private static final double LARGEST_SHARE = 1e6; // in percent; more says only that the real value is near 0

    /** A foretold and a real value at a share of the run. */
    public record Beside(double progress, double foretold, double real) {}

    /** Of a study; empty if nothing was foretold. */
    public static Optional<PredictionScore> read(StudyView view) {
        return read(view.folder(), view.history());
    }

    /** Of the study in this folder, with these trials so far; empty if nothing was foretold. */
    public static Optional<PredictionScore> read(Path folder, History history) {
        return Prediction.read(folder.resolve(Prediction.FILE)).map(prediction -> {
            Optional<Trial> baseline = history.trials().stream().findFirst();
            List<CurvePoint> curve = new TrialFolder(StudyFolder.trialFolder(folder, 0)).curve();
            return of(prediction, baseline.map(Trial::outcome), curve);
        });
    }

    /** Of a baseline with this outcome and this curve: what was printed before the last value. */
    public static PredictionScore of(Prediction prediction, Optional<Outcome> outcome, List<CurvePoint> curve) {
        boolean measured =
                outcome.filter(one -> one instanceof Outcome.Measured).isPresent();
        if (!measured || !isLog(curve)) {
            return new PredictionScore(prediction, outcome, OptionalDouble.empty(), List.of());
        }
        List<CurvePoint> log = ended(curve, ((Outcome.Measured) outcome.get()).value());
        List<Beside> points = new ArrayList<>();
        for (Point point : prediction.log().points()) {
            at(log, point.progress()).ifPresent(real -> points.add(new Beside(point.progress(), point.value(), real)));
        }
        return new PredictionScore(
                prediction, outcome, OptionalDouble.of(curve.get(0).value()), List.copyOf(points));
    }

    /** Whether steps go up. */
    private static boolean isLog(List<CurvePoint> curve) {
        for (int i = 1; i < curve.size(); i++) {
            if (curve.get(i).step() <= curve.get(i - 1).step()) {
                return false;
            }
        }
        return !curve.isEmpty() && curve.get(0).step() >= 0;
    }

    /**
     * The curve with its end, which comes as long after the value before it as that after the one before; a last value that is printed
     * once more is the end already.
     */
    private static List<CurvePoint> ended(List<CurvePoint> curve, double end) {
        CurvePoint last = curve.get(curve.size() - 1);
        if (curve.size() > 1 && last.value() == end) {
            return curve;
        }
        double gap =
                curve.size() > 1 ? last.step() - curve.get(curve.size() - 2).step() : Math.max(1, last.step());
        List<CurvePoint> log = new ArrayList<>(curve);
        log.add(new CurvePoint(last.step() + gap, end));
        return log;
    }

    /** The real value at a share of the run, between two that were printed; empty up to the first, which the naive forecast knows. */
    private static OptionalDouble at(List<CurvePoint> curve, double progress) {
        double step = progress * curve.get(curve.size() - 1).step();
        for (int i = 1; i < curve.size(); i++) {
            CurvePoint before = curve.get(i - 1);
            CurvePoint after = curve.get(i);
            if (before.step() < step && step <= after.step()) {
                double share = (step - before.step()) / (after.step() - before.step());
                return OptionalDouble.of((1 - share) * before.value() + share * after.value());
            }
        }
        return OptionalDouble.empty();
    }

    /** What the metric was at the end; empty if the baseline was not measured. */
    public OptionalDouble value() {
        return actual.stream()
                .filter(one -> one instanceof Outcome.Measured)
                .mapToDouble(one -> ((Outcome.Measured) one).value())
                .findFirst();
    }

    /** How far the foretold final value is off, in the metric's units. */
    public OptionalDouble error() {
        return off(prediction.log().last());
    }

    /** The same of the naive forecast. */
    public OptionalDouble naiveError() {
        return first.isPresent() ? off(first.getAsDouble()) : OptionalDouble.empty();
    }

    private OptionalDouble off(double foretold) {
        return value().isPresent()
                ? OptionalDouble.of(distance(foretold, value().getAsDouble()))
                : OptionalDouble.empty();
    }

    /** A distance that no number can hold is the largest one. */
    private static double distance(double a, double b) {
        return held(Math.abs(a - b));
    }

    private static double held(double number) {
        return Math.min(number, Double.MAX_VALUE);
    }

    private OptionalDouble mean(ToDoubleFunction<Beside> distance) {
        OptionalDouble mean = points.stream().mapToDouble(distance).average();
        return mean.isPresent() ? OptionalDouble.of(held(mean.getAsDouble())) : mean;
    }

    /** The width of the interval, and ten times twice what it misses by: the smaller the better (Gneiting and Raftery 2007, at 90 %). */
    private double intervalScore(double value) {
        double missed = Math.max(
                0,
                Math.max(
                        prediction.log().low() - value, value - prediction.log().high()));
        return held(prediction.log().high() - prediction.log().low() + 2 / MISSES * missed);
    }

    /** The mean distance of the foretold log from the real one, at the points. */
    public OptionalDouble curveError() {
        return mean(point -> distance(point.foretold(), point.real()));
    }

    /** The same of the naive forecast. */
    public OptionalDouble naiveCurveError() {
        return mean(point -> distance(first.orElseThrow(), point.real()));
    }

    /** The same in lines, with an empty one before them; none if nothing was foretold. */
    public static List<String> lines(StudyView view) {
        List<String> lines = new ArrayList<>();
        read(view).ifPresent(score -> {
            lines.add("");
            lines.addAll(PlainText.wrapped(score.text(), WIDTH));
        });
        return lines;
    }

    /** In a sentence or two. */
    public String text() {
        String foretold = prediction.model() + " foretold " + prediction.of().metric() + " "
                + Texts.value(prediction.log().last()) + " ("
                + Texts.value(prediction.log().low()) + " to "
                + Texts.value(prediction.log().high()) + ") of the baseline";
        if (actual.isEmpty()) {
            return foretold + ", which has not run yet.";
        }
        if (value().isEmpty()) {
            return foretold + ", which was not measured (" + Texts.outcome(actual.get()) + "): it cannot be scored.";
        }
        double real = value().getAsDouble();
        double percent = 100 * (error().orElseThrow() / Math.abs(real));
        String share = percent < LARGEST_SHARE ? String.format(Locale.ROOT, " (%.1f %%)", percent) : "";
        return foretold + "; it was " + Texts.value(real) + ", off by " + shown(error()) + share + ", "
                + (prediction.log().holds(real) ? "inside" : "outside") + " its interval." + naive();
    }

    private String naive() {
        if (first.isEmpty()) {
            return " The script prints it once, so there is no naive forecast to hold beside it.";
        }
        String end = " The first value it printed, " + Texts.value(first.getAsDouble()) + ", is off by "
                + shown(naiveError());
        return points.isEmpty()
                ? end + "."
                : end + "; on the way, at " + points.size() + (points.size() == 1 ? " point, " : " points, ")
                        + "the model was off by " + shown(curveError()) + " and that by " + shown(naiveCurveError())
                        + " in the mean.";
    }

    private static String shown(OptionalDouble error) {
        return Numbers.text(error.orElseThrow(), 3);
    }

    /** Both logs, a row a point; no rows without a real one. */
    public Table table() {
        Table table = new Table();
        if (!points.isEmpty()) {
            table.row("of the run", "foretold", "was");
            points.forEach(point -> table.row(
                    Math.round(100 * point.progress()) + " %",
                    Texts.value(point.foretold()),
                    Texts.value(point.real())));
            table.row("the end", Texts.value(prediction.log().last()), Texts.value(value().orElseThrow()));
        }
        return table;
    }

    /** What was foretold and, once the baseline has run, the score. */
    public ObjectNode json() {
        ObjectNode object = prediction.json();
        value().ifPresent(value -> {
            object.put("value", value);
            object.put("error", error().orElseThrow());
            object.put("inside", prediction.log().holds(value));
            object.put("interval_score", intervalScore(value));
            naiveError().ifPresent(error -> object.put("naive_error", error));
            curveError().ifPresent(error -> object.put("log_error", error));
            naiveCurveError().ifPresent(error -> object.put("naive_log_error", error));
            ArrayNode real = object.putArray("real");
            points.forEach(
                    point -> real.addObject().put("progress", point.progress()).put("value", point.real()));
        });
        return object;
    }
}
