package dev.chiron.agent.propose;

import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.describe.Task;
import java.util.List;

/** How a model is asked that proposes by itself, and not as a colleague of an optimizer. */
public sealed interface Manner permits Llambo, Llm, OptoPrime, AgentHpo {

    /** The prompts of a turn, as they would be now; for an estimate of what it costs. */
    List<String> prompts(Task task, History history);

    /**
     * A turn in this manner.
     *
     * @param said what was said beside the trials
     */
    Turn turn(Task task, Said said);
}
