package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.insight.Insight;
import dev.chiron.agent.insight.InsightJson;
import dev.chiron.agent.insight.StudyImportance;
import dev.chiron.agent.plot.Plot;
import dev.chiron.agent.plot.Size;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.agent.view.Searched;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Summary;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.forest.Importance;
import dev.chiron.optimizers.importance.PedAnova;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a study has found, as a whole. */
record ReportTools(Desk desk) {

    private static final int BEST = 10;

    List<Tool> tools() {
        return List.of(importance(), plot(), report());
    }

    private Tool importance() {
        return new Tool(
                "importance",
                "Which parameters matter",
                "The share of the metric's variance that each parameter explains by itself (fANOVA on a random forest of the "
                        + "study's trials). `forest_explains` says how much the forest foretells of trials that it has not "
                        + "seen: near 0 the shares mean nothing. `best` is what tells the best tenth of the configs from all (PED-ANOVA, with a "
                        + "95 % interval), `interactions` what pairs explain only together. Parameters that do not matter need no more trials.",
                Tool.Effect.READS,
                List.of(Given.study()),
                (arguments, caller) -> Answer.of(importance(desk.view(arguments))));
    }

    private static ObjectNode importance(StudyView view) {
        Searched now = view.now();
        return Insight.of(now.space(), now.history(), PedAnova.USUAL)
                .map(insight -> new InsightJson(insight).importance())
                .orElseThrow(() -> new BadInput(StudyImportance.tooFew(now.space(), now.history())));
    }

    private Tool plot() {
        return new Tool(
                "plot",
                "Draw a study",
                "A picture (PNG) of a study: `history` is every trial's value in order with the best so far, `parallel` the "
                        + "best configs as lines through all parameters, `slice` values over one parameter, `importance` the "
                        + "share that each parameter explains.",
                Tool.Effect.READS,
                List.of(
                        Given.study(),
                        Field.choice("kind", Plot.KINDS, "What to draw; history if left out."),
                        Field.text("parameter", "The parameter of a slice.")),
                (arguments, caller) -> plotted(desk.view(arguments), arguments));
    }

    private static Answer plotted(StudyView view, Arguments arguments) {
        List<String> words = new ArrayList<>(List.of(arguments.text("kind").orElse("history")));
        arguments.text("parameter").ifPresent(words::add);
        Picture picture = Plot.of(words).draw(view, Size.OF_FILE);
        try {
            return Answer.of(picture.png(), picture.title());
        } catch (Picture.NoPng e) {
            return Answer.of(picture.text(false));
        }
    }

    private Tool report() {
        return new Tool(
                "report",
                "Report on a study",
                "A report in Markdown on what a study found, for your user: the result against the baseline, the best "
                        + "trials, which parameters matter, what failed and where.",
                Tool.Effect.READS,
                List.of(Given.study()),
                (arguments, caller) -> Answer.of(report(desk.view(arguments))));
    }

    private static List<String> report(StudyView view) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + view.card().folder() + ": " + view.card().objective().metric() + " ("
                + view.card().objective().goal().label() + ")");
        lines.add("");
        lines.add("```");
        lines.addAll(Summary.lines(view.card(), view.entries(), view.unused(), view.history()));
        lines.add("```");
        best(view, lines);
        importance(view, lines);
        failures(view, lines);
        return lines;
    }

    private static void best(StudyView view, List<String> lines) {
        List<Trial> best = view.history().best(BEST);
        if (best.isEmpty()) {
            return;
        }
        lines.addAll(List.of(
                "",
                "## The best trials",
                "",
                "| trial | " + Texts.metrics(view.card().objective()) + " | by | against the baseline |",
                "| --- | --- | --- | --- |"));
        Trial baseline = view.entry(0).trial();
        for (Trial trial : best) {
            lines.add("| " + trial.number() + " | " + Texts.value(trial, view.history()) + " | "
                    + trial.origin().label() + " | "
                    + (trial.number() == 0 ? "is the baseline" : Texts.changes(baseline.config(), trial.config()))
                    + " |");
        }
    }

    private static void importance(StudyView view, List<String> lines) {
        Searched now = view.now();
        Optional<Importance> known = StudyImportance.of(now.space(), now.history());
        lines.addAll(List.of("", "## Which parameters matter", ""));
        if (known.isEmpty()) {
            lines.add("Not known yet: " + StudyImportance.tooFew(now.space(), now.history()) + ".");
            return;
        }
        lines.add("Shares of the variance that each explains by itself; " + StudyImportance.caution(known.get()) + ".");
        lines.add("");
        known.get().shares().stream()
                .sorted(Comparator.comparingDouble(Importance.Share::mean).reversed())
                .forEach(share -> lines.add("- " + share.parameter() + ": " + Math.round(100 * share.mean()) + " %"));
    }

    private static void failures(StudyView view, List<String> lines) {
        Map<String, List<Integer>> failed = new LinkedHashMap<>();
        for (Trial trial : view.history().trials()) {
            if (trial.outcome() instanceof Outcome.Failed failure) {
                failed.computeIfAbsent(failure.reason().label(), reason -> new ArrayList<>())
                        .add(trial.number());
            }
        }
        lines.addAll(List.of("", "## What failed", ""));
        if (failed.isEmpty()) {
            lines.add("Nothing.");
        }
        failed.forEach((reason, trials) -> lines.add("- " + reason + ": " + trials.size() + " ("
                + (trials.size() == 1 ? "trial " : "trials ")
                + String.join(
                        ", ", trials.stream().limit(BEST).map(String::valueOf).toList())
                + (trials.size() > BEST ? ", …" : "") + ")"));
    }
}
