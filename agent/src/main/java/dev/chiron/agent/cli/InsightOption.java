package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.insight.Insight;
import dev.chiron.agent.insight.StudyImportance;
import dev.chiron.agent.view.Searched;
import dev.chiron.optimizers.importance.PedAnova;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What counts as the best when it is asked which parameters matter. */
final class InsightOption {

    @Option(
            names = "--best",
            paramLabel = "SHARE",
            description = "the share of the configs that are the best, for PED-ANOVA (default: ${DEFAULT-VALUE})")
    private double share = PedAnova.USUAL;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description =
                    "another metric that the runs gave, or one of several objectives (default: the first objective)")
    private Optional<String> metric = Optional.empty();

    /**
     * The trials by the metric that is asked for.
     *
     * @throws BadInput if no trial measured it
     */
    Searched by(Searched all) {
        boolean several = all.history().objective().isSeveral();
        return metric.or(() -> several ? Optional.of(all.history().objective().metric()) : Optional.empty())
                .map(all::by)
                .orElse(all);
    }

    /** @throws BadInput if there are too few trials */
    Insight of(Searched now) {
        if (!(share > 0 && share <= 1)) {
            throw new BadInput("--best must be above 0 and at most 1, such as 0.1, not " + share);
        }
        return Insight.of(now.space(), now.history(), share)
                .orElseThrow(() -> new BadInput(StudyImportance.missing(now.space(), now.history())));
    }
}
