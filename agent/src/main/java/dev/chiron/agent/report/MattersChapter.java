package dev.chiron.agent.report;

import dev.chiron.agent.insight.Insight;
import dev.chiron.agent.insight.InsightText;
import dev.chiron.agent.insight.Sample;
import dev.chiron.agent.insight.StudyImportance;
import dev.chiron.agent.plot.Plot;
import dev.chiron.agent.plot.Size;
import dev.chiron.agent.report.Block.Cell;
import dev.chiron.agent.report.Block.Column;
import dev.chiron.agent.view.Searched;
import dev.chiron.optimizers.forest.Importance;
import dev.chiron.optimizers.forest.Interaction;
import dev.chiron.optimizers.importance.PedAnova;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which parameters decide, and what their values bring. */
record MattersChapter(Subject subject) {

    private static final double LITTLE = 0.02;
    private static final int DRAWN = 4;
    private static final int ROWS = 15;
    private static final Size SMALL = new Size(43, 17);

    static Section of(Subject subject) {
        Section section = new Section("matters", "What mattered");
        if (subject.best().isEmpty()) {
            return section;
        }
        Searched now = subject.view().now();
        Sample sample =
                Sample.of(subject.isSeveral() ? now.by(subject.objective().metric()) : now);
        Searched seen = sample.searched();
        if (seen.space().size() == 0) {
            return section;
        }
        Optional<Insight> insight = Insight.of(seen.space(), seen.history(), PedAnova.USUAL);
        if (insight.isEmpty()) {
            return section.say("Not known: {}.", StudyImportance.missing(seen.space(), seen.history()));
        }
        new MattersChapter(subject).written(section, insight.get(), sample);
        return section;
    }

    private void written(Section section, Insight insight, Sample sample) {
        section.say(
                "How much of the differences in `{}` each parameter explains by itself, from {} measured configs{}{}.",
                subject.objective().metric(),
                insight.importance().trials(),
                sample.used() < sample.of() ? " of " + sample.used() + " trials, evenly spread" : "",
                subject.isSeveral() ? "; of the metrics it is the first" : "");
        String caution = StudyImportance.caution(insight.importance());
        if (caution.endsWith("too little to go by")) {
            section.warn("**Hardly to be believed:** {}.", caution);
        }
        insight.changing().ifPresent(text -> section.warn("**Beware:** {}.", text));
        table(section, insight);
        together(section, insight);
        slices(section, insight, sample.searched());
        section.say(
                "The first share is fANOVA's, on a random forest, ± one standard deviation over its trees ({}); the second PED-ANOVA's, "
                        + "of what tells the best tenth of the configs from all, with its 95 % interval by resampling. "
                        + "What the values bring is what the forest expects, over all values of the other parameters.",
                caution);
    }

    private void table(Section section, Insight insight) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Importance.Share> ranked = insight.ranked();
        for (Importance.Share share : ranked.stream().limit(ROWS).toList()) {
            PedAnova.Share best = insight.best(share.parameter());
            rows.add(List.of(
                    Cell.code(share.parameter()),
                    Cell.bar(percent(share.mean()) + " % ± " + percent(share.sd()), share.mean()),
                    Cell.of(percent(best.value()) + " % (" + percent(best.low()) + " to " + percent(best.high()) + ")"),
                    share.mean() < LITTLE
                            ? Cell.faint("hardly anything")
                            : Cell.of(insight.dependence(share.parameter())
                                    .map(InsightText::said)
                                    .orElse(""))));
        }
        section.add(new Block.Grid(
                ranked.size() > ROWS
                        ? "The " + ROWS + " parameters of " + ranked.size() + " that explain most"
                        : "The parameters, those that explain most first",
                List.of(
                        Column.text("parameter"),
                        Column.text("explains"),
                        Column.number("of the best tenth"),
                        Column.text("what its values bring")),
                rows));
    }

    private static void together(Section section, Insight insight) {
        String pairs = insight.interactions().stream()
                .filter(pair -> pair.mean() >= LITTLE)
                .map(MattersChapter::pair)
                .collect(Collectors.joining(", "));
        if (!pairs.isEmpty()) {
            section.say("Only together: {}.", pairs);
        }
    }

    private static String pair(Interaction pair) {
        return pair.first() + " and " + pair.second() + " " + percent(pair.mean()) + " % ± " + percent(pair.sd());
    }

    private void slices(Section section, Insight insight, Searched seen) {
        List<Block.Figure> figures = insight.ranked().stream()
                .filter(share -> share.mean() >= LITTLE)
                .limit(DRAWN)
                .map(share -> new Block.Figure(
                        Words.of("What trials gave over `{}`", share.parameter()),
                        size -> new Plot.Slice(share.parameter()).draw(seen.space(), seen.history(), size),
                        List.of(SMALL),
                        false))
                .toList();
        if (!figures.isEmpty()) {
            section.add(new Block.Figures(figures));
        }
    }

    private static String percent(double share) {
        return Long.toString(Math.round(100 * share));
    }
}
