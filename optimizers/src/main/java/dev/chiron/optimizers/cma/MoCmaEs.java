package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Individual;
import dev.chiron.optimizers.OptimizerState.Offspring;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.surrogate.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * MO-CMA-ES (Igel, Hansen and Roth 2007) for one or several objectives: each individual of a small population is an elitist CMA-ES of its own, with a
 * width and a covariance. Steady-state with parents of the first front (Igel, Suttorp and Hansen 2007), success being to be kept in the population (Voss,
 * Hansen and Igel 2010) and not worse than the parent in everything: a child takes its place as soon as it is told, and what is of the last rank and adds the least volume leaves.
 *
 * <p>What was proposed elsewhere joins with a width of its own, as does the opening, which is quasi-random. A failure, of which nothing is known but
 * that, is a child without success. What breaks a condition on its metrics ranks behind all that does not, by how much it breaks it.
 */
public final class MoCmaEs implements Optimizer {

    private static final int CHILDREN = 200; // before wishes and constraints are given up

    private final SearchSpace space;
    private final MoCmaSettings settings;
    private final Opening opening;
    private final long shift;
    private final SplitMix random;
    private final Steps steps;
    private final SuccessRule rule;
    private final List<Individual> population; // the oldest first
    private final List<Offspring> asked;
    private int told;

    private MoCmaEs(SearchSpace space, MoCmaSettings settings, OptimizerState.MoCmaEs state) {
        this.space = space;
        this.settings = settings;
        this.shift = state.shift();
        this.opening = new Opening(space, settings.prior(), shift, state.design());
        this.random = new SplitMix(state.random());
        this.steps = new Steps(space, settings);
        this.rule = new SuccessRule(steps.dimension());
        this.population = new ArrayList<>(state.population());
        this.asked = new ArrayList<>(state.asked());
        this.told = state.told();
    }

    /** A new optimizer. */
    public static MoCmaEs start(SearchSpace space, MoCmaSettings settings, long seed) {
        SplitMix seeds = new SplitMix(seed);
        return new MoCmaEs(
                space,
                settings,
                new OptimizerState.MoCmaEs(List.of(), List.of(), 0, 0, seeds.nextLong(), seeds.nextLong()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static MoCmaEs resume(SearchSpace space, MoCmaSettings settings, OptimizerState.MoCmaEs state) {
        if (!state.population().stream().allMatch(one -> space.contains(one.config()))) {
            throw new IllegalArgumentException("this state is of another search space: it knows configs outside");
        }
        return new MoCmaEs(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.MO_CMA_ES;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        boolean breeds = told + asked.size() >= settings.startup() && !population.isEmpty();
        Optional<Offspring> child = breeds ? child(wanted) : Optional.empty();
        return child.or(() -> opening.next(wanted).map(config -> new Offspring(config, List.of())))
                .map(offspring -> {
                    asked.add(offspring);
                    return offspring.config();
                });
    }

    private Optional<Offspring> child(Predicate<Config> wanted) {
        List<Individual> parents = Selection.first(population);
        for (int attempt = 0; attempt < CHILDREN; attempt++) {
            Individual parent = parents.get(random.nextInt(parents.size()));
            Optional<Config> config = space.repair(space.decode(steps.child(parent, random)))
                    .filter(drawn -> place(drawn) < 0)
                    .filter(drawn ->
                            asked.stream().noneMatch(one -> one.config().equals(drawn)))
                    .filter(wanted);
            if (config.isPresent()) {
                return config.map(drawn -> new Offspring(drawn, List.of(parent)));
            }
        }
        return Optional.empty();
    }

    @Override
    public void withdraw(Config config) {
        taken(config);
    }

    private Optional<Offspring> taken(Config config) {
        Optional<Offspring> found =
                asked.stream().filter(one -> one.config().equals(config)).findFirst();
        found.ifPresent(asked::remove);
        return found;
    }

    @Override
    public void tell(Observation observation) {
        if (!space.contains(observation.config())) {
            return;
        }
        int number = told++;
        Optional<Individual> parent =
                taken(observation.config()).flatMap(one -> one.parent().stream().findFirst());
        boolean failed = observation.kind() == Kind.INFEASIBLE && observation.violation() == 0;
        boolean succeeded = !failed && isComparable(observation) && joined(number, observation, parent);
        parent.ifPresent(one -> credited(one.number(), succeeded));
    }

    /** Whether it has as many losses as those that are known: one that was stopped early has not. */
    private boolean isComparable(Observation observation) {
        return observation.violation() > 0
                || population.stream()
                        .filter(one -> one.violation() == 0)
                        .allMatch(one -> one.losses().size() == observation.losses().length);
    }

    /** Takes it into the population, and says whether it is a child that succeeded. One that is there is measured again, and no other. */
    private boolean joined(int number, Observation observation, Optional<Individual> parent) {
        int place = place(observation.config());
        if (place >= 0) {
            population.set(place, steps.measured(population.get(place), observation));
            return false;
        }
        Individual fresh = steps.fresh(number, observation.config());
        Individual child = parent.map(one -> fresh.learned(one.sigma(), one.success(), one.path(), one.covariance()))
                .orElse(fresh);
        population.add(steps.measured(child, observation));
        if (population.size() > settings.population()) {
            population.remove(Selection.least(population));
        }
        int kept = place(observation.config());
        if (parent.isEmpty() || kept < 0 || Selection.beats(parent.get(), population.get(kept))) {
            return false;
        }
        double[] step = steps.between(parent.get(), observation.config());
        population.set(kept, rule.turned(rule.stepped(population.get(kept), true), step));
        return true;
    }

    /** The parent learns whether its child succeeded, if it is itself still there. */
    private void credited(int number, boolean succeeded) {
        population.replaceAll(one -> one.number() == number ? rule.stepped(one, succeeded) : one);
    }

    private int place(Config config) {
        for (int i = 0; i < population.size(); i++) {
            if (population.get(i).config().equals(config)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public OptimizerState.MoCmaEs state() {
        return new OptimizerState.MoCmaEs(
                List.copyOf(population), List.copyOf(asked), told, opening.taken(), shift, random.state());
    }
}
