package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome.CurvePoint;
import java.util.ArrayList;
import java.util.List;

/** Points in order of arrival, thinned evenly so that there are never more than a thousand. */
final class Curve {

    private static final int MOST = 1000;

    private final List<CurvePoint> points = new ArrayList<>();
    private long seen;
    private long stride = 1;

    void add(CurvePoint point) {
        if (!Double.isFinite(point.value())) {
            return;
        }
        if (seen++ % stride != 0) {
            return;
        }
        if (points.size() == MOST) {
            thin();
            if ((seen - 1) % stride != 0) {
                return;
            }
        }
        points.add(point);
    }

    List<CurvePoint> points() {
        return List.copyOf(points);
    }

    private void thin() {
        List<CurvePoint> kept = new ArrayList<>();
        for (int i = 0; i < points.size(); i += 2) {
            kept.add(points.get(i));
        }
        points.clear();
        points.addAll(kept);
        stride *= 2;
    }
}
