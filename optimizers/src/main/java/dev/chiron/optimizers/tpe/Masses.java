package dev.chiron.optimizers.tpe;

import java.util.Arrays;

/**
 * The masses of an axis' kernels, inside its range and in its cells: kept, because most kernels are the same in the next mixture,
 * and most of them as narrow as they may be.
 */
final class Masses {

    private double[] centres = new double[0]; // a running config's number goes to another one later
    private double[] widths = new double[0];
    private double[] logs = new double[0];
    private double tableWidth = Double.NaN;
    private double[][] table = new double[0][]; // by the cell of the place, then by that of the centre

    /** The logarithm of the mass inside the range of the kernel on the observation of that number. */
    double of(int observation, double centre, double width, Scale scale) {
        if (observation >= logs.length) {
            int old = logs.length;
            int size = Math.max(16, 2 * observation);
            centres = Arrays.copyOf(centres, size);
            widths = Arrays.copyOf(widths, size);
            logs = Arrays.copyOf(logs, size);
            Arrays.fill(widths, old, size, Double.NaN);
        }
        if (widths[observation] != width || centres[observation] != centre) {
            centres[observation] = centre;
            widths[observation] = width;
            logs[observation] = inside(scale, centre, width);
        }
        return logs[observation];
    }

    /** The logarithm of a kernel's mass in the cell of a place; looked up where the kernel is a narrowest one. */
    double inCell(double place, double centre, double width, boolean narrowest, Scale scale) {
        if (!narrowest) {
            return cell(place, centre, width, scale);
        }
        if (tableWidth != width) {
            tableWidth = width;
            table = new double[scale.cells()][];
        }
        int at = scale.cell(place);
        if (table[at] == null) {
            table[at] = new double[scale.cells()];
            Arrays.fill(table[at], Double.NaN);
        }
        int of = scale.cell(centre);
        if (Double.isNaN(table[at][of])) {
            table[at][of] = cell(place, centre, width, scale);
        }
        return table[at][of];
    }

    private static double cell(double place, double centre, double width, Scale scale) {
        return Normal.logBetween((scale.cellBelow(place) - centre) / width, (scale.cellAbove(place) - centre) / width);
    }

    static double inside(Scale scale, double centre, double width) {
        return Normal.logBetween((scale.low() - centre) / width, (scale.high() - centre) / width);
    }
}
