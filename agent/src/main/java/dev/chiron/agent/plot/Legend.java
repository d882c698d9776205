package dev.chiron.agent.plot;

import dev.chiron.agent.plot.draw.Canvas;
import dev.chiron.agent.plot.draw.Ink;
import dev.chiron.agent.plot.draw.Lettering;
import dev.chiron.agent.plot.draw.Lettering.Anchor;
import dev.chiron.optimizers.study.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What the dots of a picture mean, in a row of it; what does not fit is left out. */
final class Legend {

    private static final double CELL = 8;
    private static final double GAP = 3 * CELL;

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(Ink ink, String text) {}

    /** A legend of who proposed trials, and of what is not among their dots. */
    static Legend of(Ended ended) {
        Legend legend = new Legend();
        ended.origins()
                .forEach((origin, count) ->
                        legend.entries.add(new Entry(ended.ink(origin), origin.label() + " " + count)));
        int partial = (int) ended.trials().stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Partial)
                .count();
        if (partial > 0) {
            legend.entries.add(new Entry(Ink.MUTED, partial + " trained in part"));
        }
        int failed = ended.trials().size() - ended.measured().size() - partial;
        if (failed > 0) {
            legend.entries.add(new Entry(Ink.MUTED, failed + " without a value"));
        }
        if (ended.beyond() > 0) {
            legend.entries.add(new Entry(Ink.MUTED, ended.beyond() + " worse than shown"));
        }
        return legend;
    }

    void draw(Canvas canvas, Size size, int row) {
        double x = 2 * CELL;
        for (Entry entry : entries) {
            double width = Math.max(Lettering.width(entry.text()), entry.text().length() * CELL);
            if (x + GAP + width > size.width()) {
                return;
            }
            boolean isSeries = !entry.ink().equals(Ink.MUTED);
            if (isSeries) {
                canvas.dot(x, size.row(row) + 8, 4, entry.ink(), 1);
            }
            double text = isSeries ? x + 2 * CELL : x;
            canvas.text(
                    text,
                    size.baseLine(row),
                    entry.text(),
                    Lettering.plain(isSeries ? Ink.TEXT : Ink.MUTED, Anchor.START));
            x = text + width + GAP;
        }
    }
}
