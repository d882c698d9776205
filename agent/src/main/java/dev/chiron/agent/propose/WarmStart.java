package dev.chiron.agent.propose;

import dev.chiron.agent.llm.Model;

/**
 * A model that proposes the first configs of a study, all in one reply.
 *
 * @param name of the model, as author of the turn
 * @param model asked when the baseline has been run
 * @param recalled the same model's recorded answers, for a study that goes on in the middle of its first configs
 * @param configs how many are wanted, 1 or more
 * @param required whether the study pauses, instead of beginning with the optimizer's, when the model cannot be reached
 */
public record WarmStart(String name, Model model, Model recalled, int configs, boolean required) {}
