package dev.chiron.evals.compare;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.propose.Learner;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.RungProposer;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.store.Entry;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.fidelity.Deepening;
import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Fidelity;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.facts.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** One run of a method that trains configs for a part first, on a task that knows what a training reports on its way. */
final class PartRehearsal {

    private static final int REDUCTION = 3;
    private static final double ROUNDING = 1e-9;

    private final EvalTask task;
    private final Contender contender;
    private final long seed;
    private final LongSupplier nanoTime;
    private final History history;
    private final Proposer proposer;
    private final List<Run.Incumbent> incumbents = new ArrayList<>();
    private double wholes; // whole trainings so far, parts of one by their share
    private long spent;

    PartRehearsal(EvalTask task, Contender contender, long seed, LongSupplier nanoTime) {
        if (task.epochs() < REDUCTION || task.objective().isSeveral()) {
            throw new BadInput(contender.name() + " trains configs for a part of a training first, and of "
                    + task.name() + " no part is known; try it on a task of lcbench");
        }
        this.task = task;
        this.contender = contender;
        this.seed = seed;
        this.nanoTime = nanoTime;
        this.history = new History(task.objective());
        this.proposer = proposer();
    }

    private Proposer proposer() {
        Method method = contender.parts().orElseThrow();
        Ladder ladder = new Ladder("EPOCHS", new Value.Whole(1), new Value.Whole(task.epochs()), REDUCTION);
        FidelitySpec fidelity = new FidelitySpec(ladder, 1, Deepening.Variant.EFFICIENT);
        Config start = task.baseline().orElseGet(() -> Rehearsal.middle(task.space()));
        Prior prior = task.baseline().isPresent()
                ? contender.optimizer().prior(task.space(), start, Map.of())
                : Prior.flat(task.space(), start);
        Optimizer optimizer =
                Learner.of(contender.optimizer(), method, ladder).start(task.space(), prior, seed, List.of());
        Task described = new Task(task.description(), task.objective(), task.space(), start, Facts.TOLD);
        return new RungProposer(
                contender.open(seed, false).proposer(optimizer, Optional.empty(), described, seed),
                ladder,
                () -> fidelity.schedule(method.label()),
                task.space(),
                task.objective());
    }

    /** As many trials as make so many whole trainings, or fewer if every config has been tried. */
    Run run(int trainings) throws InterruptedException {
        List<OptionalDouble> values = new ArrayList<>();
        for (Optional<Proposal.Try> next = next(); next.isPresent(); next = next()) {
            Trial trial = trial(next.get());
            wholes += trial.change().fidelity().map(Fidelity::share).orElse(1.0);
            int slot = (int) Math.ceil(wholes - ROUNDING) - 1;
            if (slot >= trainings) {
                break;
            }
            long began = nanoTime.getAsLong();
            proposer.observe(new Entry(trial, next.get().turn()), history);
            spent += nanoTime.getAsLong() - began;
            history.add(trial);
            while (values.size() <= slot) {
                values.add(best());
            }
            values.set(slot, best());
            if (history.incumbent().filter(trial::equals).isPresent()) {
                incumbents.add(new Run.Incumbent(slot, trial.value().orElseThrow()));
            }
        }
        Run.Ours ours = new Run.Ours(
                contender.optimizer().label(),
                "none",
                incumbents,
                OptionalDouble.empty(),
                0,
                0,
                0,
                0,
                0,
                OptionalDouble.empty(),
                List.of());
        return new Run(task.name(), contender.name(), task.goal(), seed, values, spent / 1e9, Optional.of(ours));
    }

    private OptionalDouble best() {
        return history.incumbent().map(Trial::value).orElse(OptionalDouble.empty());
    }

    private Optional<Proposal.Try> next() throws InterruptedException {
        List<Config> initial = task.initial(seed);
        if (history.next() < initial.size()) {
            Change given = new Change.Settings(initial.get(history.next()));
            return Optional.of(new Proposal.Try(given, Origin.BASELINE, Optional.empty()));
        }
        long began = nanoTime.getAsLong();
        Proposal proposal = proposer.propose(history);
        spent += nanoTime.getAsLong() - began;
        return proposal instanceof Proposal.Try found ? Optional.of(found) : Optional.empty();
    }

    private Trial trial(Proposal.Try proposal) {
        Change change = proposal.change();
        double epochs = change.fidelity()
                .flatMap(part -> part.amount().asNumber().stream().boxed().findFirst())
                .orElse((double) task.epochs());
        double value = task.after(epochs, change.config());
        Outcome outcome = !Double.isFinite(value)
                ? new Outcome.Failed(Outcome.Reason.DIVERGED, "the task gives " + value)
                : change.fidelity()
                        .<Outcome>map(part -> new Outcome.Partial(new Outcome.Measured(value), part))
                        .orElseGet(() -> new Outcome.Measured(value));
        return new Trial(history.next(), change, proposal.origin(), outcome, Duration.ZERO);
    }
}
