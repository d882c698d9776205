package dev.chiron.agent.describe;

import dev.chiron.optimizers.space.Parameter;

/** What a request says of one constant. */
sealed interface Wish {

    /** In the request's own words. */
    String clause();

    /** The words, as the reason that they are. */
    default String why() {
        return "\"" + clause() + "\"";
    }

    /** Not to be tuned. */
    record Alone(String clause) implements Wish {}

    /** To be searched over this range, which holds the script's own value. */
    record Within(String clause, Parameter parameter) implements Wish {}

    /** To be searched in powers of two, of which the script's own value is one. */
    record Powers(String clause) implements Wish {}
}
