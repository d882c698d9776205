package dev.chiron.agent.propose;

import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.Model;
import dev.chiron.prompts.describe.PromptStyle;

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

    /**
     * A language model, or what answers in a model's place.
     *
     * @param required whether the study pauses, instead of going on with the optimizer alone, when the model cannot be
     *     reached
     * @param style of the prompts that it reads
     */
    record Speaker(Model model, Turns turns, boolean required, PromptStyle style) implements Partner {

        /** One that reads full prompts. */
        public Speaker(Model model, Turns turns, boolean required) {
            this(model, turns, required, PromptStyle.FULL);
        }

        @Override
        public String label() {
            return model.name();
        }
    }
}
