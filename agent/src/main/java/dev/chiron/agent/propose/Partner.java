package dev.chiron.agent.propose;

import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.Model;

/** Whoever an optimizer shares its turns with. */
public sealed interface Partner {

    /** Nobody: all turns are the optimizer's. */
    record Nobody() implements Partner {}

    /** A language model, or what answers in a model's place. */
    record Speaker(Model model, Turns turns, boolean required) implements Partner {}
}
