package dev.chiron.optimizers.conformal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Five quantiles of the values as functions of the point, widened so that they cover what they promise: by as much as a part of the data, which
 * the trees have not seen, says (conformalised quantile regression: Romano, Patterson and Candès 2019, arXiv 1905.03222, equations 6 to 8).
 */
final class Quantiles {

    /** Levels k / 6; each and its mirror image are the ends of an interval. */
    static final int COUNT = 5;

    static final int MEDIAN = COUNT / 2;

    private final List<Boosting> models;
    private final double[] corrections;

    Quantiles(List<Boosting> models, double[] corrections) {
        this.models = models;
        this.corrections = corrections;
    }

    static double level(int quantile) {
        return (quantile + 1.0) / (COUNT + 1);
    }

    /** Learned from a table; a share of it is held out for the corrections if it has enough rows. */
    static Quantiles learned(Table table, ConformalSettings settings, RandomGenerator random) {
        int held = table.size() > settings.enough() ? (int) Math.round(settings.heldOut() * table.size()) : 0;
        List<Integer> rows =
                new ArrayList<>(IntStream.range(0, table.size()).boxed().toList());
        Collections.shuffle(rows, new Random(random.nextLong()));
        Table seen = held == 0 ? table : table.only(array(rows.subList(held, rows.size())));
        List<Boosting> models = IntStream.range(0, COUNT)
                .mapToObj(quantile -> new Boosting(seen, level(quantile), settings.trees()))
                .toList();
        double[] corrections = new double[COUNT];
        if (held > 0) {
            Table unseen = table.only(array(rows.subList(0, held)));
            for (int low = 0; low < MEDIAN; low++) {
                double[] lows = at(models.get(low), unseen);
                double[] highs = at(models.get(COUNT - 1 - low), unseen);
                double correction = correction(lows, highs, unseen.values, 1 - 2 * level(low));
                corrections[low] = -correction;
                corrections[COUNT - 1 - low] = correction;
            }
        }
        return new Quantiles(models, corrections);
    }

    /**
     * By how much intervals have to be widened, at both ends, to have this share of such values inside; negative if they are too wide.
     *
     * @param lows the lower ends, one a value; at least one
     * @param coverage in (0, 1)
     */
    static double correction(double[] lows, double[] highs, double[] values, double coverage) {
        double[] outside = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            outside[k] = Math.max(lows[k] - values[k], values[k] - highs[k]);
        }
        return Boosting.quantile(outside, Math.min(1, coverage * (1 + 1.0 / values.length)));
    }

    /** One of the quantiles at a point, from 0. */
    double at(double[] point, int quantile) {
        return models.get(quantile).at(point) + corrections[quantile];
    }

    private static double[] at(Boosting model, Table table) {
        double[] predicted = new double[table.size()];
        for (int row = 0; row < predicted.length; row++) {
            predicted[row] = model.at(table.points[row]);
        }
        return predicted;
    }

    private static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
