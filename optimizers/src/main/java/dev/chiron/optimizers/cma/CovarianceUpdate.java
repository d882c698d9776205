package dev.chiron.optimizers.cma;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;

/**
 * A change of C: {@code keep C + c1 pc pc' + sum of weight v v'} over some vectors (eq. 47 of the tutorial, arXiv
 * 1604.00772). The update rules differ in the vectors and weights.
 */
final class CovarianceUpdate {

    private final List<double[]> vectors = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private double keep;

    /** An update that keeps this share of C and adds nothing yet. */
    CovarianceUpdate(double keep) {
        this.keep = keep;
    }

    /** The tutorial's: the worse half counts negatively, unless it comes from outside (as in pycma). */
    static CovarianceUpdate tutorial(CmaConstants k, double[][] steps, double[][] normals, Generation told) {
        double[] positive = told.share(k.positive);
        double[] negative = told.share(k.negative);
        CovarianceUpdate update = new CovarianceUpdate(1 - k.c1);
        for (int i = 0; i < steps.length; i++) {
            double weight = positive[i] + negative[i];
            if (weight < 0 && !told.ranked.get(i).own()) {
                continue;
            }
            update.keep -= k.cMu * weight;
            if (weight < 0) {
                double length = Vectors.norm(normals[i]);
                weight *= k.dimension / (length * length + 1e-8); // (eq. 46)
            }
            update.add(k.cMu * weight, steps[i]);
        }
        return update;
    }

    void add(double weight, double[] vector) {
        weights.add(weight);
        vectors.add(vector);
    }

    void keepMore(double share) {
        keep += share;
    }

    /** Changes C in place, exactly symmetric. */
    void apply(Array2DRowRealMatrix covariance, double c1, double[] pathC) {
        double[][] c = covariance.getDataRef();
        double[] w = Vectors.array(weights);
        double[][] v = vectors.toArray(new double[0][]);
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int p = 0; p < v.length; p++) {
                    sum += w[p] * v[p][i] * v[p][j];
                }
                c[i][j] = keep * c[i][j] + c1 * pathC[i] * pathC[j] + sum;
                c[j][i] = c[i][j];
            }
        }
    }
}
