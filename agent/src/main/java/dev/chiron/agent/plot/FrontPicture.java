package dev.chiron.agent.plot;

import dev.chiron.agent.plot.draw.Canvas;
import dev.chiron.agent.plot.draw.Dash;
import dev.chiron.agent.plot.draw.Ink;
import dev.chiron.agent.plot.draw.Lettering;
import dev.chiron.agent.plot.draw.Lettering.Anchor;
import dev.chiron.agent.plot.draw.Pen;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.agent.plot.draw.Scale;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.Arrays;
import java.util.List;

/**
 * All measured trials by the first two objectives, the first across and the second upwards, and the front among them: its line where there are
 * two, a ring around the compromise, a box for the baseline.
 */
record FrontPicture(History history, Size size) implements Picture {

    private static final int TICKS = 6;
    private static final double WORST = 0.95; // what is worse than that share of the values is cut off

    @Override
    public String title() {
        int more = history.objective().all().size() - 2;
        return "front of " + history.front().size() + ": " + name(0) + " across, " + name(1) + " up"
                + (more > 0 ? "; " + more + " more" : "");
    }

    private String name(int axis) {
        return history.objective().all().get(axis).metric();
    }

    @Override
    public int width() {
        return size.width();
    }

    @Override
    public int height() {
        return size.height();
    }

    /** What a trial's own run gave. */
    private static double value(Trial trial, int axis, Objective objective) {
        return objective.values((Outcome.Measured) trial.outcome()).get(axis);
    }

    /** What its config is worth: with repeats the mean of all runs. */
    private double worth(Trial trial, int axis) {
        return history.values(trial).get(axis);
    }

    /** From the best value to what all but the worst have, the smaller first; the front and the baseline in any case. */
    private double[] ends(List<Trial> measured, int axis) {
        Objective objective = history.objective();
        Objective one = objective.all().get(axis);
        double[] losses = measured.stream()
                .mapToDouble(trial -> one.loss(value(trial, axis, objective)))
                .sorted()
                .toArray();
        double least = losses[0];
        double most = losses[(int) Math.floor(WORST * (losses.length - 1))];
        for (Trial trial : history.front()) {
            most = Math.max(most, one.loss(worth(trial, axis)));
        }
        if (measured.get(0).number() == 0) {
            most = Math.max(most, one.loss(worth(measured.get(0), axis)));
        }
        double[] ends = {one.loss(least), one.loss(most)}; // turns the sign back
        Arrays.sort(ends);
        return ends;
    }

    @Override
    public void draw(Canvas canvas) {
        List<Trial> measured = history.trials().stream()
                .filter(trial -> trial.value().isPresent())
                .toList();
        double[] up = ends(measured, 1);
        double[] wide = ends(measured, 0);
        Axes axes = Axes.of(size, up[0], up[1]);
        Scale x = Scale.spanning(wide[0], wide[1], axes.left() + 6, axes.right() - 6);
        Scale y = axes.y();
        List<Axes.Tick> across = x.ticks(TICKS).stream()
                .map(tick -> new Axes.Tick(x.at(tick), x.label(tick, TICKS)))
                .toList();
        axes.draw(canvas, title(), across);
        canvas.text(2 * 8, size.baseLine(1), legend(measured), Lettering.plain(Ink.MUTED, Anchor.START));
        List<Trial> front = history.front();
        axes.inside(canvas, inner -> {
            measured.forEach(trial -> inner.dot(own(trial, 0, x), own(trial, 1, y), 3, Ink.MUTED, 0.45));
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

    private String legend(List<Trial> measured) {
        String better = "better: " + (isLess(0) ? "left" : "right") + " and " + (isLess(1) ? "down" : "up");
        String ring = history.incumbent()
                .map(best -> "; ring: trial " + best.number() + ", the compromise")
                .orElse("");
        return better + ring + (measured.get(0).number() == 0 ? "; box: baseline" : "");
    }

    private boolean isLess(int axis) {
        return history.objective().all().get(axis).goal() == Goal.MINIMIZE;
    }

    private double own(Trial trial, int axis, Scale scale) {
        return scale.at(value(trial, axis, history.objective()));
    }

    private double at(Trial trial, int axis, Scale scale) {
        return scale.at(worth(trial, axis));
    }

    private void dot(Canvas canvas, Trial trial, Scale x, Scale y, double radius, Ink ink, double opacity) {
        canvas.dot(at(trial, 0, x), at(trial, 1, y), radius, ink, opacity);
    }
}
