package dev.chiron.optimizers.cma;

import java.util.ArrayList;
import java.util.List;

/** Arrays for arithmetic, lists for states. */
final class Vectors {

    private Vectors() {}

    static List<Double> list(double[] vector) {
        List<Double> list = new ArrayList<>(vector.length);
        for (double x : vector) {
            list.add(x);
        }
        return List.copyOf(list);
    }

    static double[] array(List<Double> list) {
        double[] vector = new double[list.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = list.get(i);
        }
        return vector;
    }

    static List<List<Double>> rows(double[][] matrix) {
        List<List<Double>> rows = new ArrayList<>(matrix.length);
        for (double[] row : matrix) {
            rows.add(list(row));
        }
        return List.copyOf(rows);
    }

    static double[][] matrix(List<List<Double>> rows) {
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = array(rows.get(i));
        }
        return matrix;
    }

    static double norm(double[] vector) {
        double squares = 0;
        for (double x : vector) {
            squares += x * x;
        }
        return Math.sqrt(squares);
    }

    /** {@code to += factor * vector}, in place. */
    static void add(double[] to, double factor, double[] vector) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * vector[i];
        }
    }

    static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }
}
