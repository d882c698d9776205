package dev.chiron.agent.propose;

import dev.chiron.agent.llm.Model;
import dev.chiron.prompts.describe.Context;
import java.util.List;

/**
 * Models of which one proposes the first configs of a study, all in one reply: the first that can, as it would have the first of the
 * models' turns.
 *
 * @param askers in the order in which they are asked, one or more
 * @param configs how many are wanted, 1 or more
 * @param context what they are told of the task
 * @param required whether the study pauses, instead of beginning with the optimizer's, when none of the models can be reached
 */
public record WarmStart(List<Asker> askers, int configs, Context context, boolean required) {

    /** Copies the list. */
    public WarmStart {
        askers = List.copyOf(askers);
    }

    /**
     * One of the models.
     *
     * @param name of the model, as author of the turn
     * @param model asked when the baseline has been run
     * @param recalled the same model's recorded answers, for a study that goes on in the middle of its first configs
     */
    public record Asker(String name, Model model, Model recalled) {}

    /** How users name the one that is asked first. */
    String llm() {
        return askers.get(0).model().name();
    }
}
