package dev.chiron.agent.report;

import dev.chiron.agent.propose.Method;
import dev.chiron.optimizers.study.Origin;

/** Who proposes, for people who see such a word for the first time. */
final class Proposers {

    private Proposers() {}

    static String said(Origin origin) {
        return switch (origin) {
            case BASELINE -> "the script as it was";
            case LLM -> "a language model";
            case LLM_REPAIRED -> "a language model, whose proposal had to be mended";
            case BUILTIN -> "rules of thumb in a language model's place";
            case WARM_START -> "a language model, before anything but the baseline was known";
            case IMPORTED -> "the best of earlier results, run here again";
            case LOCAL_MOVE -> "the best so far with a few values moved";
            case PERTURB -> "the best so far with two values moved at random";
            case PERSON -> "somebody who wanted it tried";
            case AGENT -> "a program that wanted it tried";
            case TOLD -> "measured elsewhere and told; nothing was run here";
            case REPEAT -> "a config run again on purpose, for the noise in its value";
            case ABLATION -> "the best without one edit, to tell what that is worth";
            case CONTINUED -> "a member of a population that went on as it was";
            case EXPLORED -> "a better member's training with its values moved, in place of a worse one's";
            case REPLICA -> "a replica, with one parameter's value beside the common base";
            case PROMOTED -> "a config that was among the best of those trained as long, trained longer";
            case LEAN -> "the best without the edits that do nothing";
            default -> Method.labelled(origin.label()).map(Method::line).orElse("a method of Chiron's");
        };
    }
}
