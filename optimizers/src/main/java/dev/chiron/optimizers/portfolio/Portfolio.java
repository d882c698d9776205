package dev.chiron.optimizers.portfolio;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Asked;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A few methods that learn from every trial and take turns by credit, so that the portfolio is never far from the best of them: a Gaussian
 * process, one in a trust region, and a random forest. Credit is what a member's own trials were worth by rank, whatever the losses' scale,
 * and fades; who has little of it still has a turn now and then.
 *
 * <p>The first member opens for all: its quasi-random points earn no credit, and nobody repeats them. What runs is not asked for again by
 * another member, unless nothing else is left. After Hoffman, Brochu and de Freitas 2011 (GP-Hedge) and Fialho 2010 (AUC bandit, as in
 * OpenTuner); departures stand in docs/papers.md.
 */
public final class Portfolio implements Optimizer {

    private final SearchSpace space;
    private final PortfolioSettings settings;
    private final List<Optimizer> members;
    private final int[] trials;
    private final Credit credit;
    private final Recent recent;
    private final List<Asked> pending;
    private int told;

    private Portfolio(SearchSpace space, PortfolioSettings settings, OptimizerState.Portfolio state) {
        this.space = space;
        this.settings = settings;
        this.members = state.members().stream()
                .map(member -> Member.resume(space, settings, member.state()))
                .toList();
        this.trials =
                state.members().stream().mapToInt(OptimizerState.Member::trials).toArray();
        this.credit = new Credit(
                settings.memory(),
                settings.exploration(),
                state.members().stream().map(OptimizerState.Member::count).toList(),
                state.members().stream().map(OptimizerState.Member::worth).toList());
        this.recent = new Recent(state.recent(), state.best().stream().findFirst());
        this.pending = new ArrayList<>(state.pending());
        this.told = state.told();
    }

    /** A new optimizer. */
    public static Portfolio start(SearchSpace space, PortfolioSettings settings, long seed) {
        SplitMix seeds = new SplitMix(seed);
        List<OptimizerState.Member> members = Stream.of(Member.values())
                .map(member -> member.start(space, settings, seeds.nextLong()))
                .map(member -> new OptimizerState.Member(member.origin(), 0, 0, 0, member.state()))
                .toList();
        return new Portfolio(
                space, settings, new OptimizerState.Portfolio(members, 0, List.of(), List.of(), List.of()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static Portfolio resume(SearchSpace space, PortfolioSettings settings, OptimizerState.Portfolio state) {
        return new Portfolio(space, settings, state);
    }

    /** That of the member which was asked last of what is not told yet. */
    @Override
    public Origin origin() {
        int last = pending.isEmpty() ? 0 : pending.get(pending.size() - 1).member();
        return members.get(last).origin();
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        boolean opening = told + pending.size() < settings.startup();
        List<Integer> order = opening ? List.of(0) : credit.byTurn(running());
        Predicate<Config> idle =
                config -> pending.stream().noneMatch(asked -> asked.config().equals(config));
        return Stream.of(wanted.and(idle), wanted)
                .flatMap(predicate -> order.stream().flatMap(member -> asked(member, predicate, opening).stream()))
                .findFirst();
    }

    private Optional<Config> asked(int member, Predicate<Config> wanted, boolean opening) {
        Optional<Config> config = members.get(member).ask(wanted);
        config.ifPresent(found -> pending.add(new Asked(found, member, opening)));
        return config;
    }

    private int[] running() {
        int[] running = new int[members.size()];
        pending.stream().filter(asked -> !asked.opening()).forEach(asked -> running[asked.member()]++);
        return running;
    }

    /** By the model of the member whose trials are worth most. */
    @Override
    public List<Double> rate(List<Config> configs) {
        return credit.byWorth().stream()
                .map(member -> members.get(member).rate(configs))
                .filter(ratings -> !ratings.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    @Override
    public void withdraw(Config config) {
        taken(config);
        members.forEach(member -> member.withdraw(config));
    }

    /** All members know of what any of them proposed, while it runs. */
    @Override
    public void expect(Config config) {
        members.forEach(member -> member.expect(config));
    }

    private Optional<Asked> taken(Config config) {
        Optional<Asked> first =
                pending.stream().filter(asked -> asked.config().equals(config)).findFirst();
        first.ifPresent(pending::remove);
        return first;
    }

    @Override
    public void tell(Observation observation) {
        if (!space.contains(observation.config())) {
            return;
        }
        taken(observation.config()).ifPresent(asked -> {
            trials[asked.member()]++;
            if (!asked.opening()) {
                credit.add(asked.member(), recent.worth(observation));
            }
        });
        recent.add(observation);
        told++;
        members.forEach(member -> member.tell(observation));
    }

    @Override
    public OptimizerState.Portfolio state() {
        List<OptimizerState.Member> known = IntStream.range(0, members.size())
                .mapToObj(i -> new OptimizerState.Member(
                        members.get(i).origin(),
                        trials[i],
                        credit.count(i),
                        credit.sum(i),
                        members.get(i).state()))
                .toList();
        return new OptimizerState.Portfolio(known, told, recent.last(), recent.best(), List.copyOf(pending));
    }
}
