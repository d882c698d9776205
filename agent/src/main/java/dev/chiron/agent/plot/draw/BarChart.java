package dev.chiron.agent.plot.draw;

import dev.chiron.agent.plot.draw.Lettering.Anchor;
import java.util.List;
import java.util.Locale;

/**
 * A row each: parts side by side, in per cent.
 *
 * @param parts the names of the parts
 * @param rows at least one
 */
public record BarChart(String title, String xLabel, List<String> parts, List<Row> rows) implements Picture {

    private static final int PLOT = 500;
    private static final int LINE = 24;

    /** Makes the lists unchangeable. */
    public BarChart {
        parts = List.copyOf(parts);
        rows = List.copyOf(rows);
    }

    /** A row: its name and the per cent of each part. */
    public record Row(String name, List<Double> shares) {
        /** Makes the list unchangeable. */
        public Row {
            shares = List.copyOf(shares);
        }

        double sum() {
            return shares.stream().mapToDouble(share -> share).sum();
        }
    }

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
        return left() + PLOT + 70;
    }

    private int top() {
        return 44 + 20 * legendLines();
    }

    private int legendLines() {
        double at = 0;
        int lines = 1;
        for (String part : parts) {
            double wide = 30 + Lettering.width(part);
            if (at > 0 && at + wide > width() - 32) {
                lines++;
                at = 0;
            }
            at += wide;
        }
        return lines;
    }

    @Override
    public int height() {
        return top() + rows.size() * LINE + 54;
    }

    @Override
    public void draw(Canvas canvas) {
        int left = left();
        int top = top();
        double most = rows.stream().mapToDouble(Row::sum).max().orElse(0);
        Scale x = new Scale(0, most > 0 ? Math.min(100, most * 1.02) : 1, false, left, left + PLOT);
        Frame frame = new Frame(title, xLabel, "", left, top, left + PLOT, height() - 54);
        frame.title(canvas);
        frame.xAxis(canvas, x);
        legend(canvas);
        for (int i = 0; i < rows.size(); i++) {
            row(canvas, x, rows.get(i), top + i * LINE, left);
        }
    }

    private void legend(Canvas canvas) {
        double at = 16;
        double y = 46;
        for (int i = 0; i < parts.size(); i++) {
            double wide = 30 + Lettering.width(parts.get(i));
            if (at > 16 && at - 16 + wide > width() - 32) {
                at = 16;
                y += 20;
            }
            canvas.box(at, y - 6, 11, 11, Ink.series(i));
            canvas.text(at + 16, y + 4, parts.get(i), Lettering.plain(Ink.TEXT, Anchor.START));
            at += wide;
        }
    }

    private static void row(Canvas canvas, Scale x, Row row, double y, int left) {
        canvas.text(left - 10, y + LINE / 2.0 + 4, name(row), Lettering.plain(Ink.TEXT, Anchor.END));
        double sum = 0;
        for (int i = 0; i < row.shares().size(); i++) {
            double share = row.shares().get(i);
            if (share > 0) {
                canvas.box(x.at(sum), y + 4, x.at(sum + share) - x.at(sum), LINE - 8.0, Ink.series(i));
                canvas.line(x.at(sum + share), y + 4, x.at(sum + share), y + LINE - 4, Pen.thin(Ink.PAPER));
            }
            sum += share;
        }
        if (sum > 99.95 && row.shares().size() > 1) {
            return; // parts of a whole: nobody needs to be told that it is one
        }
        String label = String.format(Locale.ROOT, "%.1f %%", sum);
        canvas.text(x.at(sum) + 6, y + LINE / 2.0 + 4, label, Lettering.plain(Ink.MUTED, Anchor.START));
    }
}
