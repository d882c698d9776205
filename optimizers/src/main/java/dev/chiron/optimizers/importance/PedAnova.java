package dev.chiron.optimizers.importance;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much each parameter decides whether a config is among the best, whatever the others are: Pearson's divergence of where the best
 * lie from where all lie (PED-ANOVA: Watanabe, Bansal, Hutter 2023, PED-ANOVA: efficiently quantifying hyperparameter importance in
 * arbitrary subspaces, IJCAI), with the estimator of Optuna 5.
 *
 * <p>Trials in which a parameter is not active tell nothing of it.
 */
public final class PedAnova {

    /** The usual share of trials that are the best. */
    public static final double USUAL = 0.1;

    private static final int RESAMPLES = 200;
    private static final double TAIL = 0.025;

    private final SearchSpace space;
    private final double share;

    /**
     * @param share of the trials that are the best, above 0, at most 1
     * @throws IllegalArgumentException if it is not
     */
    public PedAnova(SearchSpace space, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, not " + share);
        }
        this.space = space;
        this.share = share;
    }

    /**
     * A parameter's importance, the sum of all being 1.
     *
     * @param low of the interval in which 95 of 100 resamplings of the trials have it
     */
    public record Share(String parameter, double value, double low, double high) {}

    /** The divergences, in the space's order, not brought to a sum of 1. */
    public double[] raw(List<Case> cases) {
        double[] losses = cases.stream().mapToDouble(Case::loss).sorted().toArray();
        double[] importances = new double[space.size()];
        if (cases.isEmpty()) {
            return importances;
        }
        double bound = losses[Math.min(losses.length, (int) Math.ceil(share * losses.length)) - 1];
        List<Case> top = cases.stream().filter(one -> one.loss() <= bound).toList();
        for (int i = 0; i < importances.length; i++) {
            importances[i] = raw(space.parameters().get(i), cases, top);
        }
        return importances;
    }

    private static double raw(Parameter parameter, List<Case> cases, List<Case> top) {
        Cells cells = Cells.of(parameter);
        int[] all = counts(cells, cases);
        int[] best = counts(cells, top);
        int active = Arrays.stream(all).sum();
        int activeBest = Arrays.stream(best).sum();
        if (active < 2 || activeBest < 2) {
            return 0;
        }
        double[] local = Density.of(cells, all);
        double[] good = Density.of(cells, best);
        double divergence = IntStream.range(0, local.length)
                .mapToDouble(cell -> local[cell] * Math.pow(good[cell] / local[cell] - 1, 2))
                .sum();
        double ofTop = (double) activeBest / top.size();
        double ofAll = (double) active / cases.size();
        return ofTop * ofTop / ofAll * divergence * Math.pow((double) top.size() / cases.size(), 2);
    }

    private static int[] counts(Cells cells, List<Case> cases) {
        int[] counts = new int[cells.count()];
        for (Case one : cases) {
            one.config().find(cells.parameter().name()).ifPresent(value -> counts[cells.cell(value)]++);
        }
        return counts;
    }

    /**
     * The importances with their intervals, in the space's order; alike if nothing tells them apart.
     *
     * @param seed of the resampling
     */
    public List<Share> shares(List<Case> cases, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] whole = normalised(raw(cases));
        List<double[]> resampled = new ArrayList<>();
        for (int k = 0; k < RESAMPLES && !cases.isEmpty(); k++) {
            List<Case> sample = IntStream.range(0, cases.size())
                    .mapToObj(i -> cases.get(random.nextInt(cases.size())))
                    .toList();
            resampled.add(normalised(raw(sample)));
        }
        return IntStream.range(0, whole.length)
                .mapToObj(i -> {
                    double[] values = resampled.stream()
                            .mapToDouble(one -> one[i])
                            .sorted()
                            .toArray();
                    return new Share(
                            space.parameters().get(i).name(),
                            whole[i],
                            quantile(values, TAIL),
                            quantile(values, 1 - TAIL));
                })
                .toList();
    }

    private static double[] normalised(double[] raw) {
        double sum = Arrays.stream(raw).sum();
        return Arrays.stream(raw)
                .map(one -> sum > 0 ? one / sum : 1.0 / raw.length)
                .toArray();
    }

    private static double quantile(double[] sorted, double q) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(q * (sorted.length - 1))];
    }
}
