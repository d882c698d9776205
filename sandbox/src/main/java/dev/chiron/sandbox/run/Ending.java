package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome.Reason;

/** How a process came to its end. */
sealed interface Ending {

    /** By itself, or by someone else's signal: then the code is 128 and the signal's number. */
    record Exited(int code) implements Ending {}

    /** Stopped by us, for a limit. */
    record Stopped(Reason reason, String why) implements Ending {}

    /** Stopped by us, since who watched it wanted that. */
    record Recalled() implements Ending {}
}
