package dev.chiron.prompts.reply;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.util.Optional;

/** What a model says of one constant. */
public sealed interface Advice {

    /**
     * Search it over this range, which holds the script's own value.
     *
     * @param start where the search begins, in the range; empty for the script's own value
     * @param why in a line; may be empty
     */
    record Search(Parameter parameter, Optional<Value> start, String why) implements Advice {

        /** From the script's own value, without a reason. */
        public Search(Parameter parameter) {
            this(parameter, Optional.empty(), "");
        }
    }

    /** Do not tune it, for a reason of one line. */
    record Leave(String why) implements Advice {}
}
