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
     * @param step the step that the run named beside the value, else the how-manieth value it is, from 1
     * @param value perhaps not finite
     * @return why the run is to be stopped; empty to let it go on
     */
    Optional<Stop> reported(double step, double value);

    /**
     * That a run is to be stopped.
     *
     * @param by who has decided so, in a word
     * @param why in a line
     */
    record Stop(String by, String why) {}
}
