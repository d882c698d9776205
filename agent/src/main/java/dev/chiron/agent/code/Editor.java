package dev.chiron.agent.code;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Patch;
import dev.chiron.prompts.describe.CodePrompt;
import dev.chiron.prompts.describe.EditForm;
import dev.chiron.prompts.reply.PatchReader;
import dev.chiron.sandbox.run.Execution;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The models that edit a script, and what they need to do so. */
public final class Editor {

    /** A question and two more. */
    private static final int ATTEMPTS = 3;

    /** A script that ends with an error so soon has cost next to nothing. */
    private static final Duration SOON = Duration.ofSeconds(10);

    /** What the detail of an evaluator's failure begins with: nothing that it prints is for a model. */
    private static final String EVALUATOR = "the evaluator: ";

    private final Panel panel;
    private final Workbench bench;
    private CodePrompt prompts;
    private final Ladder ladder = new Ladder();

    /** An editor that knows of no trial yet. */
    public Editor(Panel panel, Workbench bench, CodePrompt prompts) {
        this.panel = panel;
        this.bench = bench;
        this.prompts = prompts;
    }

    /** What a person wants the next questions to say, all of it. */
    void note(List<String> notes) {
        prompts = prompts.withNotes(notes);
    }

    /**
     * One turn, whose end depends on nothing but the trials and what is answered.
     *
     * @param turn how many turns for this trial have brought nothing so far
     * @param from what is edited
     */
    EditTurn.Ending take(int turn, Change from, History history) throws InterruptedException {
        String key = key(history) + (turn == 0 ? "" : "." + turn);
        Panel.Member member = panel.next(history.proposed(), key);
        EditForm form = ladder.form(member.name());
        String text = bench.text(from);
        EditTurn.Ending ending = new EditTurn(member.model(), member.name(), new PatchReader(form, text))
                .take(
                        key,
                        0,
                        ATTEMPTS,
                        prompts.render(text, history, form),
                        (idea, patch) -> bench.draft(from, patch, idea));
        ladder.learn(ending.turn());
        return ending;
    }

    private static String key(History history) {
        return String.format(Locale.ROOT, "%04d", history.trials().size());
    }

    /**
     * One more try for an edit that ended with an error at once; empty if it did not. Where the model does not mend it, the same
     * proposal with what asking has cost.
     */
    Optional<Proposal.Try> mended(Proposal.Try broken, Execution execution, History history)
            throws InterruptedException {
        if (!(broken.change() instanceof Change.Edit edit)
                || broken.turn().isEmpty()
                || broken.origin() != Origin.LLM
                || !crashedSoon(execution)) {
            return Optional.empty();
        }
        ModelTurn turn = broken.turn().get();
        Panel.Member member = panel.named(turn.asked().author())
                .orElseGet(() -> panel.next(history.proposed(), turn.asked().key()));
        Change from = history.incumbent().orElseThrow().change();
        EditForm form = ladder.form(member.name());
        EditTurn.Ending ending = new EditTurn(
                        member.model(),
                        member.name(),
                        new PatchReader(form, edit.script().text()))
                .take(
                        turn.asked().key(),
                        ATTEMPTS,
                        1,
                        prompts.repair(edit.script(), execution.took(), execution.tail(), form),
                        (idea, patch) -> bench.mend(from, edit, patch));
        return ending instanceof EditTurn.Ending.Edited mended
                ? Optional.of(new Proposal.Try(
                        mended.change(), Origin.LLM_REPAIRED, Optional.of(turn.whenMended(mended.turn()))))
                : Optional.of(new Proposal.Try(
                        edit,
                        broken.origin(),
                        Optional.of(turn.whenNotMended(ending.turn().usage()))));
    }

    private static boolean crashedSoon(Execution execution) {
        return execution.outcome() instanceof Outcome.Failed failed
                && failed.reason() == Outcome.Reason.CRASHED
                && !failed.detail().startsWith(EVALUATOR)
                && execution.took().compareTo(SOON) <= 0;
    }

    /**
     * Somebody's edit of the incumbent, held to the same as a model's.
     *
     * @throws BadInput if it cannot be run, and why
     */
    Change.Edit rewritten(Patch patch, String idea, History history) throws InterruptedException {
        Change from = history.incumbent()
                .orElseThrow(() -> new BadInput("nothing was measured yet: run the baseline first"))
                .change();
        Draft draft = bench.draft(from, patch, idea);
        if (draft instanceof Draft.Refused refused) {
            throw new BadInput(refused.reason());
        }
        return ((Draft.Ready) draft).change();
    }

    /**
     * Learns from a trial, whoever proposed it.
     *
     * @param before the trials before it
     */
    void observe(Entry entry, History before) {
        Origin origin = entry.trial().origin();
        boolean isIdea = origin.isModel() || origin.isWished();
        if (isIdea && entry.trial().change() instanceof Change.Edit edit) {
            bench.remember(
                    entry.trial().number(), before.incumbent().orElseThrow().change(), edit);
        }
        entry.turn().ifPresent(ladder::learn);
        panel.learn(entry, before);
    }
}
