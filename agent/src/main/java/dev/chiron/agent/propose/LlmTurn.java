package dev.chiron.agent.propose;

import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Pick;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.LlmPrompt;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.reply.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One config in one reply, asked for again with the reason where that is of no use. Values that are left out are TPE's where that has turns,
 * as in SLLMBO; else the script's, as with the first Centaur's agent: what stands by then draws blindly.
 */
final class LlmTurn implements Turn {

    private final Task task;
    private final LlmPrompt.Style style;
    private final LlmPrompt prompts;

    LlmTurn(Task task, LlmPrompt.Style style, LlmPrompt prompts) {
        this.task = task;
        this.style = style;
        this.prompts = prompts;
    }

    @Override
    public ModelTurns.Ending take(
            Panel.Member member,
            String key,
            History history,
            Suggestions.Suggestion suggestion,
            Function<Config, Optional<String>> doubts)
            throws InterruptedException {
        Prompt prompt = prompts.render(history);
        Suggestions.Suggestion left = style == LlmPrompt.Style.TPE
                ? suggestion
                : new Suggestions.Suggestion(task.baseline(), Origin.BASELINE);
        Ahead question = new Ahead(
                history.proposed(),
                history.trials().size(),
                key,
                left.config(),
                left.origin(),
                member.name(),
                prompt.template(),
                prompt.text());
        ModelTurns.Ending ending = new ModelTurns(member.model(), task.space(), 1).take(question, history, doubts);
        if (!(ending instanceof ModelTurns.Ending.Proposed proposed)) {
            return ending;
        }
        Candidate first = proposed.candidates().get(0);
        Pick pick = new Pick(proposed.candidates().size(), 1, first.forecast());
        return new ModelTurns.Ending.Proposed(List.of(first), proposed.turn().whenPicked(pick, first.repairs()));
    }
}
