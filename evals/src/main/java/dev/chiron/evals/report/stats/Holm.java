package dev.chiron.evals.report.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's step-down correction for many tests (Holm 1979, Scandinavian Journal of Statistics 6). */
public final class Holm {

    private Holm() {}

    /**
     * The corrected probabilities, in the order given: the least a family-wise error rate may be for the test to be rejected.
     *
     * @param p from 0 to 1
     */
    public static List<Double> adjusted(List<Double> p) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, p.size())
                .boxed()
                .sorted(Comparator.comparing(p::get))
                .toList());
        List<Double> adjusted = new ArrayList<>(Collections.nCopies(p.size(), 1.0));
        double least = 0;
        for (int i = 0; i < order.size(); i++) {
            least = Math.max(least, Math.min(1, (p.size() - i) * p.get(order.get(i))));
            adjusted.set(order.get(i), least);
        }
        return adjusted;
    }
}
