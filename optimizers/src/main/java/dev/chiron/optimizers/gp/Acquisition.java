package dev.chiron.optimizers.gp;

import dev.chiron.optimizers.gp.Descent.Slope;
import dev.chiron.optimizers.gp.Regression.Local;
import dev.chiron.optimizers.surrogate.Leaning;
import dev.chiron.optimizers.surrogate.LogEi;

/** How promising points are: log expected improvement on the incumbent, and a prior's log density that decays. */
final class Acquisition {

    private final Regression regression;
    private final double best;
    private final Leaning leaning;

    Acquisition(Regression regression, double best, Leaning leaning) {
        this.regression = regression;
        this.best = best;
        this.leaning = leaning;
    }

    double[] at(double[][] points) {
        double[][] process = regression.at(points);
        double[] values = new double[points.length];
        for (int p = 0; p < points.length; p++) {
            values[p] = LogEi.of(process[0][p], process[1][p], best) + leaning.at(points[p]);
        }
        return values;
    }

    /** The negative value at a point, to be minimised, and its derivatives by the ordered coordinates. */
    Slope descending(double[] point) {
        Local local = regression.local(point);
        double z = (best - local.mean) / local.deviation;
        double slope = LogEi.slope(z);
        double[] gradient = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            gradient[i] = (slope * local.meanSlope[i] - (1 - z * slope) * local.deviationSlope[i]) / local.deviation
                    - leaning.slope(point, i);
        }
        return new Slope(-LogEi.of(local.mean, local.deviation, best) - leaning.at(point), gradient);
    }
}
