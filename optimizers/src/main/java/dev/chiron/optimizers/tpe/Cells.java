package dev.chiron.optimizers.tpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The masses that Gaussians have in the cells of an axis: a row a Gaussian, a column a cell, made when they are asked for. */
final class Cells {

    private static final int ROWS_A_CELL = 8; // while observations are few, all widths change with each of them

    private final Scale scale;
    private final Map<Bell, Integer> rows = new LinkedHashMap<>();
    private final List<Bell> bells = new ArrayList<>();
    private final double[][] columns;
    private final int[] known; // rows a column has
    private double[] inside = new double[0];

    Cells(Scale scale) {
        this.scale = scale;
        this.columns = new double[scale.cells()][0];
        this.known = new int[columns.length];
    }

    /** Whether there are so many rows that most are out of use. */
    boolean isFull() {
        return bells.size() > ROWS_A_CELL * columns.length;
    }

    /** The row of a Gaussian, from 0. */
    int row(Bell bell) {
        Integer row = rows.putIfAbsent(bell, bells.size());
        if (row != null) {
            return row;
        }
        if (bells.size() == inside.length) {
            inside = Arrays.copyOf(inside, Growth.of(bells.size()));
        }
        inside[bells.size()] = logMass(bell, scale.low(), scale.high());
        bells.add(bell);
        return bells.size() - 1;
    }

    Bell bell(int row) {
        return bells.get(row);
    }

    /** The logarithm of a row's mass inside the range. */
    double logInside(int row) {
        return inside[row];
    }

    /** The logarithm of each row's mass in the cell of a place. */
    double[] logMasses(double place) {
        int cell = scale.cell(place);
        if (known[cell] < bells.size()) {
            double below = scale.cellBelow(place);
            double above = scale.cellAbove(place);
            columns[cell] = Arrays.copyOf(columns[cell], inside.length);
            for (int row = known[cell]; row < bells.size(); row++) {
                columns[cell][row] = logMass(bells.get(row), below, above);
            }
            known[cell] = bells.size();
        }
        return columns[cell];
    }

    private static double logMass(Bell bell, double low, double high) {
        return Normal.logBetween((low - bell.centre()) / bell.width(), (high - bell.centre()) / bell.width());
    }
}
