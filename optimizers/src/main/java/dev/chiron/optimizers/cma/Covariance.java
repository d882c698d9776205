package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState;

/** The matrix C = B D^2 B' of a {@link Gaussian}: positive definite, its decomposition always at hand. */
interface Covariance {

    /** The widest ratio of eigenvalues; beyond it C is lifted to a tenth of it. */
    double WORST_CONDITION = 1e14;

    /** The matrix with these entries, lifted where it is about to lose a direction. */
    static Covariance of(OptimizerState.Covariance state) {
        return new FullCovariance(Vectors.matrix(state.rows()));
    }

    /** I, in n dimensions. */
    static Covariance identity(int n) {
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            rows[i][i] = 1;
        }
        return new FullCovariance(rows);
    }

    /** A copy of what is kept of C, row by row. */
    double[][] rows();

    /** The matrix of the same form that has these rows; takes them over. */
    Covariance with(double[][] rows);

    /** One element of the diagonal. */
    double variance(int i);

    /** B D z. */
    double[] stretch(double[] z);

    /** D^-1 B' y, as long as C^-1/2 y. */
    double[] standardise(double[] y);

    /** B z; of a standardised vector that makes C^-1/2 y. */
    double[] turn(double[] z);

    /** The rows after {@code keep C + c1 pc pc' + sum of weight v v'}. */
    double[][] updated(CovarianceUpdate update, double c1, double[] pathC);

    /** The rows of F C F, with these factors on the diagonal of F. */
    double[][] scaled(double[] factors);
}
