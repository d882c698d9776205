package dev.chiron.agent.propose;

import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.AgentHpoPrompt;
import dev.chiron.prompts.describe.Task;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A model in two roles: it analyses each trial for a log of experiments, and proposes the next by that log: AgentHPO (Liu, Gao and Li, arXiv
 * 2402.01881).
 *
 * @param curves the values that a trial reported on the way, by its number
 */
public record AgentHpo(IntFunction<List<CurvePoint>> curves) implements Manner {

    /** The prompts of a turn, as they would be now; for an estimate of what it costs. Before the first trial the baseline stands for one. */
    @Override
    public List<String> prompts(Task task, History history) {
        AgentHpoPrompt prompts = new AgentHpoPrompt(task, curves, List.of());
        Trial last = AgentHpoPrompt.unread(history, List.of())
                .orElseGet(() -> new Trial(
                        0,
                        new Change.Settings(task.baseline()),
                        Origin.BASELINE,
                        new Outcome.Measured(1),
                        Duration.ZERO));
        return List.of(
                prompts.analysis(last, history, List.of()).text(),
                prompts.proposal(history, List.of()).text());
    }

    @Override
    public Turn turn(Task task, Said said) {
        return new AgentHpoTurn(task, new AgentHpoPrompt(task, curves, said.notes()), said.remarks());
    }
}
