package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Answer;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Commons Math's CMAESOptimizer as it is, in the unit cube: every parameter is one coordinate, unordered choices too. It
 * owns its loop, so it runs on a thread of its own and is fed one point at a time.
 *
 * <ul>
 *   <li>It knows only the points that it asked for itself, so {@link #tell} of any other config is ignored. Until the
 *       point asked for is told, {@link #ask} gives it again.
 *   <li>It takes numbers only. A failure is told as one number above every loss, so that it ranks last; the method looks at
 *       ranks alone. Losses are cut to that number's inside, and those beyond 1e300 count as equal.
 *   <li>A point that is not wanted is answered for at once: a repeat of its own with the outcome that it had, any other as
 *       failed.
 *   <li>A point that breaks a constraint is repaired; one that cannot be repaired counts as failed without being asked for.
 *   <li>When the library stops, it starts again at the same point with further random numbers.
 * </ul>
 *
 * <p>Resuming goes through all its steps again, which takes some microseconds a trial. Close it to end its thread.
 */
public final class CommonsMathCmaEs implements Optimizer, AutoCloseable {

    private static final double LARGEST_LOSS = 1e300;
    private static final double FAILED = 1e301;
    private static final int ATTEMPTS = 1000;

    private final SearchSpace space;
    private final List<Double> start;
    private final double sigma;
    private final long seed;
    private final List<Answer> answers = new ArrayList<>();
    private final Map<Config, Answer> known = new HashMap<>();
    private final CommonsMathThread library;
    private Optional<Config> pending = Optional.empty();

    private CommonsMathCmaEs(SearchSpace space, OptimizerState.CommonsMath state) {
        this.space = space;
        this.start = state.start();
        this.sigma = state.sigma();
        this.seed = state.seed();
        this.library = new CommonsMathThread(Vectors.array(start), sigma, seed);
        for (Answer answer : state.answers()) {
            answer(pending().orElseThrow(), answer);
        }
    }

    /**
     * A new optimizer that starts at the baseline.
     *
     * @param sigma the first width, as a share of each axis: above 0, at most 1
     * @throws IllegalArgumentException if the baseline is no config of the space
     */
    public static CommonsMathCmaEs start(SearchSpace space, Config baseline, double sigma, long seed) {
        if (!(sigma > 0 && sigma <= 1)) {
            throw new IllegalArgumentException("sigma must be above 0 and at most 1: " + sigma);
        }
        List<Double> start = Vectors.list(space.encode(baseline));
        return new CommonsMathCmaEs(space, new OptimizerState.CommonsMath(start, sigma, seed, List.of()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with another number of parameters
     */
    public static CommonsMathCmaEs resume(SearchSpace space, OptimizerState.CommonsMath state) {
        if (state.start().size() != space.size()) {
            throw new IllegalArgumentException("this state is of another search space: it has "
                    + state.start().size() + " parameters, not " + space.size());
        }
        return new CommonsMathCmaEs(space, state);
    }

    @Override
    public Origin origin() {
        return Origin.COMMONS_CMA_ES;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Config> config = pending();
            if (config.isEmpty() || wanted.test(config.get())) {
                return config;
            }
            answer(config.get(), known.getOrDefault(config.get(), new Answer(false, 0)));
        }
        return Optional.empty();
    }

    /** The library waits for this point's value, so it is asked for again. */
    @Override
    public void withdraw(Config config) {}

    @Override
    public void tell(Observation observation) {
        Config config = observation.config();
        if (pending().filter(config::equals).isPresent()) {
            answer(config, new Answer(observation.kind() != Kind.INFEASIBLE, observation.loss()));
        }
    }

    @Override
    public OptimizerState.CommonsMath state() {
        return new OptimizerState.CommonsMath(start, sigma, seed, List.copyOf(answers));
    }

    /** Ends the library's thread. Nothing may be asked or told afterwards. */
    @Override
    public void close() {
        library.close();
    }

    /** The point that the library waits for; empty if the constraints leave next to nothing. */
    private Optional<Config> pending() {
        for (int attempt = 0; attempt < ATTEMPTS && pending.isEmpty(); attempt++) {
            pending = space.repair(space.decode(library.next()));
            if (pending.isEmpty()) {
                library.answer(FAILED);
            }
        }
        return pending;
    }

    private void answer(Config config, Answer answer) {
        answers.add(answer);
        known.putIfAbsent(config, answer);
        pending = Optional.empty();
        library.answer(answer.feasible() ? Math.max(-LARGEST_LOSS, Math.min(LARGEST_LOSS, answer.loss())) : FAILED);
    }
}
