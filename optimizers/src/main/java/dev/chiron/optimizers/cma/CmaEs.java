package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Drawn;
import dev.chiron.optimizers.OptimizerState.Told;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.cma.Draws.Draw;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * CMA-ES over a search space (Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772). Numeric parameters and
 * ordered choices are coordinates of a Gaussian in the unit cube, discrete ones with a margin; unordered choices have
 * learned categorical distributions. Above {@link CmaSettings#fullUpTo} coordinates no correlations are learned.
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
 * point, by {@link CmaSettings#restarts}.
 */
public final class CmaEs implements Optimizer {

    private static final int REDRAWS = 100;
    private static final int SIGMAS_KEPT = 20;

    private final SearchSpace space;
    private final CmaSettings settings;
    private final Axes axes;
    private final Restarts restarts;
    private final Draws draws = new Draws();
    private final SplitMix random;
    private final List<Told> told = new ArrayList<>();
    private final List<Double> sigmas = new ArrayList<>();
    private CmaRun run;
    private Optional<Told> best = Optional.empty();

    private CmaEs(SearchSpace space, CmaSettings settings, Axes axes, Start start, long seed) {
        this.space = space;
        this.settings = settings;
        this.axes = axes;
        this.restarts = Restarts.none(settings.restarts(), settings.populationFor(axes.size()));
        this.random = new SplitMix(new SplitMix(seed).nextLong());
        this.run = CmaRun.begin(start, axes, constants(), settings.adaptive(), 0);
    }

    private CmaEs(SearchSpace space, CmaSettings settings, OptimizerState.CmaEs state) {
        this.space = space;
        this.settings = settings;
        this.axes = new Axes(space);
        int first = settings.populationFor(axes.size());
        this.restarts = Restarts.resume(settings.restarts(), first, state.restarts());
        this.random = new SplitMix(state.random());
        this.run = CmaRun.resume(state, axes, constants(), settings.adaptive());
        this.told.addAll(state.told());
        this.sigmas.addAll(state.sigmas());
        this.best = state.best().stream().findFirst();
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
        return start(space, Prior.flat(space, baseline), settings, seed);
    }

    /**
     * A new optimizer, its distribution centred at the prior's centre; along a parameter with a prior the settings' width is
     * that of a prior {@link Prior#AROUND} wide, and another prior's width in proportion.
     */
    public static CmaEs start(SearchSpace space, Prior prior, CmaSettings settings, long seed) {
        Axes axes = new Axes(space);
        Start start = Start.around(prior, settings.sigma(), axes, settings.ruleFor(axes.dimension()));
        return new CmaEs(space, settings, axes, start, seed);
    }

    /**
     * A new optimizer that begins where the best tenth of earlier trials lies, such as those of a similar task, instead of
     * at a baseline (WS-CMA-ES, arXiv 2012.06932). Their widths replace the settings' first one, and the options that they
     * had are likely. Nothing else is taken over: their losses need not be comparable with those to come.
     *
     * @param earlier trials of the same space, at least one of them measured; others are not looked at
     * @throws IllegalArgumentException if none was measured, or a config is none of the space
     */
    public static CmaEs warm(SearchSpace space, List<Observation> earlier, CmaSettings settings, long seed) {
        Axes axes = new Axes(space);
        Start start = Start.from(earlier, axes, settings.ruleFor(axes.dimension()));
        return new CmaEs(space, settings, axes, start, seed);
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

    /**
     * The optimizer that goes on in another space, such as that of an edited script. Parameters of the same name and kind keep what was
     * learned of them: mean, covariance, paths, and the probabilities of their options, in the user's units where their range or scale is
     * another. Those that are gone are marginalised out. New ones begin at the start's centre, as wide as {@link #start} would have it however
     * small sigma is, independent of the others. Points and losses are left behind, for they are of another script: the generation under
     * way begins anew, and what was asked for here counts there as told from outside.
     *
     * @param other the space to go on in
     * @param start where parameters begin there of which nothing was learned, and how wide
     */
    public CmaEs movedTo(SearchSpace other, Prior start) {
        Axes there = new Axes(other);
        Start first = Start.around(start, settings.sigma(), there, settings.ruleFor(there.dimension()));
        CmaEs moved = new CmaEs(other, settings, Carried.state(axes, state(), there, first, settings));
        if (!there.ordered().equals(axes.ordered())) {
            moved.run.settle();
        }
        return moved;
    }

    /**
     * The same with draws of its own, so that two that go on from here do not try the same. Where the parameters are the same and losses there
     * are expected to differ from those here by a constant, the generation under way goes on: else none would ever be complete in spaces that
     * are left after a few trials. What was told of the start's centre is left out, for it is run there and told again.
     *
     * @param shift what the losses told here become larger by; empty if that is not known
     * @param seed of the draws there
     */
    public CmaEs movedTo(SearchSpace other, Prior start, OptionalDouble shift, long seed) {
        CmaEs moved =
                new CmaEs(other, settings, movedTo(other, start).state().drawingFrom(new SplitMix(seed).nextLong()));
        boolean same = moved.axes.ordered().equals(axes.ordered())
                && moved.axes.choices().equals(axes.choices())
                && moved.restarts.population() == restarts.population();
        if (shift.isPresent() && same) {
            told.stream()
                    .filter(point -> !decoded(point).equals(start.centre()))
                    .forEach(point -> moved.told.add(point.shiftedBy(shift.getAsDouble())));
        }
        return moved;
    }

    @Override
    public Origin origin() {
        return Origin.CMA_ES;
    }

    /** A draw inside the box that keeps the constraints, perhaps by repair. */
    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        for (int attempt = 0; attempt < REDRAWS; attempt++) {
            Optional<Draw> draw = draw(run.draw(random)).filter(drawn -> wanted.test(drawn.config()));
            if (draw.isPresent()) {
                draws.add(draw.get());
                draws.limit(restarts.population());
                return draw.map(Draw::config);
            }
        }
        return Optional.empty();
    }

    @Override
    public void withdraw(Config config) {
        draws.take(config);
    }

    @Override
    public void tell(Observation observation) {
        if (!space.contains(observation.config())) {
            return;
        }
        if (observation.kind() == Kind.INFEASIBLE) {
            toldInfeasible(observation.config());
        } else {
            toldMeasured(observation.config(), observation.loss());
        }
    }

    private void toldMeasured(Config config, double loss) {
        double[] encoded = axes.encode(config);
        if (best.isEmpty() || loss < best.get().loss()) {
            best = Optional.of(new Told(Vectors.list(encoded), axes.options(config), false, true, loss));
        }
        Optional<Draw> draw = draws.take(config);
        List<Integer> options = options(config, draw);
        double[] point = draw.map(run::coordinates).orElseGet(() -> run.coordinates(encoded));
        learn(new Told(Vectors.list(point), options, draw.isPresent(), true, loss));
    }

    private void toldInfeasible(Config config) {
        Optional<Draw> draw = draws.take(config);
        List<Integer> options = options(config, draw);
        draw.map(run::coordinates).ifPresent(point -> learn(new Told(Vectors.list(point), options, true, false, 0)));
    }

    private List<Integer> options(Config config, Optional<Draw> draw) {
        return draw.map(own -> axes.options(config, own.drawn().options())).orElseGet(() -> axes.options(config));
    }

    @Override
    public OptimizerState.CmaEs state() {
        return new OptimizerState.CmaEs(
                axes.names(),
                Vectors.list(run.gaussian.mean()),
                run.gaussian.sigma(),
                new OptimizerState.Covariance(Vectors.rows(run.gaussian.covariance())),
                Vectors.list(run.margin.stretch()),
                Vectors.list(run.gaussian.pathSigma()),
                Vectors.list(run.gaussian.pathC()),
                run.gaussian.rates().stream().toList(),
                run.generation(),
                run.began,
                restarts.state(),
                List.copyOf(sigmas),
                run.bests(),
                run.categories.state(),
                draws.state(),
                List.copyOf(told),
                best.stream().toList(),
                random.state());
    }

    private Optional<Draw> draw(Drawn drawn) {
        Config plain = axes.decode(Vectors.array(drawn.placed()), drawn.options());
        return space.repair(plain).map(config -> new Draw(drawn, plain, config));
    }

    private Config decoded(Told point) {
        return axes.decode(Vectors.array(point.point()), point.options());
    }

    private void learn(Told point) {
        told.add(point);
        if (told.size() < restarts.population()) {
            return;
        }
        Generation complete = Generation.of(told);
        told.clear();
        if (complete.measured > 0) {
            run.tell(complete);
        } else if (best.isPresent()) {
            run.retreat(best.get());
        } else {
            return;
        }
        draws.forget(run.generation());
        sigmas.add(run.gaussian.sigma());
        if (sigmas.size() > SIGMAS_KEPT) {
            sigmas.remove(0);
        }
        int evaluations = run.gaussian.generation() * restarts.population();
        if (run.hasConverged() || restarts.isSpent(evaluations)) {
            double width = restarts.next(evaluations, random);
            Config somewhere = RandomSearch.draw(space, random).orElseGet(() -> decoded(best.orElseThrow()));
            Start start = Start.around(somewhere, width * settings.sigma(), axes, settings.ruleFor(axes.dimension()));
            run = CmaRun.begin(start, axes, constants(), settings.adaptive(), run.generation());
        }
    }

    private CmaConstants constants() {
        return CmaConstants.of(settings.ruleFor(axes.dimension()), axes.dimension(), restarts.population());
    }
}
