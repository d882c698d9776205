package dev.chiron.optimizers.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Foretells where a run will end, by its curve so far and by the finished curves of the study, and says how good such forecasts are.
 *
 * <p>A weighted mixture of parametric curves (Domhan et al. 2015), with what Klein et al. 2017 ("Learning curve prediction with Bayesian neural
 * networks") add to it: what is to be expected of a curve is learned from whole curves. Ends and descents are integrated over in closed form, the bends
 * stand on a grid, so nothing is drawn and the same curves give the same forecast.
 *
 * <p>The error is measured: each finished run is foretold from as much of its curve as the run at hand has shown and from the other finished ones. Where
 * their errors are larger than the mixture says, the forecast is made wider by as much; it is never made narrower.
 */
public final class Forecaster {

    /** Fewer finished runs say nothing of how good a forecast is. */
    static final int FEWEST = 4;

    private static final int MOST = 50; // finished runs that are learned from: the last ones
    private static final int FEWEST_VALUES = 3;
    private static final double LENGTH =
            0.9; // of the longest: a run that ended much earlier has no end to compare with
    private static final double SIDE = 0.95; // of an interval with nine tenths in it
    private static final double FENCE = 3; // Tukey's, of what is far out

    private final Grid grid;
    private final List<ShapePrior> priors;
    private final double[] ends;
    private final double[][] finished; // at the shares seen
    private final double[] own;
    private final double middle;
    private final double unit;

    private Forecaster(
            Grid grid, double[][] whole, double[][] finished, double[] ends, double[] own, double middle, double unit) {
        this.grid = grid;
        this.priors = Shape.ALL.stream()
                .map(shape -> new ShapePrior(shape, grid, whole))
                .toList();
        this.finished = finished;
        this.ends = ends;
        this.own = own;
        this.middle = middle;
        this.unit = unit;
    }

    /**
     * For a run that has not come to the longest one's end.
     *
     * @param startup so many finished runs are needed, {@value #FEWEST} at least
     * @return empty where too little is known: of the run three values, or of others
     */
    public static Optional<Forecaster> of(Curve curve, Past past, int startup) {
        Curve shown = curve.finite();
        if (shown.size() < FEWEST_VALUES || shown.lastStep() >= past.whole()) {
            return Optional.empty();
        }
        List<Past.Ended> ended = finished(past, shown.lastStep());
        if (ended.size() < Math.max(startup, FEWEST)) {
            return Optional.empty();
        }
        Grid grid = Grid.of(shown, ended.get(ended.size() - 1).curve(), past.whole());
        double[][] whole = at(grid, ended, grid.all());
        double[][] seen = at(grid, ended, grid.seen());
        double[] ends =
                ended.stream().mapToDouble(run -> run.loss().orElseThrow()).toArray();
        double[] all = Arrays.stream(whole).flatMapToDouble(Arrays::stream).toArray();
        Percentile percentile = new Percentile();
        percentile.setData(all);
        double unit = percentile.evaluate(75) - percentile.evaluate(25);
        if (unit == 0) {
            return Optional.empty(); // nothing that was trained has changed anything
        }
        double middle = percentile.evaluate(50);
        double highest = percentile.evaluate(75) + FENCE * unit;
        for (double[][] losses : List.of(whole, seen, new double[][] {ends})) {
            Arrays.stream(losses).forEach(row -> scale(row, middle, unit, highest));
        }
        double[] own = grid.losses(shown, grid.seen());
        scale(own, middle, unit, highest);
        return Optional.of(new Forecaster(grid, whole, seen, ends, own, middle, unit));
    }

    /** The measured runs that have come to the end, or nearly; of their curves what is a number. */
    private static List<Past.Ended> finished(Past past, double step) {
        List<Past.Ended> finished = new ArrayList<>();
        for (Past.Ended run : past.runs()) {
            Curve curve = run.curve().finite();
            boolean isWhole = run.loss().isPresent()
                    && curve.size() >= FEWEST_VALUES
                    && curve.lastStep() >= LENGTH * past.whole()
                    && curve.step(0) <= step;
            if (isWhole) {
                finished.add(new Past.Ended(run.number(), curve, run.loss()));
            }
        }
        return finished.subList(Math.max(0, finished.size() - MOST), finished.size());
    }

    private static double[][] at(Grid grid, List<Past.Ended> runs, double[] shares) {
        return runs.stream().map(run -> grid.losses(run.curve(), shares)).toArray(double[][]::new);
    }

    /** One that is far worse than all others is as bad as the fence: by how much it is worse says nothing of them. */
    private static void scale(double[] losses, double middle, double unit, double highest) {
        for (int i = 0; i < losses.length; i++) {
            losses[i] = (Math.min(losses[i], highest) - middle) / unit;
        }
    }

    /**
     * Where the run will end.
     *
     * @param mean the loss expected at the end
     * @param deviation of that, widened by the errors of finished runs
     * @param freedom degrees of Student's distribution that the end has about it
     * @param low the loss below which it ends with a chance of one in twenty
     * @param high and above which
     * @param step of the end
     * @param error by how much such forecasts of the finished runs were off, in the median
     * @param runs so many finished runs were foretold
     * @param within so many of these ended within their own low and high
     */
    public record Forecast(
            double mean,
            double deviation,
            int freedom,
            double low,
            double high,
            double step,
            double error,
            int runs,
            int within) {

        /** How likely it ends with a loss below that. */
        public double below(double loss) {
            return new TDistribution(null, freedom).cumulativeProbability((loss - mean) / deviation);
        }
    }

    /** The forecast. */
    public Forecast forecast() {
        int runs = ends.length;
        double[] errors = new double[runs];
        double[] squares = new double[runs];
        double[] deviations = new double[runs];
        double all = 0;
        for (int i = 0; i < runs; i++) {
            Mixed mixed = mixed(finished[i], i);
            errors[i] = Math.abs(ends[i] - mixed.mean());
            deviations[i] = mixed.deviation();
            squares[i] = Math.pow(errors[i] / deviations[i], 2);
            all += squares[i];
        }
        double side = new TDistribution(null, runs).inverseCumulativeProbability(SIDE);
        double sideThen = new TDistribution(null, runs - 1).inverseCumulativeProbability(SIDE);
        int within = 0;
        for (int i = 0; i < runs; i++) {
            double width = widening(all - squares[i], runs - 1) * deviations[i];
            within += errors[i] <= sideThen * width ? 1 : 0;
        }
        Mixed mixed = mixed(own, -1);
        double mean = middle + unit * mixed.mean();
        double deviation = unit * mixed.deviation() * widening(all, runs);
        return new Forecast(
                mean,
                deviation,
                runs,
                mean - side * deviation,
                mean + side * deviation,
                grid.whole(),
                unit * new Median().evaluate(errors),
                runs,
                within);
    }

    private static double widening(double squares, int runs) {
        return Math.max(1, Math.sqrt(squares / runs));
    }

    private record Mixed(double mean, double deviation) {}

    /** The mean and the deviation of all shapes, each weighted by how well it explains what was shown. */
    private Mixed mixed(double[] losses, int without) {
        List<ShapePrior.Outlook> outlooks =
                priors.stream().map(prior -> prior.outlook(losses, without)).toList();
        double best = outlooks.stream()
                .mapToDouble(ShapePrior.Outlook::evidence)
                .max()
                .orElseThrow();
        double[] weights = outlooks.stream()
                .mapToDouble(outlook -> Math.exp(outlook.evidence() - best))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        double mean = 0;
        for (int i = 0; i < weights.length; i++) {
            mean += weights[i] / sum * outlooks.get(i).mean();
        }
        double variance = 0;
        for (int i = 0; i < weights.length; i++) {
            double apart = outlooks.get(i).mean() - mean;
            variance += weights[i] / sum * (outlooks.get(i).variance() + apart * apart);
        }
        return new Mixed(mean, Math.sqrt(variance));
    }
}
