package dev.chiron.optimizers.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What came of a trial. */
public sealed interface Outcome {

    /**
     * The run ended well and printed its metric.
     *
     * @param holdout the metric on data that decide only what is kept; empty where it was not measured. No model sees it.
     */
    record Measured(double value, Map<String, Double> metrics, List<CurvePoint> curve, OptionalDouble holdout)
            implements Outcome {
        /** @throws IllegalArgumentException if the value is not finite: such a run {@link Reason#DIVERGED} */
        public Measured {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a measured value is finite, not " + value);
            }
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
            curve = List.copyOf(curve);
        }

        /** One without a hold-out. */
        public Measured(double value, Map<String, Double> metrics, List<CurvePoint> curve) {
            this(value, metrics, curve, OptionalDouble.empty());
        }

        @Override
        public Measured withoutCurve() {
            return new Measured(value, metrics, List.of(), holdout);
        }

        /** The run by another of its metrics than that which its value is of; one without it has none. */
        Outcome by(String metric, String other) {
            if (metric.equals(other)) {
                return this;
            }
            Double found = metrics.get(other);
            return found == null
                    ? new Failed(Reason.NO_METRIC, "no value of " + other)
                    : new Measured(found, metrics, List.of());
        }

        /** A value alone. */
        public Measured(double value) {
            this(value, Map.of(), List.of());
        }

        @Override
        public String status() {
            return "measured";
        }
    }

    /**
     * The run was measured and breaks what must hold of its metrics: shown with its value, and never the best.
     *
     * @param broken the conditions that it breaks, as they were written; at least one
     * @param violation by how much, relative to the conditions' right sides, summed; above 0
     */
    record Infeasible(Measured measured, List<String> broken, double violation) implements Outcome {
        /** Copies the conditions. */
        public Infeasible {
            broken = List.copyOf(broken);
        }

        @Override
        public Infeasible withoutCurve() {
            return new Infeasible(measured.withoutCurve(), broken, violation);
        }

        @Override
        public String status() {
            return "infeasible";
        }
    }

    /**
     * The run ended well and was only a part of a training: its value is compared with those of equal parts alone, and it is never the best.
     *
     * @param fidelity how much of a training it was, less than the whole
     */
    record Partial(Measured measured, Fidelity fidelity) implements Outcome {
        @Override
        public Partial withoutCurve() {
            return new Partial(measured.withoutCurve(), fidelity);
        }

        @Override
        public String status() {
            return "partial";
        }
    }

    /** The run failed; {@code detail} says how, in a line or a few. */
    record Failed(Reason reason, String detail) implements Outcome {
        @Override
        public String status() {
            return "failed";
        }
    }

    /**
     * The run was stopped early because its curve promised nothing.
     *
     * @param value the last one seen
     * @param step how far it came: the step of that value; 0 where that is not known
     * @param by who stopped it, such as {@code median}; empty where that is not known
     * @param why in a line; may be empty
     * @param curve the values up to the last one
     */
    record Pruned(double value, double step, String by, String why, List<CurvePoint> curve) implements Outcome {
        public Pruned {
            curve = List.copyOf(curve);
        }

        /** One stopped elsewhere, at the last step of its curve. */
        public Pruned(double value, List<CurvePoint> curve) {
            this(value, curve.isEmpty() ? 0 : curve.get(curve.size() - 1).step(), "", "", curve);
        }

        @Override
        public Pruned withoutCurve() {
            return new Pruned(value, step, by, why, List.of());
        }

        @Override
        public String status() {
            return "pruned";
        }
    }

    /** A value reported on the way: the how-manieth report it was, or the step that the script named. */
    record CurvePoint(double step, double value) {}

    /** Why a run failed. */
    enum Reason {
        OUT_OF_MEMORY("out-of-memory"),
        TIMED_OUT("timed-out"),
        DIVERGED("diverged"),
        CRASHED("crashed"),
        NO_METRIC("no-metric"),
        REFUSED("refused"),
        /** An edited script gave a value that nobody but itself vouches for. */
        UNVERIFIED("unverified"),
        /** The machine broke, not the config: never told to an optimizer, and retried. */
        INFRASTRUCTURE("infrastructure");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** The name used in journals, events and tables. */
        public String label() {
            return label;
        }

        /** The reason with that label. */
        public static Optional<Reason> labelled(String label) {
            return Stream.of(values())
                    .filter(reason -> reason.label.equals(label))
                    .findFirst();
        }
    }

    /** The same without the curve of a run that came to its end. */
    default Outcome withoutCurve() {
        return this;
    }

    /** {@code measured}, {@code infeasible}, {@code partial}, {@code failed} or {@code pruned}. */
    String status();
}
