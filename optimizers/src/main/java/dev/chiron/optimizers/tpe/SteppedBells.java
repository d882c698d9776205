package dev.chiron.optimizers.tpe;

import java.util.Arrays;

/** Gaussians where a place stands for its cell: many are equal, and what is known of one holds for all that are. */
final class SteppedBells implements Bells {

    private final Scale scale;
    private Cells cells;
    private int[] rows = new int[0];

    SteppedBells(Scale scale) {
        this.scale = scale;
        this.cells = new Cells(scale);
    }

    @Override
    public void set(int number, double centre, double width) {
        if (number >= rows.length) {
            rows = Arrays.copyOf(rows, Growth.of(number));
        }
        rows[number] = cells.row(new Bell(centre, width));
    }

    @Override
    public double width(int number) {
        return cells.bell(rows[number]).width();
    }

    @Override
    public boolean forgets() {
        if (cells.isFull()) {
            cells = new Cells(scale);
            Arrays.fill(rows, 0);
            return true;
        }
        return false;
    }

    @Override
    public void addLogDensity(double place, double[] sums) {
        double[] column = cells.logMasses(place);
        for (int k = 0; k < sums.length; k++) {
            sums[k] += column[rows[k]];
        }
    }

    @Override
    public void addLogFactors(double[] sums) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] -= cells.logInside(rows[k]);
        }
    }
}
