package dev.chiron.agent.plot.draw;

import dev.chiron.agent.plot.draw.Lettering.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The critical-difference picture: mean ranks on a line, and bars over those that cannot be told apart (Demšar 2006, figure 1).
 *
 * @param entries at least two
 * @param criticalDifference NaN where none may be claimed
 */
public record RankChart(String title, List<Entry> entries, double criticalDifference) implements Picture {

    private static final int PLOT = 420;
    private static final int LINE = 20;
    private static final int AXIS = 96;

    /** Makes the list unchangeable, and orders it from the best. */
    public RankChart {
        List<Entry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparingDouble(Entry::rank));
        entries = List.copyOf(ordered);
    }

    /** A method, its ink, and its mean rank. */
    public record Entry(String name, int n, double rank) {}

    private int left() {
        return margin(entries.subList(0, half()));
    }

    private static int margin(List<Entry> its) {
        double names = its.stream()
                .mapToDouble(entry -> Lettering.width(label(entry)))
                .max()
                .orElse(0);
        return (int) Math.max(80, names + 48);
    }

    /** How many are named on the left. */
    private int half() {
        return (entries.size() + 1) / 2;
    }

    private static String label(Entry entry) {
        return Lettering.cut(entry.name(), Lettering.NAME) + String.format(Locale.ROOT, "  %.2f", entry.rank());
    }

    @Override
    public int width() {
        return left() + PLOT + margin(entries.subList(half(), entries.size()));
    }

    @Override
    public int height() {
        return AXIS + 14 + 8 * groups().size() + half() * LINE + 24;
    }

    /** First and last of each longest row of entries that the critical difference spans; none of a single one. */
    List<int[]> groups() {
        List<int[]> groups = new ArrayList<>();
        int reached = -1;
        for (int first = 0; first < entries.size(); first++) {
            int last = first;
            while (last + 1 < entries.size()
                    && entries.get(last + 1).rank() - entries.get(first).rank() <= criticalDifference) {
                last++;
            }
            if (last > first && last > reached) {
                groups.add(new int[] {first, last});
                reached = last;
            }
        }
        return groups;
    }

    @Override
    public void draw(Canvas canvas) {
        canvas.text(16, 26, title, Lettering.title());
        int left = left();
        Scale x = new Scale(1, entries.size(), false, left, left + PLOT);
        canvas.line(left, AXIS, left + PLOT, AXIS, Pen.thin(Ink.TEXT));
        for (int rank = 1; rank <= entries.size(); rank++) {
            canvas.line(x.at(rank), AXIS - 6, x.at(rank), AXIS, Pen.thin(Ink.TEXT));
            canvas.text(x.at(rank), AXIS - 11, Integer.toString(rank), Lettering.plain(Ink.MUTED, Anchor.MIDDLE));
        }
        canvas.text(left - 12.0, AXIS + 4, "better", Lettering.plain(Ink.MUTED, Anchor.END));
        difference(canvas, x, left);
        List<int[]> groups = groups();
        for (int i = 0; i < groups.size(); i++) {
            double y = AXIS + 12 + 8 * i;
            double from = x.at(entries.get(groups.get(i)[0]).rank()) - 3;
            double to = x.at(entries.get(groups.get(i)[1]).rank()) + 3;
            canvas.line(from, y, to, y, new Pen(Ink.TEXT, 4, Dash.SOLID));
        }
        names(canvas, x, left, AXIS + 14 + 8 * groups.size());
    }

    private void difference(Canvas canvas, Scale x, int left) {
        if (Double.isNaN(criticalDifference)) {
            return;
        }
        double end = Math.min(left + PLOT, x.at(1 + criticalDifference));
        canvas.line(left, 58, end, 58, new Pen(Ink.MUTED, 2, Dash.SOLID));
        canvas.line(left, 54, left, 62, Pen.thin(Ink.MUTED));
        canvas.line(end, 54, end, 62, Pen.thin(Ink.MUTED));
        String text = String.format(Locale.ROOT, "critical difference %.2f", criticalDifference)
                + (1 + criticalDifference > entries.size() ? " (more than fits)" : "");
        canvas.text(left, 49, text, Lettering.plain(Ink.MUTED, Anchor.START));
    }

    private void names(Canvas canvas, Scale x, int left, double top) {
        int half = half();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean isLeft = i < half;
            double y = top + LINE * ((isLeft ? i : entries.size() - 1 - i) + 0.5) + 4;
            double end = isLeft ? left - 14 : left + PLOT + 14;
            Pen pen = new Pen(Ink.series(entry.n()), 1.5, Dash.series(entry.n()));
            canvas.line(x.at(entry.rank()), AXIS, x.at(entry.rank()), y, pen);
            canvas.line(x.at(entry.rank()), y, end, y, pen);
            canvas.dot(x.at(entry.rank()), AXIS, 3.5, pen.ink(), 1);
            canvas.text(
                    isLeft ? end - 5 : end + 5,
                    y + 4,
                    label(entry),
                    Lettering.plain(Ink.TEXT, isLeft ? Anchor.END : Anchor.START));
        }
    }
}
