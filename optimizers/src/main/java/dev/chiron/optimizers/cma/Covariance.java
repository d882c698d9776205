package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState;

/** The matrix C = B D^2 B' of a {@link Gaussian}: positive definite, its decomposition always at hand. */
interface Covariance {

    /** The widest ratio of eigenvalues; beyond it C is lifted to a tenth of it. */
    double WORST_CONDITION = 1e14;

    /** The matrix of a state, in the form that the rule needs; from the other form as much of it as there is. */
    static Covariance of(UpdateRule rule, OptimizerState.Covariance state, int n) {
        double[][] rows = form(rule, n);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = rule == UpdateRule.SEPARABLE ? state.element(j, j) : state.element(i, j);
            }
        }
        return of(rule, rows);
    }

    /** The matrix with this diagonal and no correlations yet. */
    static Covariance of(UpdateRule rule, double[] variances) {
        double[][] rows = form(rule, variances.length);
        for (int i = 0; i < variances.length; i++) {
            rows[rule == UpdateRule.SEPARABLE ? 0 : i][i] = variances[i];
        }
        return of(rule, rows);
    }

    private static double[][] form(UpdateRule rule, int n) {
        return new double[rule == UpdateRule.SEPARABLE ? 1 : n][n];
    }

    private static Covariance of(UpdateRule rule, double[][] rows) {
        return rule == UpdateRule.SEPARABLE ? new DiagonalCovariance(rows[0]) : new FullCovariance(rows);
    }

    /** A copy of what is kept of C: all rows, or the diagonal as the only one. */
    double[][] rows();

    /** The matrix of the same form that has these rows; takes them over. */
    Covariance with(double[][] rows);

    int dimension();

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

    /** ln det C. */
    double logDeterminant();

    /** How many independent elements C has. */
    int elements();

    /** (C^-1/2 R C^-1/2 - I) / sqrt 2 for the matrix R with these rows, as a vector of the same length. */
    double[] relative(double[][] rows);
}
