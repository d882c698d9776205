package dev.chiron.evals.compare;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.propose.ImportedProposer;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Opened;
import dev.chiron.agent.propose.OpenedProposer;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.spec.SteeredSpace;
import dev.chiron.agent.store.Entry;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.facts.Facts;
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
import java.util.stream.Stream;

/** One run, while it goes on. */
final class Rehearsal {

    private final EvalTask task;
    private final Contender contender;
    private final long seed;
    private final LongSupplier nanoTime;
    private final Config start;
    private final List<Config> initial;
    private final Earlier earlier;
    private final List<Entry> entries = new ArrayList<>();
    private final Account account;
    private final RandomGenerator spoiling;
    private final Optional<Growth> growth;
    private final List<OptionalDouble> values = new ArrayList<>();
    private SteeredSpace space;
    private History history; // of the space that is searched
    private Team team;
    private Proposer proposer;
    private long spent;

    Rehearsal(EvalTask task, Contender contender, long seed, LongSupplier nanoTime) {
        if (task.objective().isSeveral() && !contender.optimizer().takesSeveral()) {
            throw new BadInput(task.name() + " has several objectives, and " + contender.name()
                    + " knows one: name one of " + String.join(", ", Method.ofSeveral()));
        }
        this.task = task;
        this.contender = contender;
        this.seed = seed;
        this.nanoTime = nanoTime;
        this.start = task.baseline().orElseGet(() -> middle(task.space()));
        this.space = contender
                .widening()
                .map(widening -> widening.begin(task, start))
                .orElseGet(() -> SteeredSpace.of(task.space(), start, Map.of()));
        this.initial = task.initial(seed);
        this.team = contender.open(seed, initial.size() == 1);
        this.earlier = contender.before().map(before -> before.of(task, seed)).orElse(Earlier.NONE);
        this.history = new History(task.objective(), 0, earlier);
        this.account = new Account(task);
        this.growth = task.reference().isEmpty() ? Optional.empty() : Optional.of(new Growth(task));
        this.spoiling = new SplittableRandom(seed);
        long began = nanoTime.getAsLong();
        this.proposer = proposer(seed);
        this.spent = nanoTime.getAsLong() - began;
    }

    static Config middle(SearchSpace space) {
        double[] point = new double[space.size()];
        Arrays.fill(point, 0.5);
        Config config = space.decode(point);
        return space.repair(config).orElse(config);
    }

    private Prior prior() {
        return task.baseline().isPresent()
                ? contender.optimizer().prior(space.space(), space.start(), Map.of())
                : Prior.flat(space.space(), space.start());
    }

    private List<Observation> observations(List<Trial> trials) {
        return trials.stream()
                .flatMap(trial -> Observation.of(trial, task.objective()).stream())
                .toList();
    }

    private Proposer proposer(long its) {
        return proposer(contender.optimizer().start(space.space(), prior(), its, observations(earlier.inside())), its);
    }

    private Proposer proposer(Optimizer optimizer, long its) {
        Task described = new Task(task.description(), task.objective(), space.space(), space.start(), Facts.TOLD);
        return ImportedProposer.before(team.proposer(optimizer, Optional.empty(), described, its), earlier, described);
    }

    /** The space is edited to the task's own, and who proposes goes on there, as in a study that is steered. */
    private void widen(int number) {
        SearchSpace from = space.space();
        space = Widening.widened(space, task.space());
        History wide = history.anew();
        for (Trial trial : history.trials()) {
            space.seen(trial).ifPresentOrElse(wide::add, () -> wide.addOutside(trial));
        }
        history = wide;
        List<Observation> seen = observations(
                Stream.concat(earlier.inside().stream(), wide.inside().stream()).toList());
        long other = new SplitMix(seed + number).nextLong();
        Optimizer optimizer = contender.optimizer().goOn(from, proposer.state(), space.space(), prior(), seen, other);
        Opened opened = Opened.between(from, space.space());
        team = opened.matters(number) ? team.editedAt(number) : team;
        proposer = OpenedProposer.before(proposer(optimizer, seed), opened, number);
        History before = history.anew();
        for (Entry entry : entries) {
            proposer.recall(entry, before);
            before.add(entry.trial());
        }
    }

    /** So many trials, or fewer if every config has been tried. */
    Run run(int trials) throws InterruptedException {
        boolean goesOn = true;
        while (goesOn && values.size() < trials) {
            goesOn = trial(values.size(), values.size() + 1 < trials);
        }
        Run.Ours ours = account.of(contender.base(), team.partner().label(), history, seed);
        return new Run(task.name(), contender.name(), task.goal(), seed, values, spent / 1e9, Optional.of(ours));
    }

    private boolean trial(int number, boolean another) throws InterruptedException {
        Set<Fault> faults = contender.faults();
        if (Fault.restarts(faults, number)) {
            proposer = proposer(seed + number);
        }
        if (contender.widening().filter(widening -> widening.trial() == number).isPresent()) {
            widen(number);
        }
        long began = nanoTime.getAsLong();
        Optional<Proposal.Try> proposal =
                propose(number).map(proposed -> Fault.run(faults, proposed, history, spoiling));
        spent += nanoTime.getAsLong() - began;
        if (proposal.isEmpty()) {
            return false;
        }
        began = nanoTime.getAsLong();
        proposer.running(proposal.get(), history, another);
        spent += nanoTime.getAsLong() - began;
        Evaluation evaluation =
                task.evaluate(proposal.get().change().config(), OptionalLong.of(seed * EvalTask.STUDY + number));
        Trial trial = trial(number, proposal.get(), evaluation);
        account.add(proposal.get(), trial, history);
        began = nanoTime.getAsLong();
        Trial told = Fault.told(faults, proposal.get(), trial);
        Entry entry = new Entry(told, proposal.get().turn());
        proposer.observe(entry, history);
        entries.add(entry);
        history.add(trial);
        spent += nanoTime.getAsLong() - began;
        if (growth.isPresent()) {
            double volume = growth.get().after(trial.outcome());
            values.add(OptionalDouble.of(volume));
            account.grown(number, volume);
        } else {
            values.add(trial.value());
            account.look(history);
        }
        return true;
    }

    private Optional<Proposal.Try> propose(int number) throws InterruptedException {
        if (number < initial.size()) {
            Config first = space.space().contains(initial.get(number)) ? initial.get(number) : space.start();
            Change given = new Change.Settings(first);
            return Optional.of(new Proposal.Try(given, Origin.BASELINE, Optional.empty()));
        }
        return proposer.propose(history) instanceof Proposal.Try proposal ? Optional.of(proposal) : Optional.empty();
    }

    private static Trial trial(int number, Proposal.Try proposal, Evaluation evaluation) {
        Outcome outcome = evaluation.outcome();
        Duration took = Duration.ofNanos(Math.round(evaluation.seconds() * 1e9));
        return new Trial(number, proposal.change(), proposal.origin(), outcome, took);
    }
}
