package dev.chiron.agent.start;

import dev.chiron.agent.Proposer;
import dev.chiron.agent.llm.cost.Estimate;
import java.util.Optional;

/**
 * Who proposes in a study that is about to begin or to go on, and what is said of them.
 *
 * @param told the number of trials that the proposer knows already
 * @param method the name of who takes the turns
 * @param optimizer the name of the optimizer's method, or of the method itself where there is none
 * @param llm the models as users name them
 * @param estimate what the models will cost; empty if they cost nothing
 */
record Cast(Proposer proposer, int told, String method, String optimizer, String llm, Optional<Estimate> estimate) {}
