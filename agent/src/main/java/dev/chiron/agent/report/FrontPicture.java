package dev.chiron.agent.report;

import dev.chiron.agent.plot.Size;
import dev.chiron.agent.plot.draw.Canvas;
import dev.chiron.agent.plot.draw.Dash;
import dev.chiron.agent.plot.draw.Frame;
import dev.chiron.agent.plot.draw.Ink;
import dev.chiron.agent.plot.draw.Pen;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.agent.plot.draw.Scale;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.Arrays;
import java.util.List;

/** All measured trials by the first two objectives, and the front among them. */
record FrontPicture(History history, Size size) implements Picture {

    private static final int LEFT = 72;
    private static final double WORST = 0.95; // what is worse than that share of the values is cut off

    @Override
    public String title() {
        return "The front: " + history.front().size() + " trials by " + name(0) + " and " + name(1);
    }

    private String name(int axis) {
        Objective objective = history.objective().all().get(axis);
        return objective.metric() + " (" + objective.goal().label() + ")";
    }

    @Override
    public int width() {
        return size.width();
    }

    @Override
    public int height() {
        return size.height();
    }

    private static double value(Trial trial, int axis, Objective objective) {
        return objective.values((Outcome.Measured) trial.outcome()).get(axis);
    }

    /** From the best value to what all but the worst have; the front and the baseline in any case. */
    private Scale scale(List<Trial> measured, int axis, double from, double to) {
        Objective objective = history.objective();
        Objective one = objective.all().get(axis);
        double[] losses = measured.stream()
                .mapToDouble(trial -> one.loss(value(trial, axis, objective)))
                .sorted()
                .toArray();
        double least = losses[0];
        double most = losses[(int) Math.floor(WORST * (losses.length - 1))];
        for (Trial trial : history.front()) {
            most = Math.max(most, one.loss(value(trial, axis, objective)));
        }
        if (measured.get(0).number() == 0) {
            most = Math.max(most, one.loss(value(measured.get(0), axis, objective)));
        }
        double[] ends = {one.loss(least), one.loss(most)}; // turns the sign back
        Arrays.sort(ends);
        return Scale.spanning(ends[0], ends[1], from, to);
    }

    @Override
    public void draw(Canvas canvas) {
        List<Trial> measured = history.trials().stream()
                .filter(trial -> trial.value().isPresent())
                .toList();
        int bottom = height() - 50;
        int right = width() - 16;
        Scale x = scale(measured, 0, LEFT, right);
        Scale y = scale(measured, 1, bottom, 12);
        Frame frame = new Frame("", name(0), name(1), LEFT, 12, right, bottom);
        frame.xAxis(canvas, x);
        frame.yAxis(canvas, y);
        List<Trial> front = history.front();
        canvas.within(LEFT - 8.0, 4, right - LEFT + 16.0, bottom, inner -> {
            measured.forEach(trial -> dot(inner, trial, x, y, 3, Ink.MUTED, 0.45));
            if (history.objective().all().size() == 2) {
                inner.path(
                        front.stream().mapToDouble(trial -> at(trial, 0, x)).toArray(),
                        front.stream().mapToDouble(trial -> at(trial, 1, y)).toArray(),
                        new Pen(Ink.series(0), 1.5, Dash.SOLID));
            }
            front.forEach(trial -> dot(inner, trial, x, y, 4.5, Ink.series(0), 1));
            history.incumbent().ifPresent(best -> {
                dot(inner, best, x, y, 8, Ink.series(1), 1);
                dot(inner, best, x, y, 5, Ink.PAPER, 1);
                dot(inner, best, x, y, 3, Ink.series(0), 1);
            });
            if (measured.get(0).number() == 0) {
                inner.box(at(measured.get(0), 0, x) - 5, at(measured.get(0), 1, y) - 5, 10, 10, Ink.TEXT);
            }
        });
    }

    private double at(Trial trial, int axis, Scale scale) {
        return scale.at(value(trial, axis, history.objective()));
    }

    private void dot(Canvas canvas, Trial trial, Scale x, Scale y, double radius, Ink ink, double opacity) {
        canvas.dot(at(trial, 0, x), at(trial, 1, y), radius, ink, opacity);
    }
}
