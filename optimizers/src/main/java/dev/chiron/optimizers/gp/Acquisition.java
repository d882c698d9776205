package dev.chiron.optimizers.gp;

import dev.chiron.optimizers.gp.Descent.Slope;
import dev.chiron.optimizers.gp.GpSettings.Prior;
import dev.chiron.optimizers.gp.Regression.Local;
import dev.chiron.optimizers.surrogate.LogEi;
import java.util.Optional;

/** How promising points are: log expected improvement on the incumbent, and a prior's log density that decays. */
final class Acquisition {

    private final Regression regression;
    private final double best;
    private final Optional<Prior> prior;
    private final double decay;

    /** @param trials how many trials there were, by which the prior's weight is divided */
    Acquisition(Regression regression, double best, Optional<Prior> prior, int trials) {
        this.regression = regression;
        this.best = best;
        this.prior = prior;
        this.decay =
                prior.map(belief -> belief.strength() / Math.max(1, trials)).orElse(0.0);
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
            double distance = distance(point, i) / prior.get().width().get(i);
            sum -= 0.5 * decay * distance * distance;
        }
        return sum;
    }

    private double beliefSlope(double[] point, int i) {
        if (prior.isEmpty() || regression.data.unordered[i]) {
            return 0;
        }
        double width = prior.get().width().get(i);
        return -decay * distance(point, i) / (width * width);
    }

    private double distance(double[] point, int i) {
        double distance = point[i] - prior.map(belief -> belief.centre().get(i)).orElse(0.0);
        return regression.data.unordered[i] && distance != 0 ? 1 : distance;
    }
}
