package dev.chiron.agent.propose;

import dev.chiron.agent.End;
import dev.chiron.agent.Keeping;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.propose.Population.Member;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.fidelity.Exploration;
import dev.chiron.optimizers.fidelity.Intervals;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.run.Checkpoints;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Population based training (Jaderberg et al. 2017, arXiv 1711.09846) by syne-tune's rules: members begin at random, and at the end of each interval one that is among the worst takes over the checkpoint
 * of one among the best, with its values moved. Each interval of a member is a trial. What is proposed follows from the trials and the seed.
 *
 * <p>All members of a population begin before one goes on, and compared are those that have come as far. Where all of them are running or done,
 * the next population begins.
 */
public final class PopulationProposer implements Proposer {

    private final Population population;
    private final Intervals intervals;
    private final double quantile;
    private final SearchSpace space;
    private final Exploration exploration;
    private final long seed;
    private final OptimizerState state;

    /**
     * How it goes on.
     *
     * @param size of the population, 2 or more
     * @param quantile the share of the members that are the worst, and of those that are the best: above 0, at most a half
     * @param resample the probability with which a parameter is drawn anew
     */
    public record Rules(int size, double quantile, double resample) {}

    /**
     * @param saved whether the checkpoint of a trial of that number is there to go on from
     * @param state what a study keeps of it, which nothing hangs on
     */
    public PopulationProposer(
            Rules rules,
            Intervals intervals,
            SearchSpace space,
            Objective objective,
            long seed,
            IntPredicate saved,
            OptimizerState state) {
        this.population = new Population(rules.size(), intervals, objective, saved);
        this.intervals = intervals;
        this.quantile = rules.quantile();
        this.space = space;
        this.exploration = new Exploration(space, rules.resample());
        this.seed = seed;
        this.state = state;
    }

    /**
     * Which checkpoints are needed.
     *
     * @param saved whether the checkpoint of a trial of that number is there
     */
    public static Keeping.Order order(int size, Intervals intervals, Objective objective, IntPredicate saved) {
        return new Population(size, intervals, objective, saved)::wanted;
    }

    @Override
    public Proposal propose(History history) {
        OptionalInt unsaved = population.unsaved(history);
        if (unsaved.isPresent()) {
            return unsaved(unsaved.getAsInt());
        }
        Map<Integer, Member> all = population.members(history);
        SplitMix random = new SplitMix(new SplitMix(seed).nextLong() + history.next());
        for (int number = 0; ; number++) {
            List<Member> members = population.of(number, all);
            for (int place = number * population.size(); place < (number + 1) * population.size(); place++) {
                if (!all.containsKey(place)) {
                    return founded(place, random);
                }
            }
            Optional<Member> next = members.stream()
                    .filter(member -> !member.isRunning() && !population.isDone(member))
                    .min(Comparator.comparingInt(Member::last));
            if (next.isPresent()) {
                return moved(next.get(), members, random);
            }
        }
    }

    private Proposal unsaved(int step) {
        return new Proposal.Stop(
                End.BASELINE_FAILED,
                "no member saved a checkpoint at the end of interval " + step + " in the folder that "
                        + Checkpoints.SAVE
                        + " names, and a population goes on from checkpoints: the script must save one");
    }

    private Proposal founded(int place, SplitMix random) {
        return RandomSearch.draw(space, random)
                .<Proposal>map(config -> new Proposal.Try(
                        new Change.Settings(config, intervals.part(1), Optional.of(Begin.member(place))),
                        Origin.RANDOM,
                        Optional.empty()))
                .orElseGet(() -> new Proposal.Stop(End.DONE, "no config keeps the constraints"));
    }

    /** Goes on as it is, or takes over a better one's training where it is among the worst that came as far, or has failed. */
    private Proposal moved(Member member, List<Member> members, SplitMix random) {
        if (member.hasFailed()) {
            return replaced(member, members, random);
        }
        List<Trial> ranked = population.ranked(members, member.step());
        Trial own = Population.at(member, member.step());
        int share = share(ranked.size());
        return ranked.indexOf(own) >= ranked.size() - share
                ? explored(member, ranked.subList(0, share), member.step(), random)
                : goingOn(member.place(), own, member.step(), own.config(), Origin.CONTINUED);
    }

    /** Begins where it stood, or what saved nothing where it is, at another's checkpoint; anew where there is none. */
    private Proposal replaced(Member member, List<Member> members, SplitMix random) {
        List<Member> others = members.stream()
                .filter(other -> other.place() != member.place())
                .toList();
        for (int step = member.isLost() ? member.step() : member.step() - 1; step >= member.step() - 1; step--) {
            List<Trial> ranked = population.ranked(others, step);
            if (!ranked.isEmpty()) {
                return explored(member, ranked.subList(0, Math.max(1, share(ranked.size()))), step, random);
            }
        }
        return founded(member.place(), random);
    }

    /** How many of so many are the best, and how many the worst. */
    private int share(int count) {
        return count < 2 ? 0 : Math.min((int) Math.ceil(count * quantile), count / 2);
    }

    private Proposal explored(Member member, List<Trial> best, int step, SplitMix random) {
        Trial source = best.get(random.nextInt(best.size()));
        Config config = exploration.explored(source.config(), random);
        return goingOn(member.place(), source, step, config, Origin.EXPLORED);
    }

    private Proposal goingOn(int place, Trial source, int step, Config config, Origin origin) {
        Begin begin =
                Begin.from(source.number(), intervals.amount(step).share()).as(place);
        return new Proposal.Try(
                new Change.Settings(config, intervals.part(step + 1), Optional.of(begin)), origin, Optional.empty());
    }

    @Override
    public void begun(Proposed trial, History before) {}

    @Override
    public void observe(Entry entry, History before) {}

    @Override
    public void replay(Entry entry, History before) {}

    @Override
    public Optional<OptimizerState> state() {
        return Optional.of(state);
    }
}
