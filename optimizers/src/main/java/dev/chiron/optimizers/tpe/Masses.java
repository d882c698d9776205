package dev.chiron.optimizers.tpe;

import java.util.Arrays;

/** The masses of an axis' kernels inside its range: kept, because most kernels are the same in the next mixture. */
final class Masses {

    private double[] centres = new double[0]; // a running config's number goes to another one later
    private double[] widths = new double[0];
    private double[] logs = new double[0];

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

    static double inside(Scale scale, double centre, double width) {
        return Normal.logBetween((scale.low() - centre) / width, (scale.high() - centre) / width);
    }
}
