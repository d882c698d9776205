package dev.chiron.evals.compare;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.store.Entry;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Runs a method on a task as a study would, but in memory: no process, no journal. */
public final class Trials {

    /** How often the last incumbent is measured again. */
    static final int AGAIN = 5;

    private final LongSupplier nanoTime;

    /** @param nanoTime a clock for what ask and tell take, in nanoseconds */
    public Trials(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * The task's {@linkplain EvalTask#initial initial configs} come first, under the baseline's origin; a method whose task has no
     * baseline starts at the middle of the space, which is not run. Ends early if every config has been tried.
     *
     * @throws InterruptedException if the thread is interrupted while a model is asked
     */
    public Run run(EvalTask task, Contender contender, long seed, int trials) throws InterruptedException {
        Method method = contender.optimizer();
        SearchSpace space = task.space();
        Objective objective = task.objective();
        History history = new History(objective);
        Config start = task.baseline().orElseGet(() -> middle(space));
        Prior prior = task.baseline().isPresent() ? method.prior(space, start, Map.of()) : Prior.flat(space, start);
        Team team = contender.open();
        long began = nanoTime.getAsLong();
        Task described = new Task("", objective, space, start);
        Proposer proposer = team.proposer(method.start(space, prior, seed), Optional.empty(), described, seed);
        long spent = nanoTime.getAsLong() - began;
        List<OptionalDouble> values = new ArrayList<>();
        List<Config> initial = task.initial(seed);
        Account account = new Account(task);
        Set<Fault> faults = contender.faults();
        RandomGenerator spoiling = new SplittableRandom(seed);
        while (values.size() < trials) {
            int number = values.size();
            if (Fault.restarts(faults, number)) {
                proposer = team.proposer(
                        method.start(space, prior, seed + number), Optional.empty(), described, seed + number);
            }
            began = nanoTime.getAsLong();
            Optional<Proposal.Try> proposal = propose(number, initial, proposer, history)
                    .map(proposed -> Fault.run(faults, proposed, history, spoiling));
            spent += nanoTime.getAsLong() - began;
            if (proposal.isEmpty()) {
                break;
            }
            began = nanoTime.getAsLong();
            proposer.running(proposal.get(), history, number + 1 < trials);
            spent += nanoTime.getAsLong() - began;
            Evaluation evaluation =
                    task.evaluate(proposal.get().change().config(), OptionalLong.of(seed * EvalTask.STUDY + number));
            Trial trial = trial(number, proposal.get(), evaluation);
            account.add(proposal.get(), trial, history);
            began = nanoTime.getAsLong();
            proposer.observe(
                    new Entry(
                            Fault.told(faults, proposal.get(), trial),
                            proposal.get().turn()),
                    history);
            history.add(trial);
            spent += nanoTime.getAsLong() - began;
            values.add(trial.value());
            account.look(history);
        }
        Run.Ours ours = account.of(method.label(), team.partner().label(), history, seed);
        return new Run(task.name(), contender.name(), objective.goal(), seed, values, spent / 1e9, Optional.of(ours));
    }

    private static Optional<Proposal.Try> propose(int number, List<Config> initial, Proposer proposer, History history)
            throws InterruptedException {
        if (number < initial.size()) {
            Change given = new Change.Settings(initial.get(number));
            return Optional.of(new Proposal.Try(given, Origin.BASELINE, Optional.empty()));
        }
        return proposer.propose(history) instanceof Proposal.Try proposal ? Optional.of(proposal) : Optional.empty();
    }

    private static Trial trial(int number, Proposal.Try proposal, Evaluation evaluation) {
        Outcome outcome = evaluation.outcome();
        Duration took = Duration.ofNanos(Math.round(evaluation.seconds() * 1e9));
        return new Trial(number, proposal.change(), proposal.origin(), outcome, took);
    }

    private static Config middle(SearchSpace space) {
        double[] point = new double[space.size()];
        Arrays.fill(point, 0.5);
        Config config = space.decode(point);
        return space.repair(config).orElse(config);
    }
}
