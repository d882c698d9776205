package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Drawn;
import dev.chiron.optimizers.OptimizerState.Told;
import dev.chiron.optimizers.cma.Draws.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * One run of CMA-ES in the unit cube, from its start to convergence: the distributions of a {@link Gaussian} with its
 * {@link Margin} and of the {@link Categories}. It draws points and learns from ranked generations.
 */
final class CmaRun {

    private static final double WIDEST = 0.5; // of the box; wider is hardly other than uniform
    private static final double SMALLEST_STEP = 1e-9; // of the box; values have ten digits
    private static final double SAME_LOSS = 1e-12; // the tutorial's TolHistFun
    private static final int MOST_RESAMPLES = 1000;

    final Gaussian gaussian;
    final Margin margin;
    final Categories categories;
    final int began;
    private final Axes axes;
    private final CmaConstants constants;
    private final List<Double> bests;

    private CmaRun(
            Axes axes,
            CmaConstants constants,
            Gaussian gaussian,
            double[] stretch,
            Categories categories,
            int began,
            List<Double> bests) {
        this.axes = axes;
        this.constants = constants;
        this.gaussian = gaussian;
        this.margin = new Margin(axes.grids(), stretch, constants.population);
        this.categories = categories;
        this.began = began;
        this.bests = new ArrayList<>(bests);
    }

    /** A run that begins at this generation. */
    static CmaRun begin(Start start, Axes axes, CmaConstants constants, boolean adaptive, int generation) {
        double[] unstretched = new double[axes.dimension()];
        Arrays.fill(unstretched, 1);
        Gaussian gaussian = new Gaussian(
                constants,
                start.mean,
                start.sigma,
                start.covariance,
                new double[axes.dimension()],
                new double[axes.dimension()],
                0,
                adaptive ? Optional.of(LearningRate.fresh(start.covariance)) : Optional.empty());
        return new CmaRun(
                axes,
                constants,
                gaussian,
                unstretched,
                new Categories(axes.choices(), start.probabilities, constants.positive),
                generation,
                List.of());
    }

    static CmaRun resume(OptimizerState.CmaEs state, Axes axes, CmaConstants constants, boolean adaptive) {
        Covariance covariance = Covariance.of(constants.rule, state.covariance(), axes.dimension());
        List<double[]> probabilities = state.categories().stream()
                .map(category -> Vectors.array(category.probabilities()))
                .toList();
        Gaussian gaussian = new Gaussian(
                constants,
                Vectors.array(state.mean()),
                state.sigma(),
                covariance,
                Vectors.array(state.pathSigma()),
                Vectors.array(state.pathC()),
                state.generation() - state.began(),
                adaptive ? Optional.of(LearningRate.resume(state.rates(), covariance)) : Optional.empty());
        return new CmaRun(
                axes,
                constants,
                gaussian,
                Vectors.array(state.stretch()),
                new Categories(axes.choices(), probabilities, constants.positive),
                state.began(),
                state.bests());
    }

    /** The smallest losses of the last measured generations, oldest first. */
    List<Double> bests() {
        return List.copyOf(bests);
    }

    /** How many generations it has learned from, those before it began included. */
    int generation() {
        return began + gaussian.generation();
    }

    /** Resamples as long as the draw leaves the box, at most {@code 10 n} times (as Optuna), then clips it. */
    Drawn draw(RandomGenerator random) {
        int resamples = Math.min(10 * axes.dimension(), MOST_RESAMPLES);
        double[] point = gaussian.sample(random);
        for (int i = 0; i < resamples && !isInBox(point); i++) {
            point = resampled(point, random);
        }
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.min(1, Math.max(0, point[i]));
        }
        double[] placed = margin.encode(point, gaussian.mean());
        return new Drawn(Vectors.list(point), Vectors.list(placed), categories.draw(random), generation());
    }

    /** Another draw. Without correlations each coordinate is drawn for itself, so those inside the box can stay. */
    private double[] resampled(double[] point, RandomGenerator random) {
        double[] fresh = gaussian.sample(random);
        if (constants.rule == UpdateRule.SEPARABLE) {
            for (int i = 0; i < fresh.length; i++) {
                fresh[i] = isInside(point[i]) ? point[i] : fresh[i];
            }
        }
        return fresh;
    }

    /** The coordinates with which a draw enters: as drawn, those apart that a repair has moved. */
    double[] coordinates(Draw draw) {
        double[] point = Vectors.array(draw.drawn().point());
        double[] encoded = axes.encode(draw.config());
        boolean moved = false;
        for (int i = 0; i < point.length; i++) {
            if (!axes.agree(i, draw.plain(), draw.config())) {
                point[i] = margin.raw(i, encoded[i], gaussian);
                moved = true;
            }
        }
        boolean stale = draw.drawn().generation() != generation();
        return moved || stale ? gaussian.clip(point, constants.longestStep()) : point;
    }

    /** The coordinates with which a point from outside enters: no further away than a draw could be. */
    double[] coordinates(double[] encoded) {
        return gaussian.clip(raw(encoded), constants.longestStep());
    }

    /** Learns from a generation in which at least one point was measured. */
    void tell(Generation complete) {
        gaussian.tell(complete);
        categories.tell(complete);
        bests.add(complete.ranked.get(0).loss());
        if (bests.size() > historyLength()) {
            bests.remove(0);
        }
        settle();
    }

    /** No point of a generation was measured: goes towards the best one known, and shrinks. */
    void retreat(Told best) {
        double[] refuge = raw(Vectors.array(best.point()));
        gaussian.retreat(gaussian.clip(refuge, constants.longestMeanStep()));
        categories.retreat(best.options());
        settle();
    }

    /** Whether the best losses have long been the same, or sigma is too small to matter. */
    boolean hasConverged() {
        if (bests.size() == historyLength()) {
            double lowest = bests.stream().mapToDouble(x -> x).min().orElseThrow();
            double highest = bests.stream().mapToDouble(x -> x).max().orElseThrow();
            if (highest - lowest <= SAME_LOSS * Math.max(1, Math.abs(lowest))) {
                return true;
            }
        }
        double widest = 0;
        for (int i = 0; i < axes.dimension(); i++) {
            widest = Math.max(widest, gaussian.deviation(i));
        }
        return axes.dimension() > 0 && widest < SMALLEST_STEP;
    }

    /** Keeps the distribution within reach of the box and of its neighbours on a grid. */
    void settle() {
        gaussian.narrow(WIDEST);
        margin.correct(gaussian);
    }

    private double[] raw(double[] encoded) {
        double[] point = encoded.clone();
        for (int i = 0; i < point.length; i++) {
            point[i] = margin.raw(i, encoded[i], gaussian);
        }
        return point;
    }

    /** The tutorial's TolHistFun looks back this many generations. */
    private int historyLength() {
        return 10 + (int) Math.ceil(30.0 * axes.size() / constants.population);
    }

    private static boolean isInBox(double[] point) {
        for (double x : point) {
            if (!isInside(x)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInside(double x) {
        return x >= 0 && x <= 1;
    }
}
