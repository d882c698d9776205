package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Ranks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How much two parameters matter only together: the share of the variance of a random forest's prediction that they explain beyond what each
 * does by itself (fANOVA: Hutter, Hoos, Leyton-Brown 2014, equation 9).
 *
 * @param mean of the trees' shares, in [0, 1]
 * @param sd by which the trees differ
 */
public record Interaction(String first, String second, double mean, double sd) {

    /**
     * The interactions of some parameters, the largest first.
     *
     * @param importance of the same cases, whose greatest shares say which parameters are looked at
     * @param parameters how many of them
     * @param seed of all that is random
     */
    public static List<Interaction> of(
            SearchSpace space, List<Case> cases, Importance importance, int parameters, long seed) {
        List<String> names = importance.shares().stream()
                .sorted(Comparator.comparingDouble(Importance.Share::mean).reversed())
                .limit(parameters)
                .map(Importance.Share::parameter)
                .toList();
        List<Integer> places = space.parameters().stream()
                .filter(parameter -> names.contains(parameter.name()) && !parameter.isFixed())
                .map(parameter -> space.parameters().indexOf(parameter))
                .toList();
        double[] losses = cases.stream().mapToDouble(Case::loss).toArray();
        Grove grove = Grove.of(space, cases, Ranks.standardised(losses), Grove.TREES, seed);
        List<Interaction> interactions = new ArrayList<>();
        for (int a = 0; a < places.size(); a++) {
            for (int b = a + 1; b < places.size(); b++) {
                interactions.add(of(space, grove, places.get(a), places.get(b)));
            }
        }
        interactions.sort(Comparator.comparingDouble(Interaction::mean).reversed());
        return interactions;
    }

    private static Interaction of(SearchSpace space, Grove grove, int i, int j) {
        double[] shares = grove.marginals().stream()
                .flatMapToDouble(tree -> tree.together(i, j).stream())
                .toArray();
        double mean = shares.length == 0 ? 0 : StatUtils.mean(shares);
        double sd = shares.length < 2 ? 0 : Math.sqrt(StatUtils.populationVariance(shares, mean));
        return new Interaction(
                space.parameters().get(i).name(), space.parameters().get(j).name(), mean, sd);
    }
}
