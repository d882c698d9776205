package dev.chiron.optimizers.cma;

import java.util.ArrayList;
import java.util.List;

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

    /** An element of C after the update. */
    double of(double element, double rankOne, int i, int j) {
        double sum = 0;
        for (int p = 0; p < vectors.size(); p++) {
            double[] vector = vectors.get(p);
            sum += weights.get(p) * vector[i] * vector[j];
        }
        return keep * element + rankOne + sum;
    }
}
