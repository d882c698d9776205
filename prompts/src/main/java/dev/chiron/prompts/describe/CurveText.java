package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How runs went, in a few points each: some of the first values, and the last ones, since a curve that turns shows it there. */
public final class CurveText {

    private static final Pattern TOLD =
            Pattern.compile(" \\(by step [-+0-9.e]+:[-+0-9.e: ]+\\)", Pattern.CASE_INSENSITIVE);

    private static final int POINTS = 6; // of a trial among others
    private static final int DIGITS = 4;

    private final Task task;

    CurveText(Task task) {
        this.task = task;
    }

    /**
     * How a trial went, to be said behind what came of it: {@code  (by step 1:0.9 10:0.5 30:0.41)}. Nothing of one that reported less than two values, and of an edited script, whose word of itself is no
     * evidence.
     */
    String of(Trial trial) {
        List<CurvePoint> points = trial.change().variant().isPresent()
                ? List.of()
                : task.curves().apply(trial.number()).stream()
                        .filter(point -> Double.isFinite(point.value()))
                        .toList();
        return points.size() < 2
                ? ""
                : some(points, POINTS).stream()
                        .map(point -> Written.metric(point.step()) + ":" + Numbers.text(point.value(), DIGITS))
                        .collect(Collectors.joining(" ", " (by step ", ")"));
    }

    /** A prompt without how trials went; the same where it tells of none. */
    public static String cut(String prompt) {
        return TOLD.matcher(prompt).replaceAll("");
    }

    /** At most so many of the points, an even number: the last half of them, and before that as many at even distances. */
    static List<CurvePoint> some(List<CurvePoint> curve, int most) {
        int size = curve.size();
        int half = most / 2;
        List<CurvePoint> points = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean early = size <= most || i * (long) half / (size - half) != (i - 1) * (long) half / (size - half);
            if (i == 0 || i >= size - half || early) {
                points.add(curve.get(i));
            }
        }
        return points;
    }
}
