package dev.chiron.optimizers.prune;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is left of the runs that have ended, in the order in which they did. Immutable: a snapshot for any thread. */
public final class Past {

    /** Of no runs. */
    public static final Past NONE = new Past(new Ended[0], 0, 0);

    private final Ended[] runs;
    private final int measured;
    private final double whole;

    private Past(Ended[] runs, int measured, double whole) {
        this.runs = runs;
        this.measured = measured;
        this.whole = whole;
    }

    /**
     * A run that has ended.
     *
     * @param number of its trial
     * @param curve what a pruner {@linkplain Pruner#kept wants kept} of its curve; grows no more
     * @param loss what was measured; empty if it was pruned or failed
     */
    public record Ended(int number, Curve curve, OptionalDouble loss) {}

    /** The same and one run more. */
    public Past with(Ended run) {
        Ended[] more = Arrays.copyOf(runs, runs.length + 1);
        more[runs.length] = run;
        return run.loss().isPresent()
                ? new Past(more, measured + 1, Math.max(whole, run.curve().lastStep()))
                : new Past(more, measured, whole);
    }

    /** What is known of the trials with lower numbers alone. */
    public Past below(int number) {
        Past below = NONE;
        for (Ended run : runs) {
            below = run.number() < number ? below.with(run) : below;
        }
        return below;
    }

    /** All of them. */
    public List<Ended> runs() {
        return Collections.unmodifiableList(Arrays.asList(runs));
    }

    /** How far the longest run came that ended by itself and was measured: its last step; 0 without one. */
    public double whole() {
        return whole;
    }

    /** How many were measured. */
    int measured() {
        return measured;
    }

    /** The last step of the first that was measured and reported anything. */
    OptionalDouble firstLength() {
        return Arrays.stream(runs)
                .filter(run -> run.loss().isPresent() && run.curve().size() > 0)
                .mapToDouble(run -> run.curve().lastStep())
                .findFirst();
    }

    /** The one with the lowest loss, of equals that with the lowest number. */
    public Optional<Ended> best() {
        return Arrays.stream(runs)
                .filter(run -> run.loss().isPresent())
                .min(Comparator.<Ended>comparingDouble(run -> run.loss().orElseThrow())
                        .thenComparing(Ended::number));
    }
}
