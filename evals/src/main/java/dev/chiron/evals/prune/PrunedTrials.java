package dev.chiron.evals.prune;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.Pruning;
import dev.chiron.agent.llm.Builtin;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.StopAdviser;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.store.Entry;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.PromptStyle;
import dev.chiron.prompts.describe.StopPrompt;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.sandbox.run.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A method on a task whose curves are known, run as a study would with a rule for stopping early, in memory. */
public final class PrunedTrials {

    private final EvalTask task;
    private final Method method;
    private final Rule rule;
    private final long seed;
    private final History history;
    private final Pruning pruning;
    private final Proposer proposer;
    private final List<PrunedRun.Step> steps = new ArrayList<>();
    private long epochs;

    private PrunedTrials(EvalTask task, Method method, Rule rule, long seed) {
        this.task = task;
        this.method = method;
        this.rule = rule;
        this.seed = seed;
        this.history = new History(task.objective());
        Config start = task.baseline().orElseGet(() -> middle(task.space()));
        Prior prior = task.baseline().isPresent()
                ? method.prior(task.space(), start, Map.of())
                : Prior.flat(task.space(), start);
        Optimizer optimizer = method.start(task.space(), prior, seed, List.of());
        Task described = new Task(task.description(), task.objective(), task.space(), start, Facts.TOLD);
        this.pruning = rule.spec()
                .pruner(task.objective(), seed)
                .map(pruner -> rule.spec().asksModel()
                        ? Pruning.by(pruner, rule.spec().by(), task.objective(), builtin(described))
                        : Pruning.by(pruner, rule.spec().by(), task.objective()))
                .orElseGet(() -> Pruning.none(task.objective()));
        this.proposer = Team.of(method, new Partner.Nobody()).proposer(optimizer, Optional.empty(), described, seed);
    }

    /** The rules of thumb: what is measured here costs nothing. */
    private static StopAdviser builtin(Task task) {
        Model model = new Models(Map.of(), new Builtin()::reply)
                .open("builtin", LlmOptions.defaults())
                .orElseThrow();
        List<Panel.Member> members = List.of(new Panel.Member(model.name(), model, PromptStyle.FULL));
        return new StopAdviser(() -> members, new StopPrompt(task));
    }

    private static Config middle(SearchSpace space) {
        double[] point = new double[space.size()];
        Arrays.fill(point, 0.5);
        return space.decode(point);
    }

    /**
     * Runs until there are so many trials and so many epochs, or every config has been tried.
     *
     * @param task knows its epochs
     * @throws InterruptedException if the thread is interrupted
     */
    public static PrunedRun run(EvalTask task, Method method, Rule rule, long seed, int trials, long epochs)
            throws InterruptedException {
        return new PrunedTrials(task, method, rule, seed).run(trials, epochs);
    }

    private PrunedRun run(int trials, long most) throws InterruptedException {
        while (steps.size() < trials || epochs < most) {
            if (!(proposer.propose(history) instanceof Proposal.Try proposal)) {
                break;
            }
            proposer.running(proposal, history, true);
            Trial trial = trial(proposal);
            boolean pruned = trial.outcome() instanceof Outcome.Pruned;
            boolean missed = pruned && whole(trial.change().config()) < best();
            proposer.observe(new Entry(trial, Optional.empty()), history);
            history.add(trial);
            pruning.remember(trial, List::of);
            steps.add(new PrunedRun.Step(epochs, pruned, missed, best()));
        }
        return new PrunedRun(task.name(), method.label(), rule.name(), seed, task.objective(), steps);
    }

    private double whole(Config config) {
        return task.objective().loss(task.after(task.epochs(), config));
    }

    private double best() {
        return history.incumbent().isPresent()
                ? task.objective().loss(history.incumbent().get().value().orElseThrow())
                : Double.POSITIVE_INFINITY;
    }

    private Trial trial(Proposal.Try proposal) {
        int number = steps.size();
        Watch watch = pruning.watch(number, proposal.origin(), proposal.change());
        Optional<Watch.Stop> stop = Optional.empty();
        int epoch = rule.spec().isAsked() ? 0 : task.epochs() - 1; // nobody looks at what is on the way
        double value = 0;
        while (epoch < task.epochs() && stop.isEmpty()) {
            value = task.after(++epoch, proposal.change().config());
            stop = watch.reported(epoch, value);
        }
        epochs += epoch;
        Outcome outcome = stop.isPresent()
                ? new Outcome.Pruned(value, epoch, stop.get().by(), stop.get().why(), List.of())
                : new Outcome.Measured(value);
        return new Trial(number, proposal.change(), proposal.origin(), outcome, Duration.ZERO);
    }
}
