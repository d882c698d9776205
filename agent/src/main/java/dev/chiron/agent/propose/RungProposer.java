package dev.chiron.agent.propose;

import dev.chiron.agent.End;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.fidelity.Schedule;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Pending;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Trains many configs for a part of a training and the best of them longer, by a {@link Schedule}. A new config is asked of another proposer, whose
 * turns they are; who goes on is nobody's turn. All of it follows from the trials in the order of their numbers, and from their ends.
 */
public final class RungProposer implements Proposer {

    private final Proposer configs;
    private final Ladder ladder;
    private final Supplier<Schedule> anew;
    private final SearchSpace space;
    private final Objective objective;
    private final IntPredicate saved;
    private Schedule schedule;
    private final Set<Integer> begun = new HashSet<>(); // numbers of trials
    private final Map<Config, List<Trial>> partial = new HashMap<>(); // the runs of each config, in their order
    private int ended; // so many trials of the history

    /** Where every run begins from the start. */
    public RungProposer(
            Proposer configs, Ladder ladder, Supplier<Schedule> anew, SearchSpace space, Objective objective) {
        this(configs, ladder, anew, space, objective, trial -> false);
    }

    /**
     * @param anew the schedule at its beginning
     * @param saved whether the checkpoint of a trial of that number is there to go on from
     */
    public RungProposer(
            Proposer configs,
            Ladder ladder,
            Supplier<Schedule> anew,
            SearchSpace space,
            Objective objective,
            IntPredicate saved) {
        this.configs = configs;
        this.ladder = ladder;
        this.anew = anew;
        this.space = space;
        this.objective = objective;
        this.saved = saved;
        this.schedule = anew.get();
    }

    @Override
    public Proposal propose(History history) throws InterruptedException {
        catchUp(history);
        Schedule.Wanted wanted = schedule.next();
        if (wanted.config().isPresent()) {
            return promoted(wanted.config().get(), wanted.rung());
        }
        Proposal proposal = configs.propose(history);
        if (proposal instanceof Proposal.Try found && found.change() instanceof Change.Settings settings) {
            return new Proposal.Try(
                    new Change.Settings(settings.config(), ladder.part(wanted.rung())), found.origin(), found.turn());
        }
        return proposal instanceof Proposal.Stop stop && stop.end() == End.DONE
                ? left(history).orElse(proposal)
                : proposal;
    }

    /** It goes on from the checkpoint of its longest run, where there is one; else it begins from the start. */
    private Proposal promoted(Config config, int rung) {
        Optional<Begin> begin = partial.getOrDefault(config, List.of()).stream()
                .filter(trial -> rung(trial.change()) > rung && saved.test(trial.number()))
                .min(Comparator.comparingInt((Trial trial) -> rung(trial.change()))
                        .thenComparingInt(trial -> -trial.number()))
                .map(trial -> Begin.from(
                        trial.number(), ladder.amount(rung(trial.change())).share()));
        return new Proposal.Try(
                new Change.Settings(config, ladder.part(rung), begin), Origin.PROMOTED, Optional.empty());
    }

    /** Tells the schedule of what has begun and ended since. */
    private void catchUp(History history) {
        List<Trial> trials = history.trials();
        if (trials.size() < ended) { // another history of the study
            schedule = anew.get();
            begun.clear();
            partial.clear();
            ended = 0;
        }
        List<Trial> fresh = trials.subList(ended, trials.size());
        Stream.concat(
                        fresh.stream().map(trial -> new Pending(trial.number(), trial.change(), trial.origin())),
                        history.pending().stream())
                .filter(trial -> isScheduled(trial.change(), trial.origin()))
                .filter(trial -> begun.add(trial.number()))
                .sorted(Comparator.comparingInt(Pending::number))
                .forEach(trial -> schedule.begin(trial.change().config(), rung(trial.change())));
        fresh.stream()
                .filter(trial -> isScheduled(trial.change(), trial.origin()))
                .forEach(this::end);
        ended = trials.size();
    }

    private void end(Trial trial) {
        schedule.end(trial.config(), rung(trial.change()), loss(trial));
        if (trial.outcome() instanceof Outcome.Partial) {
            partial.computeIfAbsent(trial.config(), config -> new ArrayList<>()).add(trial);
        }
    }

    private int rung(Change change) {
        return ladder.rung(change).orElseThrow();
    }

    /** What was there before anybody took turns, what was wished for and what is run again has no place in a bracket. */
    private boolean isScheduled(Change change, Origin origin) {
        boolean given = origin == Origin.BASELINE || origin == Origin.IMPORTED;
        return !given
                && !origin.isWished()
                && !origin.isCheck()
                && change.variant().isEmpty()
                && ladder.rung(change).isPresent()
                && space.contains(change.config());
    }

    /** Of a run without a value that counts it is infinite, also where the machine broke: it has had its place. */
    private double loss(Trial trial) {
        return Observation.of(trial, objective)
                .filter(observation -> observation.kind() == Observation.Kind.MEASURED)
                .map(Observation::loss)
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Where there is no new config: the best of those that were trained longest and not for the whole, trained longer. */
    private Optional<Proposal> left(History history) {
        Set<Change> taken = new HashSet<>();
        history.trials()
                .forEach(trial -> taken.add(
                        new Change.Settings(trial.config(), trial.change().fidelity())));
        history.pending().forEach(trial -> taken.add(trial.change().fromTheStart()));
        return history.trials().stream()
                .filter(trial -> isScheduled(trial.change(), trial.origin()) && rung(trial.change()) > 0)
                .filter(trial -> Double.isFinite(loss(trial)))
                .filter(trial -> !taken.contains(longer(trial)))
                .min(Comparator.comparingInt((Trial trial) -> rung(trial.change()))
                        .thenComparingDouble(this::loss)
                        .thenComparingInt(Trial::number))
                .map(trial -> promoted(trial.config(), rung(trial.change()) - 1));
    }

    private Change longer(Trial trial) {
        return new Change.Settings(trial.config(), ladder.part(rung(trial.change()) - 1));
    }

    @Override
    public void running(Proposal.Try proposal, History history, boolean more) {
        if (proposal.origin() != Origin.PROMOTED) {
            configs.running(proposal, history, more);
        }
    }

    @Override
    public void begun(Proposed trial, History before) {
        if (trial.origin() != Origin.PROMOTED) {
            configs.begun(trial, before);
        }
    }

    @Override
    public void observe(Entry entry, History before) {
        configs.observe(entry, before);
    }

    @Override
    public void recall(Entry entry, History before) {
        configs.recall(entry, before);
    }

    @Override
    public void recall(Proposed trial, History before) {
        configs.recall(trial, before);
    }

    @Override
    public void replay(Proposed trial, History before) {
        if (trial.origin() != Origin.PROMOTED) {
            configs.replay(trial, before);
        }
    }

    @Override
    public void replay(Entry entry, History before) {
        if (entry.trial().origin() == Origin.PROMOTED) {
            configs.observe(entry, before);
        } else {
            configs.replay(entry, before);
        }
    }

    @Override
    public void note(List<String> notes) {
        configs.note(notes);
    }

    @Override
    public Optional<OptimizerState> state() {
        return configs.state();
    }

    @Override
    public Optional<Ahead> ahead() {
        return configs.ahead();
    }

    @Override
    public void close() {
        configs.close();
    }
}
