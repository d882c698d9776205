package dev.chiron.agent.plot;

import dev.chiron.agent.plot.draw.Canvas;
import dev.chiron.agent.plot.draw.Dash;
import dev.chiron.agent.plot.draw.Ink;
import dev.chiron.agent.plot.draw.Pen;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.agent.plot.draw.Scale;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Values in the order of the trials, coloured by who proposed them, and the best so far as a line. */
record HistoryPicture(Ended ended, Size size) implements Picture {

    private static final int MANY = 2_000; // of so many trials those that cover one another are drawn once
    private static final double COVERED = 3; // pixels

    /** Where a trial lies among others, and its colour. */
    private record Dot(long x, long y, Ink ink) {}

    @Override
    public String title() {
        History history = ended.history();
        Trial best = history.incumbent().orElseThrow();
        return ended.metric() + " by trial: best "
                + Axes.number(history.value(best).orElseThrow()) + " (trial " + best.number() + ")";
    }

    @Override
    public int width() {
        return size.width();
    }

    @Override
    public int height() {
        return size.height();
    }

    @Override
    public void draw(Canvas canvas) {
        double[] range = ended.range();
        Axes axes = Axes.of(size, range[0], range[1]);
        Scale x = new Scale(0, Math.max(1, ended.trials().size() - 1), false, axes.left() + 6, axes.right() - 6);
        axes.draw(canvas, title(), Axes.counts(x));
        Legend.of(ended).draw(canvas, size, 1);
        axes.inside(canvas, inner -> {
            best(inner, axes, x);
            boolean many = ended.measured().size() > MANY;
            Set<Dot> drawn = new HashSet<>();
            for (Trial trial : ended.measured()) {
                double y = axes.y(trial.value().orElseThrow());
                Ink ink = ended.ink(trial.origin());
                if (!many || drawn.add(new Dot(cell(x.at(trial.number())), cell(y), ink))) {
                    inner.dot(x.at(trial.number()), y, 2.5, ink, 0.7);
                }
            }
        });
    }

    private static long cell(double pixel) {
        return Math.round(pixel / COVERED);
    }

    /** Each incumbent at what it is worth by all its runs, from the trial that made it the incumbent. */
    private void best(Canvas canvas, Axes axes, Scale x) {
        History history = ended.history();
        List<Trial> incumbents = history.incumbents();
        int last = ended.trials().size() - 1;
        double before = Double.NaN;
        for (int k = 0; k < incumbents.size(); k++) {
            double from = x.at(history.crowned(k));
            double to = x.at(k + 1 < incumbents.size() ? history.crowned(k + 1) : last);
            double y = axes.y(history.value(incumbents.get(k)).orElseThrow());
            Pen pen = new Pen(Ink.TEXT, 1.5, Dash.SOLID);
            if (k > 0) {
                canvas.line(from, before, from, y, pen);
            }
            canvas.line(from, y, to, y, pen);
            before = y;
        }
    }
}
