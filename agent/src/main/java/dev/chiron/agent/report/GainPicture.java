package dev.chiron.agent.report;

import dev.chiron.agent.plot.Size;
import dev.chiron.agent.plot.draw.Canvas;
import dev.chiron.agent.plot.draw.Dash;
import dev.chiron.agent.plot.draw.Frame;
import dev.chiron.agent.plot.draw.Ink;
import dev.chiron.agent.plot.draw.Lettering;
import dev.chiron.agent.plot.draw.Lettering.Anchor;
import dev.chiron.agent.plot.draw.Pen;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.agent.plot.draw.Scale;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Trial;
import java.util.stream.DoubleStream;

/** The baseline and the best on one axis, each with its 95 % interval. */
record GainPicture(Gain gain, String metric, Size size) implements Picture {

    private static final int TOP = 8;
    private static final int ROW = 46;
    private static final int BELOW = 46;

    @Override
    public String title() {
        return "Baseline " + said(gain.baseline(), gain.before()) + ", best " + said(gain.best(), gain.after());
    }

    private String said(Trial trial, double value) {
        return Texts.value(value) + " ± " + Numbers.text(gain.margin(trial).orElse(0), 2);
    }

    @Override
    public int width() {
        return size.width();
    }

    @Override
    public int height() {
        return TOP + 2 * ROW + BELOW;
    }

    @Override
    public void draw(Canvas canvas) {
        double before = gain.margin(gain.baseline()).orElse(0);
        double after = gain.margin(gain.best()).orElse(0);
        double[] ends = {gain.before() - before, gain.before() + before, gain.after() - after, gain.after() + after};
        Scale x = Scale.spanning(
                DoubleStream.of(ends).min().orElseThrow(),
                DoubleStream.of(ends).max().orElseThrow(),
                16,
                width() - 16.0);
        int bottom = height() - BELOW;
        new Frame("", metric, "", 8, TOP, width() - 8.0, bottom).xAxis(canvas, x);
        row(canvas, x, 0, "baseline  " + said(gain.baseline(), gain.before()), gain.before(), before, Ink.series(7));
        row(canvas, x, 1, "best  " + said(gain.best(), gain.after()), gain.after(), after, Ink.series(0));
    }

    private void row(Canvas canvas, Scale x, int row, String name, double value, double margin, Ink ink) {
        double y = TOP + row * ROW + 32.0;
        double half = Lettering.width(name) / 2;
        double middle = Math.max(12 + half, Math.min(width() - 12 - half, x.at(value)));
        canvas.text(middle, y - 14, name, Lettering.plain(Ink.TEXT, Anchor.MIDDLE));
        canvas.line(x.at(value - margin), y, x.at(value + margin), y, new Pen(ink, 4, Dash.SOLID));
        canvas.dot(x.at(value), y, 6, ink, 1);
    }
}
