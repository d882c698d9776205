package dev.chiron.agent.insight;

import dev.chiron.agent.view.Table;
import dev.chiron.optimizers.forest.Dependence;
import dev.chiron.optimizers.forest.Importance;
import dev.chiron.optimizers.forest.Interaction;
import dev.chiron.optimizers.importance.PedAnova;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An {@link Insight} in words and tables. */
public record InsightText(Insight insight) {

    private static final double LITTLE = 0.02;
    private static final double NEARLY = 0.1; // of what a parameter can cost
    private static final double SURE = 0.95;
    private static final int DIGITS = 3;
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int MOST_BARS = 12;

    /** The importances: a table, and what it means. */
    public List<String> importance() {
        Table table = new Table().row("parameter", "fANOVA", "±", "PED-ANOVA", "95 %");
        for (Importance.Share share : insight.ranked()) {
            PedAnova.Share best = insight.best(share.parameter());
            table.row(
                    share.parameter(),
                    percent(share.mean()),
                    number(100 * share.sd()),
                    percent(best.value()),
                    number(100 * best.low()) + " to " + number(100 * best.high()));
        }
        List<String> lines = new ArrayList<>(table.lines(""));
        lines.add("");
        lines.add(
                "fANOVA: the share of the variance of the values' ranks over the whole space that a parameter explains by itself, ± over the trees;");
        lines.add("  " + StudyImportance.caution(insight.importance())
                + insight.changing().map(text -> ";").orElse("."));
        insight.changing().ifPresent(text -> lines.add("  " + text + "."));
        lines.add("PED-ANOVA: the share of what tells the best " + percent(insight.share())
                + " of the configs from all of them; the interval by resampling.");
        lines.addAll(together());
        return lines;
    }

    private List<String> together() {
        List<Interaction> large = insight.interactions().stream()
                .filter(one -> one.mean() >= LITTLE)
                .toList();
        List<String> lines = new ArrayList<>(List.of(""));
        if (large.isEmpty()) {
            lines.add("No two of the " + paired() + " that explain most do so only together (all below "
                    + percent(LITTLE) + ").");
            return lines;
        }
        lines.add("Only together (fANOVA, pairs of the " + paired() + " that explain most):");
        Table table = new Table();
        large.forEach(one ->
                table.row(one.first() + " x " + one.second(), percent(one.mean()), "± " + number(100 * one.sd())));
        lines.addAll(table.lines("  "));
        return lines;
    }

    private int paired() {
        return Math.min(Insight.PAIRED, insight.ranked().size());
    }

    /**
     * What each parameter's values bring.
     *
     * @param isMaximized whether large values of the metric are good
     */
    public List<String> values(boolean isMaximized) {
        List<Importance.Share> large = insight.ranked().stream()
                .filter(share -> share.mean() >= LITTLE)
                .toList();
        Table table = new Table();
        for (Importance.Share share : large) {
            Dependence dependence = insight.dependence(share.parameter()).orElseThrow();
            table.row(
                    share.parameter(),
                    percent(share.mean()) + " ± " + number(100 * share.sd()),
                    bars(dependence, isMaximized),
                    said(dependence));
        }
        List<String> lines = new ArrayList<>(table.lines(""));
        List<String> small = insight.ranked().stream()
                .map(Importance.Share::parameter)
                .filter(name ->
                        large.stream().noneMatch(share -> share.parameter().equals(name)))
                .toList();
        if (!small.isEmpty()) {
            lines.add("Below " + percent(LITTLE) + (small.size() > 1 ? " each: " : ": ") + String.join(", ", small)
                    + ".");
        }
        insight.changing().ifPresent(text -> lines.add("Note: " + text + "."));
        lines.addAll(together());
        return lines;
    }

    /** Where a parameter is best, how far around that it is nearly so, and what its worst value costs. */
    public static String said(Dependence dependence) {
        Dependence.Point best = dependence.best();
        Dependence.Point worst = dependence.worst();
        double cost = worst.loss() - best.loss();
        boolean isSure = dependence.agreed() >= SURE;
        return "best at " + text(best) + nearly(dependence, best.loss() + NEARLY * cost) + "; " + text(worst)
                + " costs " + Numbers.text(cost, DIGITS) + (isSure ? "" : ", not surely");
    }

    /** The values around the best one, or the options, that are nearly as good. */
    private static String nearly(Dependence dependence, double bound) {
        List<Dependence.Point> points = dependence.points();
        int best = points.indexOf(dependence.best());
        if (!dependence.choice()) {
            int low = best;
            int high = best;
            while (low > 0 && points.get(low - 1).loss() <= bound) {
                low--;
            }
            while (high + 1 < points.size() && points.get(high + 1).loss() <= bound) {
                high++;
            }
            return low == high ? "" : ", nearly so from " + text(points.get(low)) + " to " + text(points.get(high));
        }
        String others = points.stream()
                .filter(point -> point.loss() <= bound && !point.equals(points.get(best)))
                .map(InsightText::text)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "" : ", nearly so " + others;
    }

    /** The metric over the range, its least value the lowest bar. */
    private static String bars(Dependence dependence, boolean isMaximized) {
        double best = dependence.best().loss();
        double range = dependence.worst().loss() - best;
        int points = dependence.points().size();
        int wanted = Math.min(MOST_BARS, points);
        return IntStream.range(0, wanted)
                .mapToObj(k ->
                        dependence.points().get(wanted == 1 ? 0 : Math.round((float) k * (points - 1) / (wanted - 1))))
                .map(point -> range > 0 ? (point.loss() - best) / range : 0)
                .map(height -> Math.round((isMaximized ? 1 - height : height) * (BARS.length() - 1)))
                .map(bar -> BARS.substring(bar.intValue(), bar.intValue() + 1))
                .collect(Collectors.joining());
    }

    private static String text(Dependence.Point point) {
        return point.value() instanceof Value.Real real
                ? Numbers.text(real.number(), DIGITS)
                : point.value().text();
    }

    private static String percent(double share) {
        return number(100 * share) + " %";
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }
}
