package dev.chiron.agent.plot.draw;

import dev.chiron.agent.plot.draw.Lettering.Anchor;

/** The plain part of a chart: title, axes with ticks, and the grid. */
public record Frame(String title, String xLabel, String yLabel, double left, double top, double right, double bottom) {

    private static final int X_TICKS = 7;
    private static final int Y_TICKS = 6;

    /** Draws the title. */
    public void title(Canvas canvas) {
        canvas.text(16, 26, title, Lettering.title());
    }

    /** Draws the axis below, its ticks and the grid. */
    public void xAxis(Canvas canvas, Scale x) {
        for (double tick : x.ticks(X_TICKS)) {
            canvas.line(x.at(tick), top, x.at(tick), bottom, Pen.thin(Ink.GRID));
            canvas.text(x.at(tick), bottom + 17, x.label(tick, X_TICKS), Lettering.plain(Ink.MUTED, Anchor.MIDDLE));
        }
        canvas.line(left, bottom, right, bottom, Pen.thin(Ink.MUTED));
        canvas.text((left + right) / 2, bottom + 36, xLabel, Lettering.plain(Ink.TEXT, Anchor.MIDDLE));
    }

    /** Draws the axis at the left, its ticks and the grid. */
    public void yAxis(Canvas canvas, Scale y) {
        for (double tick : y.ticks(Y_TICKS)) {
            canvas.line(left, y.at(tick), right, y.at(tick), Pen.thin(Ink.GRID));
            canvas.text(left - 7, y.at(tick) + 4, y.label(tick, Y_TICKS), Lettering.plain(Ink.MUTED, Anchor.END));
        }
        canvas.line(left, top, left, bottom, Pen.thin(Ink.MUTED));
        canvas.text(
                18, (top + bottom) / 2, yLabel, new Lettering(Ink.TEXT, Lettering.USUAL, Anchor.MIDDLE, false, true));
    }
}
