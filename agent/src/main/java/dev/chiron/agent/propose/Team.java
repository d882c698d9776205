package dev.chiron.agent.propose;

import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Ahead;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.prompts.describe.Task;
import java.util.Optional;

/**
 * Who proposes in a study, put together from its parts.
 *
 * @param optimizer the optimizer's method
 * @param tactics what stands around the optimizer on its turns
 * @param partner who takes the other turns
 * @param warmStart who proposes the first configs; empty if nobody does
 */
public record Team(Method optimizer, Tactics tactics, Partner partner, Optional<WarmStart> warmStart) {

    /** A team without a warm start. */
    public Team(Method optimizer, Tactics tactics, Partner partner) {
        this(optimizer, tactics, partner, Optional.empty());
    }

    /**
     * The team as a study has it. The control takes the place of the local moves, so that what it is beside a model is what the
     * model is beside it.
     */
    public static Team of(Method optimizer, Partner partner) {
        Tactics tactics = optimizer.tactics();
        return new Team(optimizer, partner instanceof Partner.Perturb ? tactics.withoutLocal() : tactics, partner);
    }

    /** The same without moves of the incumbent among the optimizer's turns. */
    public Team withoutLocal() {
        return new Team(optimizer, tactics.withoutLocal(), partner, warmStart);
    }

    /** The same after an edit of the space that opened something when there were so many trials. */
    public Team editedAt(int trials) {
        return new Team(optimizer, tactics.editedAt(trials), partner, warmStart);
    }

    /** The same with a model that proposes the first configs. */
    public Team with(WarmStart first) {
        return new Team(optimizer, tactics, partner, Optional.of(first));
    }

    /** What models there are, as users name them: all that share turns, else the one with the first configs. */
    public String llm() {
        return partner instanceof Partner.Speaker
                ? partner.label()
                : warmStart.map(WarmStart::llm).orElseGet(partner::label);
    }

    /**
     * The proposer that goes on from this optimizer.
     *
     * @param running the optimizer at its start, or as it was resumed
     * @param ahead the model's question that was ready then; empty at the start
     * @param task what is tuned
     * @param seed for what is random beside the optimizer
     */
    public Proposer proposer(Optimizer running, Optional<Ahead> ahead, Task task, long seed) {
        Proposer turns = turns(running, ahead, task, seed);
        return warmStart
                .<Proposer>map(first -> new WarmStartProposer(first, task, turns))
                .orElse(turns);
    }

    private Proposer turns(Optimizer running, Optional<Ahead> ahead, Task task, long seed) {
        if (partner instanceof Partner.Speaker speaker) {
            return speaker.manner()
                    .<Proposer>map(manner -> new SoloProposer(running, tactics, speaker, manner, task, seed))
                    .orElseGet(() -> new CentaurProposer(running, tactics, speaker, task, ahead, seed));
        }
        if (partner instanceof Partner.Perturb perturb) {
            return new PerturbProposer(running, tactics, perturb.turns(), task, seed);
        }
        return new OptimizerProposer(running, tactics, task.space(), task.objective(), seed);
    }
}
