package dev.chiron.agent.propose;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.Turns;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.feasibility.Flaw;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.describe.Refusal;
import dev.chiron.prompts.describe.Remark;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.reply.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A language model that proposes by itself, in a {@linkplain Manner manner} that it is asked in. An optimizer stands by: its suggestion is
 * run, under its own name, where the model has nothing of use, and on turns that are not the model's.
 *
 * <p>The model is asked on its turn and not while the trial before runs: it knows all trials, as in the papers.
 */
final class SoloProposer implements Proposer {

    private final Suggestions suggestions;
    private final Turns turns;
    private final Panel panel;
    private final Manner manner;
    private final Task task;
    private final Refusal refusal;
    private final Attendance attendance;
    private final List<Remark> remarks = new ArrayList<>();
    private List<String> notes = List.of();

    /** @param seed for the random configs of an optimizer that only repeats itself */
    SoloProposer(Optimizer optimizer, Tactics tactics, Partner.Speaker speaker, Manner manner, Task task, long seed) {
        this.suggestions = new Suggestions(optimizer, tactics, task.space(), task.objective(), seed);
        this.turns = speaker.turns();
        this.panel = speaker.panel();
        this.manner = manner;
        this.task = task;
        this.refusal = new Refusal(task);
        this.attendance = new Attendance(panel.models(), speaker.required());
    }

    @Override
    public Proposal propose(History history) throws InterruptedException {
        boolean isModels = turns.isModels(history.proposed());
        Optional<Suggestions.Suggestion> suggestion = suggestion(isModels, history);
        if (suggestion.isEmpty()) {
            return Suggestions.exhausted();
        }
        return isModels ? asked(suggestion.get(), history) : suggestion.get().alone();
    }

    private Optional<Suggestions.Suggestion> suggestion(boolean isModels, History history) {
        return isModels ? suggestions.own(history) : suggestions.next(history);
    }

    private Proposal asked(Suggestions.Suggestion suggestion, History history) throws InterruptedException {
        String key = String.format(Locale.ROOT, "%04d", history.next());
        Panel.Member member = panel.next(history.proposed(), key);
        ModelTurns.Ending ending =
                manner.turn(task, new Said(notes, remarks)).take(member, key, history, suggestion, doubts(history));
        Optional<Proposal> stop = attendance.stop(ending, member.name());
        if (stop.isPresent()) {
            return stop.get();
        }
        if (ending instanceof ModelTurns.Ending.Proposed proposed) {
            Candidate candidate = proposed.candidates().get(0);
            String author = proposed.turn().asked().author();
            return new Proposal.Try(
                    new Change.Settings(candidate.config()),
                    ModelTurns.origin(author, !candidate.repairs().isEmpty()),
                    Optional.of(proposed.turn()));
        }
        return new Proposal.Try(
                new Change.Settings(suggestion.config()), suggestion.origin(), Optional.of(ending.turn()));
    }

    /** Why a config will almost surely be no good, in words. */
    private Function<Config, Optional<String>> doubts(History history) {
        Function<Config, Optional<Flaw>> doubts = suggestions.doubts(history, history.proposed());
        return config -> doubts.apply(config).map(flaw -> refusal.text(config, flaw, history.trials()));
    }

    @Override
    public void observe(Entry entry, History before) {
        recall(entry, before);
        suggestions.observe(entry.trial());
    }

    @Override
    public void recall(Entry entry, History before) {
        turns.learn(entry, before);
        panel.learn(entry, before);
        entry.turn().ifPresent(turn -> remarks.addAll(turn.remarks()));
    }

    @Override
    public void replay(Entry entry, History before) {
        if (!entry.trial().origin().isGiven()) {
            suggestion(turns.isModels(before.proposed()), before);
        }
        observe(entry, before);
    }

    @Override
    public void begun(Proposed trial, History before) {
        suggestions.begun(trial);
    }

    @Override
    public void replay(Proposed trial, History before) {
        if (!trial.origin().isGiven()) {
            suggestion(turns.isModels(before.proposed()), before);
        }
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
}
