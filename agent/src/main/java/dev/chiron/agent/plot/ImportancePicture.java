package dev.chiron.agent.plot;

import dev.chiron.agent.insight.StudyImportance;
import dev.chiron.agent.plot.draw.Canvas;
import dev.chiron.agent.plot.draw.Ink;
import dev.chiron.agent.plot.draw.Lettering;
import dev.chiron.agent.plot.draw.Lettering.Anchor;
import dev.chiron.agent.plot.draw.Pen;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.optimizers.forest.Importance;
import dev.chiron.optimizers.forest.Importance.Share;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A bar for each parameter, the most important above, as many as there is room for; a thin line spans what the trees say. */
record ImportancePicture(Importance importance, Optional<String> changing, Size size) implements Picture {

    private static final double CELL = 8;
    private static final int NUMBERS = 6; // characters

    @Override
    public String title() {
        return "importance of the parameters (fANOVA of " + importance.trials() + " trials)";
    }

    @Override
    public int width() {
        return size.width();
    }

    @Override
    public int height() {
        return (int)
                size.row(Math.min(size.rows(), above() + importance.shares().size()));
    }

    /** Lines of text. */
    private int above() {
        return changing.isPresent() ? 3 : 2;
    }

    @Override
    public void draw(Canvas canvas) {
        canvas.text(CELL, size.baseLine(0), title(), Lettering.title());
        canvas.text(
                CELL, size.baseLine(1), StudyImportance.caution(importance), Lettering.plain(Ink.MUTED, Anchor.START));
        changing.ifPresent(text -> canvas.text(CELL, size.baseLine(2), text, Lettering.plain(Ink.MUTED, Anchor.START)));
        List<Share> shares = importance.shares().stream()
                .sorted(Comparator.comparingDouble(Share::mean).reversed())
                .limit(size.rows() - above())
                .toList();
        int names = shares.stream()
                .mapToInt(share -> share.parameter().length())
                .max()
                .orElse(0);
        double left = CELL * (2 + Math.min(names, size.columns() / 3));
        double right = size.width() - CELL * (NUMBERS + 1);
        for (int k = 0; k < shares.size(); k++) {
            bar(canvas, shares.get(k), above() + k, left, right);
        }
    }

    private void bar(Canvas canvas, Share share, int row, double left, double right) {
        double top = size.row(row);
        double length = right - left;
        String name = cut(share.parameter(), (int) (left / CELL) - 2);
        canvas.text(left - CELL, size.baseLine(row), name, Lettering.plain(Ink.TEXT, Anchor.END));
        canvas.box(left, top + 4, length * share.mean(), 8, Ink.series(0));
        double low = left + length * Math.max(0, share.mean() - share.sd());
        double high = left + length * Math.min(1, share.mean() + share.sd());
        canvas.line(low, top + 9, high, top + 9, Pen.thin(Ink.MUTED));
        String number = String.format(Locale.ROOT, "%.0f %%", 100 * share.mean());
        canvas.text(size.width() - CELL, size.baseLine(row), number, Lettering.plain(Ink.TEXT, Anchor.END));
    }

    private static String cut(String name, int letters) {
        return name.length() > letters ? name.substring(0, Math.max(1, letters - 1)) + "…" : name;
    }
}
