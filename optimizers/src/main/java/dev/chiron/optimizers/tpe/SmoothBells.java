package dev.chiron.optimizers.tpe;

import java.util.Arrays;

/** Gaussians where every place has a density. */
final class SmoothBells implements Bells {

    private static final double SQRT_HALF = Math.sqrt(0.5);

    private final Scale scale;
    private final Ascending places; // the centres, but for the last number's
    private double last; // set
    private double[] inverses = new double[0]; // of the widths times the root of two
    private double[] logMasses = new double[0]; // inside the range, times a normal distribution's factor

    SmoothBells(Scale scale, Ascending places) {
        this.scale = scale;
        this.places = places;
    }

    @Override
    public void set(int number, double centre, double width) {
        if (number >= inverses.length) {
            inverses = Arrays.copyOf(inverses, Growth.of(number));
            logMasses = Arrays.copyOf(logMasses, inverses.length);
        }
        last = centre;
        inverses[number] = SQRT_HALF / width;
        logMasses[number] = Normal.logBetween((scale.low() - centre) / width, (scale.high() - centre) / width)
                + Math.log(width)
                + Normal.LOG_SQRT_2_PI;
    }

    @Override
    public double width(int number) {
        return SQRT_HALF / inverses[number];
    }

    @Override
    public boolean forgets() {
        return false;
    }

    @Override
    public void addLogDensity(double place, double[] sums) {
        double[] centres = places.asTheyCame();
        double[] steepness = inverses;
        int prior = sums.length - 1;
        for (int k = 0; k < prior; k++) {
            double z = (place - centres[k]) * steepness[k];
            sums[k] -= z * z;
        }
        double z = (place - last) * inverses[prior];
        sums[prior] -= z * z;
    }

    @Override
    public void addLogFactors(double[] sums) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] -= logMasses[k];
        }
    }
}
