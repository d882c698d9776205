package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.insight.Insight;
import dev.chiron.agent.insight.InsightJson;
import dev.chiron.agent.insight.StudyImportance;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.agent.plot.Plot;
import dev.chiron.agent.plot.Size;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.agent.report.StudyReport;
import dev.chiron.agent.store.Versions;
import dev.chiron.agent.view.Searched;
import dev.chiron.agent.view.StudyView;
import dev.chiron.optimizers.importance.PedAnova;
import java.util.ArrayList;
import java.util.List;

/** What a study has found, as a whole. */
record ReportTools(Desk desk) {

    List<Tool> tools() {
        return List.of(importance(), plot(), report());
    }

    private Tool importance() {
        return new Tool(
                "importance",
                "Which parameters matter",
                "The share of the variance of the metric's ranks that each parameter explains by itself (fANOVA on a random forest of the "
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
                .orElseThrow(() -> new BadInput(StudyImportance.missing(now.space(), now.history())));
    }

    private Tool plot() {
        return new Tool(
                "plot",
                "Draw a study",
                "A picture (PNG) of a study: `history` is every trial's value in order with the best so far, `parallel` the "
                        + "best configs as lines through all parameters, `slice` values over one parameter, `importance` the "
                        + "share that each parameter explains, `front` the trials by the first two of several metrics.",
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
                "A report in Markdown on what a study found, for your user: the result against the baseline and how sure it is, what "
                        + "changed, the difference to apply, which parameters matter, what failed and where, who found what, the cost.",
                Tool.Effect.READS,
                List.of(Given.study()),
                (arguments, caller) -> Answer.of(report(desk.view(arguments))));
    }

    /** The same that people get but for what the hold-out said: who reads it goes on proposing. */
    private String report(StudyView view) {
        return new StudyReport(
                        view,
                        StudyReport.Reader.PROPOSER,
                        Versions.here(),
                        KeyMask.of(desk.surroundings().environment())::mask)
                .markdown();
    }
}
