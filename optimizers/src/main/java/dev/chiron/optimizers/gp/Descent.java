package dev.chiron.optimizers.gp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * L-BFGS in a box (Nocedal and Wright 2006, algorithm 7.4), with projection onto the box and Armijo's rule. Commons Math has
 * neither L-BFGS nor bounds for its gradient methods.
 */
final class Descent {

    private static final int HISTORY = 8;
    private static final double ARMIJO = 1e-4;
    private static final int HALVINGS = 12;

    private final double[] low;
    private final double[] high;
    private final int steps;
    private final double tolerance;
    private final Deque<double[][]> pairs = new ArrayDeque<>(); // steps and changes of the gradient, latest first

    /** @param tolerance the change of the value below which a step counts as the last */
    Descent(double[] low, double[] high, int steps, double tolerance) {
        this.low = low;
        this.high = high;
        this.steps = steps;
        this.tolerance = tolerance;
    }

    /** A function to be minimised. */
    interface Differentiable {

        /** The value at a point and its gradient; not finite where it cannot be computed. */
        Slope at(double[] point);
    }

    /** A value and its gradient. */
    static final class Slope {
        final double value;
        final double[] gradient;

        Slope(double value, double[] gradient) {
            this.value = value;
            this.gradient = gradient;
        }
    }

    /** Where it ends. */
    static final class Minimum {
        final double[] point;
        final double value;

        Minimum(double[] point, double value) {
            this.point = point;
            this.value = value;
        }
    }

    Minimum minimise(double[] start, Differentiable function) {
        pairs.clear();
        double[] x = clipped(start);
        Slope here = function.at(x);
        for (int step = 0; step < steps && Double.isFinite(here.value); step++) {
            double[] free = free(x, here.gradient);
            double[] direction = direction(free);
            if (dot(direction, free) >= 0) {
                pairs.clear();
                direction = direction(free);
            }
            double length = 1;
            double[] next = x;
            Slope there = here;
            boolean better = false;
            for (int halving = 0; halving < HALVINGS && !better; halving++, length /= 3) {
                next = moved(x, length, direction);
                there = function.at(next);
                better = there.value <= here.value + ARMIJO * dot(here.gradient, difference(next, x));
            }
            if (!better) {
                break;
            }
            remember(difference(next, x), difference(there.gradient, here.gradient));
            double gain = here.value - there.value;
            x = next;
            here = there;
            if (gain < tolerance) {
                break;
            }
        }
        return new Minimum(x, here.value);
    }

    /** The gradient without the coordinates that a step downhill would push out of the box. */
    private double[] free(double[] x, double[] gradient) {
        double[] free = gradient.clone();
        for (int i = 0; i < x.length; i++) {
            if ((x[i] <= low[i] && gradient[i] > 0) || (x[i] >= high[i] && gradient[i] < 0)) {
                free[i] = 0;
            }
        }
        return free;
    }

    private double[] direction(double[] gradient) {
        double[] q = gradient.clone();
        double[] factors = new double[pairs.size()];
        int k = 0;
        for (double[][] pair : pairs) {
            factors[k] = dot(pair[0], q) / dot(pair[0], pair[1]);
            add(q, -factors[k++], pair[1]);
        }
        double first = 0.3 / Math.max(1e-12, Math.sqrt(dot(gradient, gradient)));
        if (!pairs.isEmpty()) {
            double[][] latest = pairs.getFirst();
            first = dot(latest[0], latest[1]) / dot(latest[1], latest[1]);
        }
        for (int i = 0; i < q.length; i++) {
            q[i] *= first;
        }
        for (Iterator<double[][]> oldestFirst = pairs.descendingIterator(); oldestFirst.hasNext(); ) {
            double[][] pair = oldestFirst.next();
            add(q, factors[--k] - dot(pair[1], q) / dot(pair[0], pair[1]), pair[0]);
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = gradient[i] == 0 ? 0 : -q[i];
        }
        return q;
    }

    private void remember(double[] step, double[] change) {
        if (dot(step, change) > 1e-10 * dot(change, change)) {
            pairs.addFirst(new double[][] {step, change});
            if (pairs.size() > HISTORY) {
                pairs.removeLast();
            }
        }
    }

    private double[] moved(double[] x, double length, double[] direction) {
        double[] next = x.clone();
        add(next, length, direction);
        return clipped(next);
    }

    private double[] clipped(double[] x) {
        double[] inside = x.clone();
        for (int i = 0; i < x.length; i++) {
            inside[i] = Math.max(low[i], Math.min(high[i], x[i]));
        }
        return inside;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, -1, b);
        return difference;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
