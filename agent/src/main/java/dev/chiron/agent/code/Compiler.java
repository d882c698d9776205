package dev.chiron.agent.code;

import dev.chiron.optimizers.study.Change;
import java.util.Optional;

/** Reads an edited script as its language's compiler does, without running it. */
public interface Compiler {

    /** What is wrong with the script, in the compiler's words; empty if nothing is, or nobody can tell. */
    Optional<String> complaint(Change change) throws InterruptedException;
}
