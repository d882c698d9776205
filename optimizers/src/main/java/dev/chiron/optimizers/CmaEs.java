package dev.chiron.optimizers;

import dev.chiron.optimizers.Draws.Draw;
import dev.chiron.optimizers.OptimizerState.Drawn;
import dev.chiron.optimizers.OptimizerState.Told;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * CMA-ES over a search space (Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772). Numeric parameters and
 * ordered choices are coordinates of a {@link Gaussian} in the unit cube, discrete ones with a {@link Margin}; unordered
 * choices have learned {@link Categories}.
 *
 * <p>A generation is complete when as many points as the population were told, in any order, its own or not:
 *
 * <ul>
 *   <li>Own points enter as they were drawn. Those that failed rank last, without a number.
 *   <li>Points from outside (never drawn, repaired, or drawn generations ago) are first clipped to the length that a draw
 *       could have (Hansen, "Injecting External Solutions", arXiv 1110.4181). One that failed is not heard at all.
 *   <li>A point told at the mean, such as the baseline, is a point from outside of length 0: it takes its rank, and so holds
 *       the mean back and sigma down when it is better than the draws.
 *   <li>When every point failed there is no ranking: the mean moves to the best point ever measured, sigma shrinks, C stays.
 *       Before anything was measured nothing is known, and nothing changes.
 * </ul>
 *
 * <p>Once a run has converged (no change in the best losses, or sigma too small to matter) a new one starts at a random
 * point with the first width.
 */
public final class CmaEs implements Optimizer {

    private static final int REDRAWS = 100;
    private static final double WIDEST = 0.5; // of the box; wider is hardly other than uniform
    private static final double SMALLEST_STEP = 1e-9; // of the box; values have ten digits
    private static final double SAME_LOSS = 1e-12; // the tutorial's TolHistFun
    private static final int SIGMAS_KEPT = 20;

    private final SearchSpace space;
    private final CmaSettings settings;
    private final Axes axes;
    private final CmaConstants constants;
    private final Draws draws;
    private final SplitMix random;
    private final List<Told> told;
    private final List<Double> sigmas;
    private final List<Double> bests;
    private Gaussian gaussian;
    private Margin margin;
    private Categories categories;
    private Optional<Told> best;
    private int generation;
    private int began;

    private CmaEs(SearchSpace space, CmaSettings settings, OptimizerState.CmaEs state) {
        this.space = space;
        this.settings = settings;
        this.axes = new Axes(space);
        int n = axes.dimension();
        this.constants = CmaConstants.of(settings.rule(), n, settings.populationFor(space.size()));
        this.random = new SplitMix(state.random());
        this.told = new ArrayList<>(state.told());
        this.sigmas = new ArrayList<>(state.sigmas());
        this.bests = new ArrayList<>(state.bests());
        this.best = state.best().stream().findFirst();
        this.generation = state.generation();
        this.began = state.began();
        this.gaussian = new Gaussian(
                constants,
                Vectors.array(state.mean()),
                state.sigma(),
                Vectors.matrix(state.covariance()),
                Vectors.array(state.pathSigma()),
                Vectors.array(state.pathC()),
                generation - began);
        this.margin = new Margin(axes.grids(), Vectors.array(state.stretch()), constants.population);
        this.categories = Categories.resume(state.categories(), axes.choices(), constants.positive);
        this.draws = new Draws(constants.population);
        for (Drawn drawn : state.drawn()) {
            draw(drawn).ifPresent(draws::add);
        }
    }

    /**
     * A new optimizer, its distribution centred at the baseline.
     *
     * @throws IllegalArgumentException if the baseline is no config of the space
     */
    public static CmaEs start(SearchSpace space, Config baseline, CmaSettings settings, long seed) {
        Axes axes = new Axes(space);
        CmaConstants constants =
                CmaConstants.of(settings.rule(), axes.dimension(), settings.populationFor(space.size()));
        Gaussian gaussian = Gaussian.round(constants, axes.encode(baseline), settings.sigma());
        Categories categories = Categories.around(axes.options(baseline), axes.choices(), constants.positive);
        OptimizerState.CmaEs state = new OptimizerState.CmaEs(
                axes.names(),
                Vectors.list(gaussian.mean()),
                gaussian.sigma(),
                Vectors.rows(gaussian.covariance()),
                Vectors.list(ones(axes.dimension())),
                Vectors.list(gaussian.pathSigma()),
                Vectors.list(gaussian.pathC()),
                0,
                0,
                List.of(),
                List.of(),
                categories.state(),
                List.of(),
                List.of(),
                List.of(),
                new SplitMix(seed).nextLong());
        return new CmaEs(space, settings, state);
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static CmaEs resume(SearchSpace space, CmaSettings settings, OptimizerState.CmaEs state) {
        Axes axes = new Axes(space);
        boolean sameChoices = state.categories().stream()
                .map(category ->
                        category.name() + " " + category.probabilities().size())
                .toList()
                .equals(axes.choices().stream()
                        .map(choice -> choice.name() + " " + choice.options().size())
                        .toList());
        if (!axes.names().equals(state.axes()) || !sameChoices) {
            throw new IllegalArgumentException(
                    "this state is of another search space: its axes are " + state.axes() + ", not " + axes.names());
        }
        return new CmaEs(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.CMA_ES;
    }

    /**
     * A draw inside the box that keeps the constraints, perhaps by repair; a uniform random config where the distribution
     * gives none.
     *
     * @throws IllegalStateException if the constraints leave next to nothing to try
     */
    @Override
    public Config ask() {
        for (int attempt = 0; attempt < REDRAWS; attempt++) {
            Optional<Draw> draw = draw(drawn());
            if (draw.isPresent()) {
                draws.add(draw.get());
                return draw.get().config();
            }
        }
        return RandomSearch.draw(space, random);
    }

    @Override
    public void tell(Config config, double loss) {
        RandomSearch.requireFinite(loss);
        double[] encoded = axes.encode(config);
        List<Integer> options = axes.options(config);
        if (best.isEmpty() || loss < best.get().loss()) {
            best = Optional.of(new Told(Vectors.list(encoded), options, false, true, loss));
        }
        Optional<Draw> draw = draws.take(config);
        double[] point = draw.map(d -> raw(d, encoded, config)).orElseGet(() -> clipped(raw(encoded)));
        told.add(new Told(Vectors.list(point), options, draw.isPresent(), true, loss));
        learn();
    }

    @Override
    public void tellInfeasible(Config config) {
        double[] encoded = axes.encode(config);
        List<Integer> options = axes.options(config);
        Optional<Draw> draw = draws.take(config);
        if (draw.isPresent()) {
            double[] point = raw(draw.get(), encoded, config);
            told.add(new Told(Vectors.list(point), options, true, false, 0));
            learn();
        }
    }

    @Override
    public OptimizerState.CmaEs state() {
        return new OptimizerState.CmaEs(
                axes.names(),
                Vectors.list(gaussian.mean()),
                gaussian.sigma(),
                Vectors.rows(gaussian.covariance()),
                Vectors.list(margin.stretch()),
                Vectors.list(gaussian.pathSigma()),
                Vectors.list(gaussian.pathC()),
                generation,
                began,
                List.copyOf(sigmas),
                List.copyOf(bests),
                categories.state(),
                draws.state(),
                List.copyOf(told),
                best.stream().toList(),
                random.state());
    }

    /** Resamples as long as the draw leaves the box, at most {@code 10 n} and 1000 times, then clips it. */
    private double[] pointInBox() {
        int attempts = Math.min(10 * axes.dimension(), 1000);
        double[] point = gaussian.sample(random);
        for (int attempt = 0; attempt < attempts && !isInBox(point); attempt++) {
            point = gaussian.sample(random);
        }
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.min(1, Math.max(0, point[i]));
        }
        return point;
    }

    private static boolean isInBox(double[] point) {
        for (double x : point) {
            if (!(x >= 0 && x <= 1)) {
                return false;
            }
        }
        return true;
    }

    private Drawn drawn() {
        double[] point = pointInBox();
        double[] placed = margin.encode(point, gaussian.mean());
        return new Drawn(Vectors.list(point), Vectors.list(placed), categories.draw(random), generation);
    }

    private Optional<Draw> draw(Drawn drawn) {
        Config plain = axes.decode(Vectors.array(drawn.placed()), drawn.options());
        return space.repair(plain).map(config -> new Draw(drawn, plain, config));
    }

    /** The coordinates with which a draw enters: as drawn, those apart that a repair has moved. */
    private double[] raw(Draw draw, double[] encoded, Config config) {
        double[] point = Vectors.array(draw.drawn().point());
        double[] mean = gaussian.mean();
        boolean moved = false;
        for (int i = 0; i < point.length; i++) {
            if (!axes.agree(i, draw.plain(), config)) {
                point[i] = margin.raw(i, encoded[i], mean);
                moved = true;
            }
        }
        return moved || draw.drawn().generation() != generation ? clipped(point) : point;
    }

    private double[] raw(double[] encoded) {
        double[] mean = gaussian.mean();
        double[] point = encoded.clone();
        for (int i = 0; i < point.length; i++) {
            point[i] = margin.raw(i, encoded[i], mean);
        }
        return point;
    }

    private double[] clipped(double[] point) {
        return gaussian.clip(point, constants.longestStep());
    }

    private void learn() {
        if (told.size() < constants.population) {
            return;
        }
        Generation complete = Generation.of(told);
        told.clear();
        if (best.isEmpty()) {
            return;
        }
        generation++;
        draws.forget(generation);
        if (complete.measured > 0) {
            gaussian.tell(complete);
            categories.tell(complete);
            keep(bests, complete.ranked.get(0).loss(), historyLength());
        } else {
            double[] refuge = raw(Vectors.array(best.get().point()));
            gaussian.retreat(gaussian.clip(refuge, constants.longestMeanStep()));
            categories.retreat(best.get().options());
        }
        gaussian.narrow(WIDEST);
        margin.correct(gaussian);
        keep(sigmas, gaussian.sigma(), SIGMAS_KEPT);
        if (hasConverged()) {
            restart();
        }
    }

    private static void keep(List<Double> list, double value, int most) {
        list.add(value);
        if (list.size() > most) {
            list.remove(0);
        }
    }

    /** The tutorial's TolHistFun looks back this many generations. */
    private int historyLength() {
        return 10 + (int) Math.ceil(30.0 * space.size() / constants.population);
    }

    private boolean hasConverged() {
        if (bests.size() == historyLength()) {
            double lowest = bests.stream().mapToDouble(x -> x).min().orElseThrow();
            double highest = bests.stream().mapToDouble(x -> x).max().orElseThrow();
            if (highest - lowest <= SAME_LOSS * Math.max(1, Math.abs(lowest))) {
                return true;
            }
        }
        if (axes.dimension() == 0) {
            return false;
        }
        double widest = 0;
        for (int i = 0; i < axes.dimension(); i++) {
            widest = Math.max(widest, gaussian.deviation(i));
        }
        return widest < SMALLEST_STEP;
    }

    private void restart() {
        Config somewhere = RandomSearch.draw(space, random);
        gaussian = Gaussian.round(constants, axes.encode(somewhere), settings.sigma());
        margin = new Margin(axes.grids(), ones(axes.dimension()), constants.population);
        categories = Categories.around(axes.options(somewhere), axes.choices(), constants.positive);
        began = generation;
        bests.clear();
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
