package dev.chiron.agent.propose;

import dev.chiron.agent.End;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Pick;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Pending;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.describe.WarmStartPrompt;
import dev.chiron.prompts.reply.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model's first configs, and then whoever takes turns. The configs are asked for once, when the baseline is known, of the next model
 * where one has none, and follow
 * from nothing else: a study that goes on in the middle of them finds them in its record. The optimizer learns from them as
 * from any trial; where the model has too few, the others are its own.
 */
final class WarmStartProposer implements Proposer {

    /** Names the question in the record; with a number after it for a second model and more. */
    private static final String KEY = "warm-start";

    private final WarmStart first;
    private final Task task;
    private final Proposer turns;
    private Optional<ModelTurns.Ending> known = Optional.empty();

    WarmStartProposer(WarmStart first, Task task, Proposer turns) {
        this.first = first;
        this.task = task;
        this.turns = turns;
    }

    @Override
    public Proposal propose(History history) throws InterruptedException {
        int number = history.proposed() - imported(history);
        if (number > first.configs()) {
            return turns.propose(history);
        }
        ModelTurns.Ending ending = ending(number, history);
        Optional<Proposal> stop = stop(ending, number);
        return stop.isPresent() ? stop.get() : next(ending, number, history);
    }

    /** The best of earlier results is run before them. */
    private static int imported(History history) {
        Stream<Origin> ended = history.trials().stream().map(Trial::origin);
        Stream<Origin> pending = history.pending().stream().map(Pending::origin);
        return (int) Stream.concat(ended, pending)
                .filter(origin -> origin == Origin.IMPORTED)
                .count();
    }

    /** Asked for the first trial; for one after it only where a study goes on, and then recalled. */
    private ModelTurns.Ending ending(int number, History history) throws InterruptedException {
        if (known.isEmpty()) {
            known = Optional.of(asked(number == 1, history.first(1)));
        }
        return known.get();
    }

    private ModelTurns.Ending asked(boolean anew, History baseline) throws InterruptedException {
        String prompt = new WarmStartPrompt(first.context().told(task), first.configs())
                .render(baseline)
                .text();
        ModelTurns.Ending ending = ask(0, anew, prompt, baseline);
        for (int asker = 1; asker < first.askers().size() && !(ending instanceof ModelTurns.Ending.Proposed); asker++) {
            ModelTurns.Ending next = ask(asker, anew, prompt, baseline);
            ending = next instanceof ModelTurns.Ending.Refused ? ending : next; // who is away may come back
        }
        return ending;
    }

    private ModelTurns.Ending ask(int number, boolean anew, String prompt, History baseline)
            throws InterruptedException {
        WarmStart.Asker asker = first.askers().get(number);
        String key = number == 0 ? KEY : KEY + "." + number;
        Ahead question =
                new Ahead(1, 1, key, task.baseline(), Origin.BASELINE, asker.name(), WarmStartPrompt.TEMPLATE, prompt);
        return new ModelTurns(anew ? asker.model() : asker.recalled(), task.space(), first.configs())
                .take(question, baseline, config -> Optional.empty());
    }

    /** A model has to be there, and none was when they were asked. */
    private Optional<Proposal> stop(ModelTurns.Ending ending, int number) {
        if (!first.required() || number > 1) {
            return Optional.empty();
        }
        if (ending instanceof ModelTurns.Ending.Refused refused) {
            return Optional.of(
                    new Proposal.Stop(End.MODEL_REFUSED, refused.turn().fallback()));
        }
        return ending instanceof ModelTurns.Ending.Failed failed && !failed.reached()
                ? Optional.of(
                        new Proposal.Stop(End.MODEL_UNREACHABLE, failed.turn().fallback()))
                : Optional.empty();
    }

    private Proposal next(ModelTurns.Ending ending, int number, History history) throws InterruptedException {
        ModelTurn turn = number == 1 ? ending.turn() : ending.turn().whenCounted();
        List<Candidate> all = ending instanceof ModelTurns.Ending.Proposed proposed ? proposed.candidates() : List.of();
        if (number <= all.size()) {
            Candidate candidate = all.get(number - 1);
            Pick pick = new Pick(all.size(), number, candidate.forecast());
            return new Proposal.Try(
                    new Change.Settings(candidate.config()),
                    Origin.WARM_START,
                    Optional.of(turn.whenPicked(pick, candidate.repairs())));
        }
        ModelTurn fallback = turn.isFallback() && number == 1
                ? turn
                : turn.whenFallenBack(
                        "of the " + first.configs() + " first configs the model proposed " + all.size() + " of use");
        return turns.propose(history) instanceof Proposal.Try own
                ? new Proposal.Try(own.change(), own.origin(), Optional.of(fallback))
                : Suggestions.exhausted();
    }

    @Override
    public void running(Proposal.Try proposal, History history, boolean more) {
        turns.running(proposal, history, more);
    }

    @Override
    public void observe(Entry entry, History before) {
        turns.observe(entry, before);
    }

    @Override
    public void recall(Entry entry, History before) {
        turns.recall(entry, before);
    }

    @Override
    public void replay(Entry entry, History before) {
        turns.replay(entry, before);
    }

    @Override
    public void begun(Proposed trial, History before) {
        turns.begun(trial, before);
    }

    @Override
    public void recall(Proposed trial, History before) {
        turns.recall(trial, before);
    }

    @Override
    public void replay(Proposed trial, History before) {
        turns.replay(trial, before);
    }

    @Override
    public void note(List<String> notes) {
        turns.note(notes);
    }

    @Override
    public Optional<OptimizerState> state() {
        return turns.state();
    }

    @Override
    public Optional<Ahead> ahead() {
        return turns.ahead();
    }

    @Override
    public void close() {
        turns.close();
    }
}
