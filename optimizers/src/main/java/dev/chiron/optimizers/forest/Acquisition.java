package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.surrogate.Leaning;
import dev.chiron.optimizers.surrogate.LogEi;

/** How promising points are: log expected improvement on the least mean at a known point, leaning towards a prior. */
final class Acquisition {

    private final Forest forest;
    private final double best;
    private final Leaning leaning;

    Acquisition(Forest forest, Table table, Leaning leaning) {
        this.forest = forest;
        this.leaning = leaning;
        double least = Double.POSITIVE_INFINITY;
        for (double[] point : table.points) {
            least = Math.min(least, forest.at(point)[0]);
        }
        this.best = least;
    }

    double at(double[] point) {
        double[] known = forest.at(point);
        return LogEi.of(known[0], known[1], best) + leaning.at(point);
    }
}
