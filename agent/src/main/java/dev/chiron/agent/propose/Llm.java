package dev.chiron.agent.propose;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.prompts.describe.LlmPrompt;
import dev.chiron.prompts.describe.Task;
import java.util.List;

/**
 * A model that names the next config: the first Centaur's agent for hyperparameters, and the two ways of Zhang et al. (arXiv 2312.04528);
 * by score, OPRO's (arXiv 2309.03409); or,
 * where TPE has the other turns, SLLMBO's (arXiv 2410.20302). Values that are left out are TPE's there, and else the script's, as with the first
 * Centaur's agent: what stands by then draws blindly.
 *
 * @param style how what has happened is told
 */
public record Llm(LlmPrompt.Style style) implements Manner {

    @Override
    public List<String> prompts(Task task, History history) {
        return List.of(new LlmPrompt(task, style, List.of()).render(history).text());
    }

    @Override
    public Turn turn(Task task, Said said) {
        return new LlmTurn(
                task.space(),
                new LlmPrompt(task, style, said.notes())::render,
                (history, suggestion) -> style == LlmPrompt.Style.TPE
                        ? suggestion
                        : new Suggestions.Suggestion(task.baseline(), Origin.BASELINE));
    }
}
