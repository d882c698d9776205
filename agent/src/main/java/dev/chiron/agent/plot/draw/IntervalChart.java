package dev.chiron.agent.plot.draw;

import dev.chiron.agent.plot.draw.Lettering.Anchor;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A row each: a dot with its interval.
 *
 * @param rows at least one
 * @param legend what a full dot and what a ring is; empty for no rings
 */
public record IntervalChart(String title, String xLabel, List<Row> rows, List<String> legend) implements Picture {

    private static final int TOP = 62;
    private static final int PLOT = 520;
    private static final int LINE = 26;

    /** Makes the lists unchangeable. */
    public IntervalChart {
        rows = List.copyOf(rows);
        legend = List.copyOf(legend);
    }

    /**
     * A row.
     *
     * @param n which ink
     * @param value where the dot is
     * @param low the lower end of the interval; equal to the value for none
     * @param high the upper end of the interval
     * @param other where a ring is; NaN for none
     */
    public record Row(String name, int n, double value, double low, double high, double other) {}

    private int left() {
        double names = rows.stream()
                .mapToDouble(row -> Lettering.width(name(row)))
                .max()
                .orElse(0);
        return (int) (24 + names);
    }

    private static String name(Row row) {
        return Lettering.cut(row.name(), Lettering.NAME);
    }

    @Override
    public int width() {
        return left() + PLOT + 30;
    }

    @Override
    public int height() {
        return TOP + rows.size() * LINE + 54;
    }

    @Override
    public void draw(Canvas canvas) {
        int left = left();
        int bottom = height() - 54;
        Frame frame = new Frame(title, xLabel, "", left, TOP, left + PLOT, bottom);
        double[] all = rows.stream()
                .flatMapToDouble(row -> DoubleStream.of(row.value(), row.low(), row.high(), row.other()))
                .filter(Double::isFinite)
                .toArray();
        double low = DoubleStream.of(all).min().orElse(0);
        double high = DoubleStream.of(all).max().orElse(1);
        Scale x = Scale.spanning(low, high, left + 8.0, left + PLOT - 8.0);
        frame.title(canvas);
        frame.xAxis(canvas, x);
        legend(canvas, left);
        for (int i = 0; i < rows.size(); i++) {
            row(canvas, x, rows.get(i), TOP + i * LINE + LINE / 2.0, left);
        }
    }

    private void legend(Canvas canvas, int left) {
        double at = left;
        for (int i = 0; i < legend.size(); i++) {
            canvas.dot(at + 5, 46, 4.5, Ink.MUTED, 1);
            if (i == 1) {
                canvas.dot(at + 5, 46, 2.7, Ink.PAPER, 1);
            }
            canvas.text(at + 14, 50, legend.get(i), Lettering.plain(Ink.MUTED, Anchor.START));
            at += 34 + Lettering.width(legend.get(i));
        }
    }

    private static void row(Canvas canvas, Scale x, Row row, double y, int left) {
        Ink ink = Ink.series(row.n());
        canvas.text(left - 10, y + 4, name(row), Lettering.plain(Ink.TEXT, Anchor.END));
        if (row.low() < row.high()) {
            canvas.line(x.at(row.low()), y, x.at(row.high()), y, new Pen(ink, 2.5, Dash.SOLID));
        }
        canvas.dot(x.at(row.value()), y, 5, ink, 1);
        if (Double.isFinite(row.other())) {
            canvas.dot(x.at(row.other()), y, 5, ink, 1);
            canvas.dot(x.at(row.other()), y, 3.2, Ink.PAPER, 1);
        }
    }
}
