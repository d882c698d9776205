package dev.chiron.agent.insight;

import dev.chiron.agent.view.TrainingSchedule;
import dev.chiron.optimizers.forest.Importance;
import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@link Importance} of a study's parameters: from each config that was measured with the study's own script and lies in the
 * space as it is now. Failures have no value and earlier results may have been measured otherwise: neither counts.
 */
public final class StudyImportance {

    /** The same trials say the same, whoever asks. */
    static final long SEED = 1;

    private static final double LITTLE = 0.1;

    private StudyImportance() {}

    /** The importance; empty if there are too few trials, or all have the same value. */
    public static Optional<Importance> of(SearchSpace space, History history) {
        List<Case> cases = cases(space, history);
        return cases.size() < Importance.needed(space) || isLevel(cases)
                ? Optional.empty()
                : Optional.of(Importance.of(space, cases, SEED));
    }

    /** How far it can be believed. */
    public static String caution(Importance importance) {
        String foretold = String.format(
                Locale.ROOT,
                "the forest foretells %.0f %% of unseen trials' variance",
                100 * Math.max(0, importance.explained()));
        return importance.explained() < LITTLE ? foretold + ": too little to go by" : foretold;
    }

    /** What is to be said where values do not belong to their configs alone; empty where they do. */
    public static Optional<String> changing(History history) {
        boolean any = history.trials().stream()
                .anyMatch(trial -> history.value(trial).isPresent() && TrainingSchedule.isIn(trial, history));
        return any
                ? Optional.of(
                        "some values belong to trainings whose configs changed on the way: the last ones count here")
                : Optional.empty();
    }

    private static boolean isLevel(List<Case> cases) {
        return cases.stream().mapToDouble(Case::loss).distinct().count() < 2;
    }

    /** Why there is none. */
    public static String missing(SearchSpace space, History history) {
        List<Case> cases = cases(space, history);
        if (cases.size() >= Importance.needed(space)) {
            return "all " + cases.size()
                    + " measured configs have the same value, so nothing tells the parameters apart";
        }
        return "what the parameters do can be said from " + Importance.needed(space) + " measured configs of "
                + (space.size() == 1 ? "this 1 parameter" : "these " + space.size() + " parameters")
                + " on; there are "
                + cases.size();
    }

    static List<Case> cases(SearchSpace space, History history) {
        return history.trials().stream()
                .filter(trial ->
                        !trial.origin().isCheck() && trial.change().variant().isEmpty())
                .filter(trial -> history.value(trial).isPresent() && space.contains(trial.config()))
                .map(trial -> new Case(trial.config(), loss(trial, history)))
                .toList();
    }

    private static double loss(Trial trial, History history) {
        return history.objective().loss(history.value(trial).orElseThrow());
    }
}
