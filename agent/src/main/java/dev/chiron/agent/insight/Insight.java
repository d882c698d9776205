package dev.chiron.agent.insight;

import dev.chiron.optimizers.forest.Dependence;
import dev.chiron.optimizers.forest.Importance;
import dev.chiron.optimizers.forest.Interaction;
import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.importance.PedAnova;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a study's trials say of its parameters.
 *
 * @param importance how much each explains of the value
 * @param best how much each decides whether a config is among the best, in the space's order
 * @param share of the configs that are the best, above 0, at most 1
 * @param interactions of those that explain most, the largest first
 * @param dependences what each value brings, as losses: smaller is better, whatever the goal
 * @param changing what is to be said where values do not belong to their configs alone
 */
public record Insight(
        Importance importance,
        List<PedAnova.Share> best,
        double share,
        List<Interaction> interactions,
        List<Dependence> dependences,
        Optional<String> changing) {

    /** As many as are looked at in pairs. */
    static final int PAIRED = 6;

    /** Makes the lists unchangeable. */
    public Insight {
        best = List.copyOf(best);
        interactions = List.copyOf(interactions);
        dependences = List.copyOf(dependences);
    }

    /**
     * From the measured configs of the space as it is searched now; empty if there are too few, or all have the same value.
     *
     * @param share of the configs that are the best, above 0, at most 1
     */
    public static Optional<Insight> of(SearchSpace space, History history, double share) {
        return StudyImportance.of(space, history).map(importance -> {
            List<Case> cases = StudyImportance.cases(space, history);
            return new Insight(
                    importance,
                    new PedAnova(space, share).shares(cases, StudyImportance.SEED),
                    share,
                    Interaction.of(space, cases, importance, PAIRED, StudyImportance.SEED),
                    Dependence.of(space, cases, StudyImportance.SEED),
                    StudyImportance.changing(history));
        });
    }

    /** The parameters that can be varied, those that explain most first. */
    public List<Importance.Share> ranked() {
        return importance.shares().stream()
                .filter(share -> dependence(share.parameter()).isPresent())
                .sorted(Comparator.comparingDouble(Importance.Share::mean).reversed())
                .toList();
    }

    /** What a parameter's values bring; empty for one that cannot be varied. */
    public Optional<Dependence> dependence(String parameter) {
        return dependences.stream()
                .filter(one -> one.parameter().equals(parameter))
                .findFirst();
    }

    /** How much a parameter decides whether a config is among the best. */
    public PedAnova.Share best(String parameter) {
        return best.stream()
                .filter(one -> one.parameter().equals(parameter))
                .findFirst()
                .orElseThrow();
    }
}
