package dev.chiron.agent.plot;

import dev.chiron.agent.plot.draw.Canvas;
import dev.chiron.agent.plot.draw.Ink;
import dev.chiron.agent.plot.draw.Lettering;
import dev.chiron.agent.plot.draw.Lettering.Anchor;
import dev.chiron.agent.plot.draw.Pen;
import dev.chiron.agent.plot.draw.Scale;
import dev.chiron.optimizers.space.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A field with values upwards: title and legend in the two rows above, what is meant by the places across in the row below.
 *
 * @param y of values
 * @param left of the field, in pixels
 */
record Axes(Size size, Scale y, double left) {

    private static final double CELL = 8;
    private static final int DIGITS = 4;
    private static final int ABOVE = 2; // rows
    private static final int BELOW = -1;

    /** What is written under a place. */
    record Tick(double x, String label) {}

    /** A field for values from low to high. */
    static Axes of(Size size, double low, double high) {
        Scale y = Scale.spanning(low, high, size.row(BELOW) - 8, size.row(ABOVE) + 4);
        int ticks = ticks(size);
        double widest = y.ticks(ticks).stream()
                .mapToDouble(tick -> y.label(tick, ticks).length())
                .max()
                .orElse(0);
        return new Axes(size, y, CELL * (2 + Math.min(14, widest)));
    }

    private static int ticks(Size size) {
        return Math.max(3, size.rows() / 3);
    }

    double right() {
        return size.width() - CELL;
    }

    double top() {
        return size.row(ABOVE);
    }

    double bottom() {
        return size.row(BELOW);
    }

    double y(double value) {
        return y.at(value);
    }

    /** A number, short enough for a title. */
    static String number(double number) {
        return Numbers.text(number, 6);
    }

    /** Round places of a scale of counts. */
    static List<Tick> counts(Scale x) {
        List<Tick> ticks = new ArrayList<>();
        for (double tick : x.ticks(6)) {
            if (tick == Math.rint(tick)) {
                ticks.add(new Tick(x.at(tick), x.label(tick, 6)));
            }
        }
        return ticks;
    }

    /** A few digits of a value under an axis. */
    static String few(double number) {
        return Numbers.text(number, DIGITS);
    }

    void draw(Canvas canvas, String title, List<Tick> across) {
        canvas.text(CELL, size.baseLine(0), title, Lettering.title());
        int ticks = ticks(size);
        for (double tick : y.ticks(ticks)) {
            canvas.line(left, y.at(tick), right(), y.at(tick), Pen.thin(Ink.GRID));
            canvas.text(left - CELL, y.at(tick) + 4, y.label(tick, ticks), Lettering.plain(Ink.MUTED, Anchor.END));
        }
        double end = 0;
        for (Tick tick : across) {
            double half = CELL * tick.label().length() / 2.0;
            double x = Math.min(tick.x(), size.width() - half); // the last one, moved in
            if (x - half >= end) {
                canvas.line(tick.x(), top(), tick.x(), bottom(), Pen.thin(Ink.GRID));
                canvas.text(x, size.baseLine(BELOW), tick.label(), Lettering.plain(Ink.MUTED, Anchor.MIDDLE));
                end = x + half + CELL;
            }
        }
        canvas.line(left, bottom() - 1, right(), bottom() - 1, Pen.thin(Ink.MUTED));
        canvas.line(left, top(), left, bottom() - 1, Pen.thin(Ink.MUTED));
    }

    /** Draws what may lie outside of the field, cut off there. */
    void inside(Canvas canvas, Consumer<Canvas> drawing) {
        canvas.within(left, top(), right() - left + 1, bottom() - top(), drawing);
    }
}
