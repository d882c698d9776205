package dev.chiron.evals.bbob;

import java.util.function.ToDoubleFunction;

/**
 * A function of the benchmark on [-5, 5]^n, as an instance makes it.
 *
 * @param least its least value
 * @param above what a point's value is above that
 */
record Bbob(double least, ToDoubleFunction<double[]> above) {

    static final int FUNCTIONS = 24;

    /** The function of an instance. */
    static Bbob of(Instance instance) {
        return new Bbob(instance.least(), function(instance));
    }

    /** The value as published. */
    double value(double[] x) {
        return above.applyAsDouble(x) + least;
    }

    private static ToDoubleFunction<double[]> function(Instance instance) {
        return switch (instance.function()) {
            case 1 -> Separable.sphere(instance);
            case 2 -> Separable.ellipsoid(instance);
            case 3 -> Separable.rastrigin(instance);
            case 4 -> Separable.bueche(instance);
            case 5 -> Separable.slope(instance);
            case 6 -> Moderate.attractiveSector(instance);
            case 7 -> Moderate.stepEllipsoid(instance);
            case 8 -> Moderate.rosenbrock(instance);
            case 9 -> Moderate.rotatedRosenbrock(instance);
            case 10 -> IllConditioned.ellipsoid(instance);
            case 11 -> IllConditioned.discus(instance);
            case 12 -> IllConditioned.bentCigar(instance);
            case 13 -> IllConditioned.sharpRidge(instance);
            case 14 -> IllConditioned.differentPowers(instance);
            case 15 -> Multimodal.rastrigin(instance);
            case 16 -> Multimodal.weierstrass(instance);
            case 17 -> Multimodal.schaffer(instance, 10);
            case 18 -> Multimodal.schaffer(instance, 1000);
            case 19 -> Multimodal.griewankRosenbrock(instance);
            case 20 -> WeakStructure.schwefel(instance);
            case 21 -> Gallagher.many(instance);
            case 22 -> Gallagher.few(instance);
            case 23 -> WeakStructure.katsuura(instance);
            case 24 -> WeakStructure.lunacek(instance);
            default -> throw new IllegalArgumentException("there is no function " + instance.function());
        };
    }
}
