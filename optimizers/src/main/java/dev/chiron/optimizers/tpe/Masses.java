package dev.chiron.optimizers.tpe;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of an axis' kernels from earlier mixtures: most of them are the same in the next one. */
final class Masses {

    /** The number of an observation that has none yet, or of which too little is asked to remember it. */
    static final int UNKEPT = -1;

    private static final int ROWS_A_CELL =
            8; // then all are forgotten: while observations are few, widths change with each

    /** A kernel on an axis of cells. */
    static final class Row {

        private final Bell bell;
        private final double inside;
        private final double[] cells; // not a number where it was never asked for

        private Row(Bell bell, Scale scale) {
            this.bell = bell;
            this.inside = logMass(bell, scale.low(), scale.high());
            this.cells = new double[scale.cells()];
            Arrays.fill(cells, Double.NaN);
        }

        /** The logarithm of the mass inside the range. */
        double inside() {
            return inside;
        }

        /** The logarithm of the mass in the cell of a place. */
        double at(int cell, double place, Scale scale) {
            if (Double.isNaN(cells[cell])) {
                cells[cell] = logMass(bell, scale.cellBelow(place), scale.cellAbove(place));
            }
            return cells[cell];
        }
    }

    private final Map<Bell, Row> rows = new LinkedHashMap<>();
    private double[] widths = new double[0];
    private double[] logs = new double[0];

    /**
     * What a kernel's exponent is divided by, on an axis without cells: the logarithm of its mass inside the range and of a normal
     * distribution's factor.
     *
     * @param observation by whose number it is kept, since the observation's place never changes; {@link #UNKEPT} for not
     */
    double scaling(int observation, double centre, double width, Scale scale) {
        if (observation == UNKEPT) {
            return scaling(centre, width, scale);
        }
        if (observation >= logs.length) {
            int old = logs.length;
            int size = observation + observation / 8 + 16; // a trial's share of memory counts more than the copying
            widths = Arrays.copyOf(widths, size);
            logs = Arrays.copyOf(logs, size);
            Arrays.fill(widths, old, size, Double.NaN);
        }
        if (widths[observation] != width) {
            widths[observation] = width;
            logs[observation] = scaling(centre, width, scale);
        }
        return logs[observation];
    }

    private static double scaling(double centre, double width, Scale scale) {
        return logMass(new Bell(centre, width), scale.low(), scale.high()) + Math.log(width) + Normal.LOG_SQRT_2_PI;
    }

    /** The row of a kernel on an axis with cells. */
    Row row(Bell bell, Scale scale) {
        if (rows.size() > ROWS_A_CELL * scale.cells()) {
            rows.clear();
        }
        return rows.computeIfAbsent(bell, absent -> new Row(absent, scale));
    }

    private static double logMass(Bell bell, double low, double high) {
        return Normal.logBetween((low - bell.centre()) / bell.width(), (high - bell.centre()) / bell.width());
    }
}
