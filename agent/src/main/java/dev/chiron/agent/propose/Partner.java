package dev.chiron.agent.propose;

import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.Model;

/** Whoever an optimizer shares its turns with. */
public sealed interface Partner {

    /** How users name it: as after {@code --llm}. */
    String label();

    /** Nobody: all turns are the optimizer's. */
    record Nobody() implements Partner {
        @Override
        public String label() {
            return "none";
        }
    }

    /** The incumbent with two parameters moved: what a model must beat. */
    record Perturb(Turns turns) implements Partner {

        /** How users name it, in a model's place. */
        public static final String NAME = "perturb";

        @Override
        public String label() {
            return NAME;
        }
    }

    /** A language model, or what answers in a model's place. */
    record Speaker(Model model, Turns turns, boolean required) implements Partner {
        @Override
        public String label() {
            return model.name();
        }
    }
}
