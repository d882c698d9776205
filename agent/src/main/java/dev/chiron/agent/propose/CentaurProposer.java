package dev.chiron.agent.propose;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.Turns;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Pick;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.feasibility.Flaw;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.prompts.describe.CentaurPrompt;
import dev.chiron.prompts.describe.Refusal;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.reply.Candidate;
import dev.chiron.prompts.reply.ReplyReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An optimizer and a language model, or several, taking turns (Centaur). The optimizer suggests a config on every turn; on its own it
 * is run, on the model's the model sees it with the optimizer's whole state and proposes a few, of which the optimizer's own
 * model chooses. When the model cannot be reached, or gives no usable reply, the optimizer's suggestion is run under the
 * optimizer's name.
 *
 * <p>The model is asked while the trial before its turn runs, on what is known then; what it proposed is looked at again on
 * its turn. So nothing waits for a model that takes less time than a trial. Where several trials run at once it is asked on its turn, on all
 * that is known and pending then, and what is proposed ahead keeps workers busy meanwhile.
 */
public final class CentaurProposer implements Proposer {

    private final Suggestions suggestions;
    private final Turns turns;
    private final Panel panel;
    private final Task task;
    private final ReplyReader reader;
    private final Refusal refusal;
    private final Attendance attendance;
    private List<String> notes = List.of();
    private Optional<Inquiry> next;

    /**
     * @param speaker the models and their turns
     * @param ahead the question that was ready when the optimizer's state was kept; empty if none was
     * @param seed for the random configs of an optimizer that only repeats itself
     */
    public CentaurProposer(
            Optimizer optimizer,
            Tactics tactics,
            Partner.Speaker speaker,
            Task task,
            Optional<Ahead> ahead,
            long seed) {
        this.suggestions = new Suggestions(optimizer, tactics, task.space(), task.objective(), seed);
        this.refusal = new Refusal(task);
        this.turns = speaker.turns();
        this.panel = speaker.panel();
        this.task = task;
        this.reader = new ReplyReader(task.space());
        this.attendance = new Attendance(panel.models(), speaker.required());
        this.next = ahead.map(question -> new Inquiry(
                question.number(),
                new Suggestions.Suggestion(question.suggestion(), question.origin()),
                () -> question));
    }

    @Override
    public Proposal propose(History history) throws InterruptedException {
        if (!turns.isModels(history.proposed())) {
            return suggestions
                    .next(history)
                    .<Proposal>map(Suggestions.Suggestion::alone)
                    .orElseGet(Suggestions::exhausted);
        }
        Optional<Inquiry> inquiry = due(history);
        if (inquiry.isEmpty()) {
            return Suggestions.exhausted();
        }
        Inquiry asked = inquiry.get();
        ModelTurns.Ending ending = asked.await(() -> take(asked.question(), history));
        Optional<Suggestions.Suggestion> suggestion = suggestions.taken(asked.suggestion(), history);
        return suggestion.isEmpty()
                ? Suggestions.exhausted()
                : ended(ending, asked.question().model(), suggestion.get(), history);
    }

    /** The question for the next trial, ready since the last one ran, or made now; empty if the space is exhausted. */
    private Optional<Inquiry> due(History history) {
        Optional<Inquiry> ready = next.filter(inquiry -> inquiry.number() == history.proposed())
                .or(() -> suggestions.own(history).map(own -> inquiry(own, history, Optional.empty())));
        next = Optional.empty();
        return ready;
    }

    private Inquiry inquiry(Suggestions.Suggestion suggestion, History history, Optional<Config> running) {
        int ahead = running.isPresent() ? 1 : 0;
        int number = history.proposed() + ahead;
        int known = history.trials().size();
        String key = String.format(Locale.ROOT, "%04d", history.next() + ahead);
        OptimizerState state = suggestions.state();
        Panel.Member member = panel.next(number, key);
        CentaurPrompt prompts = new CentaurPrompt(task, member.style(), notes);
        return new Inquiry(
                number,
                suggestion,
                () -> new Ahead(
                        number,
                        known,
                        key,
                        suggestion.config(),
                        suggestion.origin(),
                        member.name(),
                        member.style().template(),
                        prompts.render(state, suggestion.config(), known(history, known), running)
                                .text()));
    }

    /** The history of that time, from one that may have grown since. */
    private static History known(History history, int trials) {
        return history.trials().size() == trials ? history : history.first(trials);
    }

    private ModelTurns.Ending take(Ahead question, History history) throws InterruptedException {
        History known = known(history, question.known());
        return turns(question).take(question, known, doubts(known, question.number()));
    }

    /** Why a config will almost surely be no good, in words. */
    private Function<Config, Optional<String>> doubts(History known, int number) {
        Function<Config, Optional<Flaw>> doubts = suggestions.doubts(known, number);
        return config -> doubts.apply(config).map(flaw -> refusal.text(config, flaw, known.trials()));
    }

    /** Of a study that goes on with other models, another one answers what was made ready before. */
    private ModelTurns turns(Ahead question) {
        Panel.Member member =
                panel.named(question.model()).orElseGet(() -> panel.next(question.number(), question.key()));
        return new ModelTurns(member.model(), task.space(), 1);
    }

    @Override
    public void running(Proposal.Try proposal, History history, boolean more) {
        prepare(proposal.change().config(), history);
        next.filter(inquiry -> more).ifPresent(inquiry -> {
            Ahead question = inquiry.question();
            History known = history.first(question.known()); // the study's own grows meanwhile
            Function<Config, Optional<String>> doubts = doubts(known, question.number());
            ModelTurns models = turns(question);
            inquiry.begin(() -> models.take(question, known, doubts));
        });
    }

    private void prepare(Config running, History history) {
        if (turns.isModels(history.proposed() + 1)) {
            next = suggestions.ahead(history, running).map(own -> inquiry(own, history, Optional.of(running)));
        }
    }

    private Proposal ended(ModelTurns.Ending ending, String model, Suggestions.Suggestion suggestion, History history) {
        return attendance
                .stop(ending, model)
                .orElseGet(() -> ending instanceof ModelTurns.Ending.Proposed proposed
                        ? chosen(proposed, suggestion, history)
                        : fallback(suggestion, ending.turn()));
    }

    /** Looks again at what was proposed while a trial ran: it may have been run or have come to look hopeless since. */
    private Proposal chosen(ModelTurns.Ending.Proposed proposed, Suggestions.Suggestion suggestion, History history) {
        Function<Config, Optional<Flaw>> doubts = suggestions.doubts(history, history.proposed());
        List<Candidate> left = proposed.candidates().stream()
                .filter(candidate -> !reader.isRepeat(candidate.config(), history)
                        && doubts.apply(candidate.config()).isEmpty())
                .toList();
        if (left.isEmpty()) {
            String why = "what it proposed while the last trial ran has been run, or will fail by what that showed";
            return fallback(suggestion, proposed.turn().whenFallenBack(why));
        }
        Candidate candidate = left.get(best(left, history));
        int rank = proposed.candidates().indexOf(candidate) + 1;
        Pick pick = new Pick(proposed.candidates().size(), rank, candidate.forecast());
        // who only repeats the optimizer's suggestion has proposed nothing of its own
        Origin origin = candidate.config().equals(suggestion.config())
                ? suggestion.origin()
                : ModelTurns.origin(
                        proposed.turn().asked().author(), !candidate.repairs().isEmpty());
        return new Proposal.Try(
                new Change.Settings(candidate.config()),
                origin,
                Optional.of(proposed.turn().whenPicked(pick, candidate.repairs())));
    }

    /** The index of the best rated; the model's own first where nothing is known to rate by. */
    private int best(List<Candidate> candidates, History history) {
        if (candidates.size() == 1) {
            return 0;
        }
        List<Double> ratings =
                suggestions.rate(candidates.stream().map(Candidate::config).toList(), history);
        return IntStream.range(0, ratings.size())
                .reduce((one, other) -> ratings.get(other) > ratings.get(one) ? other : one)
                .orElse(0);
    }

    private static Proposal fallback(Suggestions.Suggestion suggestion, ModelTurn turn) {
        return new Proposal.Try(new Change.Settings(suggestion.config()), suggestion.origin(), Optional.of(turn));
    }

    @Override
    public void observe(Entry entry, History before) {
        turns.learn(entry, before);
        panel.learn(entry, before);
        suggestions.observe(entry.trial());
    }

    @Override
    public void recall(Entry entry, History before) {
        turns.learn(entry, before);
        panel.learn(entry, before);
    }

    @Override
    public void replay(Entry entry, History before) {
        suggested(entry.trial().origin(), before);
        prepare(entry.trial().config(), before);
        observe(entry, before);
    }

    /** Goes through what was suggested for a trial of an earlier session. */
    private void suggested(Origin origin, History before) {
        if (!origin.isGiven()) {
            if (turns.isModels(before.proposed())) {
                due(before).ifPresent(inquiry -> suggestions.taken(inquiry.suggestion(), before));
            } else {
                suggestions.next(before);
            }
        }
    }

    /** Nobody is asked ahead: the trials that run know nothing of one another, and the next turn may come at once. */
    @Override
    public void begun(Proposed trial, History before) {
        suggestions.begun(trial);
    }

    @Override
    public void replay(Proposed trial, History before) {
        suggested(trial.origin(), before);
        begun(trial, before);
    }

    @Override
    public void note(List<String> all) {
        notes = List.copyOf(all);
    }

    @Override
    public Optional<OptimizerState> state() {
        return Optional.of(suggestions.state());
    }

    @Override
    public Optional<Ahead> ahead() {
        return next.map(Inquiry::question);
    }

    @Override
    public void close() {
        next.ifPresent(Inquiry::giveUp);
    }
}
