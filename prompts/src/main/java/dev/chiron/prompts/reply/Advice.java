package dev.chiron.prompts.reply;

import dev.chiron.optimizers.space.Parameter;

/** What a model says of one constant. */
public sealed interface Advice {

    /** Search it over this range, which holds the script's own value. */
    record Search(Parameter parameter) implements Advice {}

    /** Do not tune it, for a reason of one line. */
    record Leave(String why) implements Advice {}
}
