package dev.chiron.sandbox.run;

import java.util.Optional;

/** Looks on while a run reports its metric, and may have it stopped. One watch sees one run. */
@FunctionalInterface
public interface Watch {

    /** Lets every run come to its own end. */
    Watch NONE = (step, value) -> Optional.empty();

    /**
     * The run has reported a value. Called as the output is read, in the order in which the values were printed and by no two threads at
     * once; not again once the run is to be stopped. What is decided depends on nothing that was printed later, so it is the same however
     * fast the run goes on meanwhile.
     *
     * <p>One that {@linkplain #thinks thinks} is asked on a thread of its own, which is interrupted when the run is given up.
     *
     * @param step the step that the run named beside the value, else the how-manieth value it is, from 1
     * @param value perhaps not finite
     * @return why the run is to be stopped; empty to let it go on
     */
    Optional<Stop> reported(double step, double value);

    /** Whether it may take long over a value: then the run and its limits go on meanwhile, and its end waits for what is still to be decided. */
    default boolean thinks() {
        return false;
    }

    /**
     * That a run is to be stopped.
     *
     * @param by who has decided so, in a word
     * @param why in a line
     */
    record Stop(String by, String why) {}
}
