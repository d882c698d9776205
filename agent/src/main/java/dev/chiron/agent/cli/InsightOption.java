package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.insight.Insight;
import dev.chiron.agent.insight.StudyImportance;
import dev.chiron.agent.view.Searched;
import dev.chiron.optimizers.importance.PedAnova;
import picocli.CommandLine.Option;

/** What counts as the best when it is asked which parameters matter. */
final class InsightOption {

    @Option(
            names = "--best",
            paramLabel = "SHARE",
            description = "the share of the configs that are the best, for PED-ANOVA (default: ${DEFAULT-VALUE})")
    private double share = PedAnova.USUAL;

    /** @throws BadInput if there are too few trials */
    Insight of(Searched now) {
        if (!(share > 0 && share <= 1)) {
            throw new BadInput("--best must be above 0 and at most 1, such as 0.1, not " + share);
        }
        return Insight.of(now.space(), now.history(), share)
                .orElseThrow(() -> new BadInput(StudyImportance.tooFew(now.space(), now.history())));
    }
}
