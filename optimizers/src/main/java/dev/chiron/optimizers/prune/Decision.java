package dev.chiron.optimizers.prune;

/** Whether a run goes on after what it has just reported. */
public sealed interface Decision {

    /** It goes on. */
    Decision GO_ON = new GoOn();

    /** It goes on. */
    record GoOn() implements Decision {}

    /**
     * It is stopped.
     *
     * @param loss by which it was judged; NaN where it reported no number
     * @param bar the loss that would have let it go on; NaN where there is none
     * @param of what that is, as the end of a sentence: {@code the median of 7 runs there}
     */
    record Stop(double loss, double bar, String of) implements Decision {}

    /**
     * It is stopped, because of where it would end.
     *
     * @param bar the best loss so far
     * @param best the trial that has it
     * @param chance how likely it would have ended below that
     */
    record Unpromising(Forecaster.Forecast forecast, double bar, int best, double chance) implements Decision {}

    /**
     * Somebody is to be asked, who sees more than curves.
     *
     * @param look the how-manieth time a run comes to be asked about, from 0
     */
    record Ask(int look) implements Decision {}
}
