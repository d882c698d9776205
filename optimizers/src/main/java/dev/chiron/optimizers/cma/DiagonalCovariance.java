package dev.chiron.optimizers.cma;

/** A covariance matrix without correlations: one row, its diagonal. Everything takes linear time. */
final class DiagonalCovariance implements Covariance {

    private final double[] variances;

    /** Takes the variances over. */
    DiagonalCovariance(double[] variances) {
        this.variances = variances;
        double largest = 0;
        for (double variance : variances) {
            largest = Math.max(largest, variance);
        }
        double least = Math.max(largest * 10 / WORST_CONDITION, Double.MIN_NORMAL);
        for (int i = 0; i < variances.length; i++) {
            if (!(variances[i] > 0 && variances[i] * WORST_CONDITION >= largest)) {
                variances[i] = least;
            }
        }
    }

    @Override
    public double[][] rows() {
        return new double[][] {variances.clone()};
    }

    @Override
    public Covariance with(double[][] rows) {
        return new DiagonalCovariance(rows[0]);
    }

    @Override
    public int dimension() {
        return variances.length;
    }

    @Override
    public double variance(int i) {
        return variances[i];
    }

    @Override
    public double[] stretch(double[] z) {
        double[] y = new double[z.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = z[i] * Math.sqrt(variances[i]);
        }
        return y;
    }

    @Override
    public double[] standardise(double[] y) {
        double[] z = new double[y.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = y[i] / Math.sqrt(variances[i]);
        }
        return z;
    }

    @Override
    public double[] turn(double[] z) {
        return z;
    }

    @Override
    public double[][] updated(CovarianceUpdate update, double c1, double[] pathC) {
        double[] updated = new double[variances.length];
        for (int i = 0; i < updated.length; i++) {
            updated[i] = update.of(variances[i], c1 * pathC[i] * pathC[i], i, i);
        }
        return new double[][] {updated};
    }

    @Override
    public double[][] scaled(double[] factors) {
        double[] scaled = variances.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factors[i] * factors[i];
        }
        return new double[][] {scaled};
    }

    @Override
    public double logDeterminant() {
        double sum = 0;
        for (double variance : variances) {
            sum += StrictMath.log(variance);
        }
        return sum;
    }

    @Override
    public int elements() {
        return variances.length;
    }

    @Override
    public double[] relative(double[][] rows) {
        double[] elements = new double[variances.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (rows[0][i] / variances[i] - 1) / Math.sqrt(2);
        }
        return elements;
    }
}
