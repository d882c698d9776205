package dev.chiron.optimizers.cma;

import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** A covariance matrix with all its correlations. */
final class FullCovariance implements Covariance {

    private final double[][] c;
    private final double[] lengths; // the diagonal of D
    private final RealMatrix axes; // B

    /** Takes the rows over: symmetric, none where there is no dimension. */
    FullCovariance(double[][] rows) {
        this.c = rows;
        this.lengths = new double[rows.length];
        this.axes = rows.length == 0 ? new Array2DRowRealMatrix() : decompose();
    }

    @Override
    public double[][] rows() {
        double[][] rows = new double[c.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = c[i].clone();
        }
        return rows;
    }

    @Override
    public Covariance with(double[][] rows) {
        return new FullCovariance(rows);
    }

    @Override
    public int dimension() {
        return c.length;
    }

    @Override
    public double variance(int i) {
        return c[i][i];
    }

    @Override
    public double[] stretch(double[] z) {
        double[] scaled = z.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= lengths[i];
        }
        return turn(scaled);
    }

    @Override
    public double[] standardise(double[] y) {
        double[] z = axes.preMultiply(y);
        for (int i = 0; i < z.length; i++) {
            z[i] /= lengths[i];
        }
        return z;
    }

    @Override
    public double[] turn(double[] z) {
        return axes.operate(z);
    }

    @Override
    public double[][] updated(CovarianceUpdate update, double c1, double[] pathC) {
        double[][] rows = new double[c.length][c.length];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = update.of(c[i][j], c1 * pathC[i] * pathC[j], i, j);
                rows[j][i] = rows[i][j];
            }
        }
        return rows;
    }

    @Override
    public double[][] scaled(double[] factors) {
        double[][] rows = rows();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] *= factors[j];
                rows[i][j] *= factors[i];
                rows[j][i] = rows[i][j];
            }
        }
        return rows;
    }

    @Override
    public double logDeterminant() {
        double sum = 0;
        for (double length : lengths) {
            sum += 2 * StrictMath.log(length);
        }
        return sum;
    }

    @Override
    public int elements() {
        return c.length * (c.length + 1) / 2;
    }

    /** The lower triangle; each element beside the diagonal stands for two. */
    @Override
    public double[] relative(double[][] rows) {
        double[][] left = new double[rows.length][];
        for (int j = 0; j < rows.length; j++) {
            left[j] = turn(standardise(rows[j])); // C^-1/2 R by columns, R being symmetric
        }
        double[] elements = new double[elements()];
        double[] row = new double[rows.length];
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = left[j][i];
            }
            double[] both = turn(standardise(row));
            for (int j = 0; j < i; j++) {
                elements[at++] = both[j];
            }
            elements[at++] = (both[i] - 1) / Math.sqrt(2);
        }
        return elements;
    }

    /** Finds B and D; lifts C first where it is about to lose a direction, so that they always follow from C. */
    private RealMatrix decompose() {
        EigenDecomposition eigen = eigen();
        double largest = eigen.getRealEigenvalue(0);
        double smallest = eigen.getRealEigenvalue(c.length - 1);
        if (!(smallest * WORST_CONDITION >= largest)) {
            for (int i = 0; i < c.length; i++) {
                c[i][i] += largest * 10 / WORST_CONDITION - smallest;
            }
            eigen = eigen();
        }
        for (int i = 0; i < c.length; i++) {
            lengths[i] = Math.sqrt(Math.max(eigen.getRealEigenvalue(i), Double.MIN_NORMAL));
        }
        return eigen.getV();
    }

    /** Eigenvalues descending. A matrix that cannot be decomposed loses its correlations. */
    private EigenDecomposition eigen() {
        RealMatrix matrix = new Array2DRowRealMatrix(c, false);
        try {
            return new EigenDecomposition(matrix);
        } catch (MathIllegalStateException e) {
            for (int i = 0; i < c.length; i++) {
                for (int j = 0; j < c.length; j++) {
                    c[i][j] = i == j ? Math.max(c[i][i], Double.MIN_NORMAL) : 0;
                }
            }
            return new EigenDecomposition(matrix);
        }
    }
}
