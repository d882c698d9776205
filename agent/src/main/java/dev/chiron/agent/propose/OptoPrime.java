package dev.chiron.agent.propose;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.prompts.describe.OptoPrimePrompt;
import dev.chiron.prompts.describe.Program;
import dev.chiron.prompts.describe.Task;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A model that changes the values of the last run by the feedback on it: OptoPrime (Cheng, Nie and Swaminathan, arXiv 2406.16218).
 *
 * @param memory how many runs before the last it is shown, 0 to {@value #MOST}
 * @param program what is run
 * @param curves the values that a trial reported on the way, by its number
 */
public record OptoPrime(int memory, Program program, IntFunction<List<CurvePoint>> curves) implements Manner {

    /** More would have no room. */
    public static final int MOST = 100;

    /** The source has 0, and its model therefore proposes again what has run. */
    public static final int MEMORY = 10;

    /** Checks the range. */
    public OptoPrime {
        if (memory < 0 || memory > MOST) {
            throw new IllegalArgumentException("memory is 0 to " + MOST + ": " + memory);
        }
    }

    @Override
    public List<String> prompts(Task task, History history) {
        return List.of(prompts(task, List.<String>of()).render(history).text());
    }

    private OptoPrimePrompt prompts(Task task, List<String> notes) {
        return new OptoPrimePrompt(task, program, memory, curves, notes);
    }

    @Override
    public Turn turn(Task task, Said said) {
        OptoPrimePrompt prompts = prompts(task, said.notes());
        return new LlmTurn(
                task.space(),
                prompts::render,
                (history, suggestion) -> new Suggestions.Suggestion(prompts.variables(history), Origin.BASELINE));
    }
}
