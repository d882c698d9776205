package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run reports that goes on elsewhere, shown to a watch here value by value. What the watch decides stands, however far the run has come
 * by then. For one thread.
 */
public final class Reported {

    private final Watched watched;
    private final Curve curve = new Curve();
    private Optional<CurvePoint> last = Optional.empty();

    /** @param watch of this run alone */
    public Reported(Watch watch) {
        this.watched = new Watched(watch);
    }

    /** The run has reported a value, in the order in which it did; not looked at once the run is to be stopped. */
    public void value(double step, double value) {
        if (watched.isOver()) {
            return;
        }
        last.ifPresent(curve::add);
        last = Optional.of(new CurvePoint(step, value));
        watched.reported(step, value);
    }

    /** Whether the run is to be stopped. */
    public boolean isOver() {
        return watched.isOver();
    }

    /**
     * What the run counts as where it is to be stopped; empty where its own end counts.
     *
     * @throws RuntimeException if the watch broke
     */
    public Optional<Outcome> recalled() {
        List<CurvePoint> all = new ArrayList<>(curve.points());
        last.filter(point -> Double.isFinite(point.value())).ifPresent(all::add);
        return watched.close().map(stop -> recalled(stop, last.orElseThrow(), all));
    }

    /** What a run counts as that is to be stopped at its last value. */
    static Outcome recalled(Watch.Stop stop, CurvePoint last, List<CurvePoint> curve) {
        return Double.isFinite(last.value())
                ? new Outcome.Pruned(last.value(), last.step(), stop.by(), stop.why(), curve)
                : new Outcome.Failed(
                        Reason.DIVERGED,
                        "the metric became " + last.value() + " at step " + Numbers.text(last.step()) + ": stopped by "
                                + stop.by());
    }
}
