package dev.chiron.optimizers.gp;

import dev.chiron.optimizers.gp.Descent.Slope;
import dev.chiron.optimizers.gp.Regression.Local;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.surrogate.LogEi;
import java.util.Optional;

/** How promising points are: log expected improvement on the incumbent, and a prior's log density that decays. */
final class Acquisition {

    /** piBO's beta: a tenth of the number of trials, which is not known, so of 100. */
    private static final double STRENGTH = 10;

    private final Regression regression;
    private final double best;
    private final Optional<Prior> prior;
    private final double decay;

    /** @param trials how many trials there were, by which the prior's weight is divided */
    Acquisition(Regression regression, double best, Optional<Prior> prior, int trials) {
        this.regression = regression;
        this.best = best;
        this.prior = prior;
        this.decay = STRENGTH / Math.max(1, trials);
    }

    double[] at(double[][] points) {
        double[][] process = regression.at(points);
        double[] values = new double[points.length];
        for (int p = 0; p < points.length; p++) {
            values[p] = LogEi.of(process[0][p], process[1][p], best) + belief(points[p]);
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
                    - beliefSlope(point, i);
        }
        return new Slope(-LogEi.of(local.mean, local.deviation, best) - belief(point), gradient);
    }

    private double belief(double[] point) {
        double sum = 0;
        for (int i = 0; i < point.length && prior.isPresent(); i++) {
            sum += decay * prior.get().logRatio(i, point[i]);
        }
        return sum;
    }

    private double beliefSlope(double[] point, int i) {
        return prior.map(known -> decay * known.slope(i, point[i])).orElse(0.0);
    }
}
