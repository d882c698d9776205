package dev.chiron.agent.propose;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.prompts.describe.AgentHpoPrompt;
import dev.chiron.prompts.describe.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A model in two roles: it analyses each trial for a log of experiments, and proposes the next by that log: AgentHPO (Liu, Gao and Li, arXiv
 * 2402.01881).
 *
 * @param curves the values that a trial reported on the way, by its number
 */
public record AgentHpo(IntFunction<List<CurvePoint>> curves) implements Manner {

    @Override
    public List<String> prompts(Task task, History history) {
        AgentHpoPrompt prompts = new AgentHpoPrompt(task, curves, List.of());
        List<String> all = new ArrayList<>();
        AgentHpoPrompt.unread(history, List.of())
                .ifPresent(trial ->
                        all.add(prompts.analysis(trial, history, List.of()).text()));
        all.add(prompts.proposal(history, List.of()).text());
        return all;
    }

    @Override
    public Turn turn(Task task, Said said) {
        return new AgentHpoTurn(task, new AgentHpoPrompt(task, curves, said.notes()), said.remarks());
    }
}
