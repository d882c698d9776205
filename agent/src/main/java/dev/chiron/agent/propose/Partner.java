package dev.chiron.agent.propose;

import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.Model;
import dev.chiron.prompts.describe.PromptStyle;
import java.util.Optional;

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
     * Language models, or what answers in their place.
     *
     * @param required whether the study pauses, instead of going on with the optimizer alone, when none of them can be reached
     * @param manner how they propose by themselves; empty where they do as Centaur, beside an optimizer whose state they see
     */
    record Speaker(Panel panel, Turns turns, boolean required, Optional<Manner> manner) implements Partner {

        /** Models that share Centaur's turns. */
        public Speaker(Panel panel, Turns turns, boolean required) {
            this(panel, turns, required, Optional.empty());
        }

        /** One alone, that reads full prompts. */
        public Speaker(Model model, Turns turns, boolean required) {
            this(Panel.of(model, PromptStyle.FULL), turns, required);
        }

        @Override
        public String label() {
            return panel.label();
        }
    }
}
