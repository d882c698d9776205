package dev.chiron.optimizers.prune;

/**
 * Decides from its curve whether a run is worth going on with. A pure function: the same curves give the same decision, on any thread and
 * after any restart. Losses everywhere, so smaller is better.
 */
public interface Pruner {

    /**
     * To be asked after each value that is the first of its step.
     *
     * @param number of the run's trial
     * @param curve what it has reported so far, at least one value
     * @param past a snapshot of the runs that have ended; the run itself is not among them
     */
    Decision decide(int number, Curve curve, Past past);

    /**
     * What later decisions need of a run's curve, its last value always among it: little enough to be held in memory for every trial.
     *
     * @param past the runs that ended before it
     */
    Curve kept(Curve whole, Past past);
}
