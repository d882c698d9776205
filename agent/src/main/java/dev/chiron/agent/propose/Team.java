package dev.chiron.agent.propose;

import dev.chiron.agent.Proposer;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.prompts.describe.Task;

/**
 * Who proposes in a study, put together from its parts.
 *
 * @param optimizer the optimizer's method
 * @param tactics what stands around the optimizer on its turns
 * @param partner who takes the other turns
 */
public record Team(Method optimizer, Tactics tactics, Partner partner) {

    /** The team as a study has it, with the tactics that were measured best for the method. */
    public static Team of(Method method, Partner partner) {
        Method optimizer = partner instanceof Partner.Nobody ? method.alone() : method;
        return new Team(optimizer, method.tactics(), partner);
    }

    /**
     * The proposer that goes on from this optimizer.
     *
     * @param running the optimizer at its start, or as it was resumed
     * @param task what is tuned
     * @param seed for what is random beside the optimizer
     */
    public Proposer proposer(Optimizer running, Task task, long seed) {
        if (partner instanceof Partner.Speaker speaker) {
            return new CentaurProposer(
                    running, tactics, speaker.turns(), speaker.model(), task, speaker.required(), seed);
        }
        return new OptimizerProposer(running, tactics, task.space(), task.objective(), seed);
    }
}
