package dev.chiron.optimizers.cma;

/** With what population a run begins anew, at a random point, once the one before has converged. */
public enum RestartPolicy {
    /** The first population each time. */
    SAME,
    /** Twice the population of the run before (IPOP: Auger, Hansen 2005, "A Restart CMA Evolution Strategy"). */
    IPOP,
    /**
     * Two regimes that spend evaluations alike (BIPOP: Hansen 2009, "Benchmarking a BI-Population CMA-ES"): a large one,
     * whose population doubles, and a small one, whose population and width are random.
     */
    BIPOP
}
