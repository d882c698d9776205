package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ours and Commons Math's CMA-ES, step by step on the same random numbers. */
class CommonsMathParityTest {

    private static final int N = 5;
    private static final int POPULATION = 8;
    private static final int GENERATIONS = 60;
    private static final long SEED = 20;

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (UpdateRule rule : List.of(UpdateRule.COMMONS_MATH, UpdateRule.COMMONS_MATH_ACTIVE)) {
            cases.add(Arguments.of(rule, "sphere", function(x -> sum(x, 0))));
            cases.add(Arguments.of(rule, "ellipsoid", function(x -> sum(x, 3))));
            cases.add(Arguments.of(rule, "Rosenbrock", function(CommonsMathParityTest::rosenbrock)));
            cases.add(Arguments.of(rule, "Rastrigin", function(CommonsMathParityTest::rastrigin)));
            cases.add(Arguments.of(rule, "different powers", function(CommonsMathParityTest::powers)));
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void meanSigmaAndCovarianceAgreeInEveryGeneration(UpdateRule rule, String name, ToDoubleFunction<double[]> function)
            throws Exception {
        List<double[]> points = new ArrayList<>();
        CMAESOptimizer library = run(rule, GENERATIONS, function, points);
        CmaConstants k = CmaConstants.commonsMath(rule, N, POPULATION, GENERATIONS);
        Gaussian ours = Gaussian.round(k, start(), 0.4);
        Well19937c random = new Well19937c(SEED);
        for (int g = 0; g < GENERATIONS; g++) {
            List<double[]> generation = points.subList(1 + g * POPULATION, 1 + (g + 1) * POPULATION);
            assertSamplesAgree(ours, random, generation);
            ours.tell(ReferencePoints.generation(generation, function));
            assertThat(ours.sigma())
                    .isCloseTo(library.getStatisticsSigmaHistory().get(g), within(1e-10 * ours.sigma()));
            assertThat(ours.mean())
                    .containsExactly(library.getStatisticsMeanHistory().get(g).getRow(0), offset(1e-10));
        }
        assertThat(flat(ours.covariance()))
                .containsExactly(flat(covariance(library)), offset(1e-10 * Math.max(1, largest(ours))));
    }

    /** The library keeps C to itself and shows it only at the end: stopped after each generation, it is compared in each. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void theCovarianceAgreesAfterEachOfTheFirstGenerations(
            UpdateRule rule, String name, ToDoubleFunction<double[]> function) throws Exception {
        for (int generations = 1; generations <= 20; generations++) {
            List<double[]> points = new ArrayList<>();
            CMAESOptimizer library = run(rule, generations, function, points);
            Gaussian ours = Gaussian.round(CmaConstants.commonsMath(rule, N, POPULATION, generations), start(), 0.4);
            for (int g = 0; g < generations; g++) {
                ours.tell(ReferencePoints.generation(
                        points.subList(1 + g * POPULATION, 1 + (g + 1) * POPULATION), function));
            }
            assertThat(flat(ours.covariance()))
                    .as("after " + generations)
                    .containsExactly(flat(covariance(library)), offset(1e-10 * Math.max(1, largest(ours))));
        }
    }

    /** The library draws a generation's normal numbers row by row, one row a coordinate. */
    private static void assertSamplesAgree(Gaussian ours, Well19937c random, List<double[]> generation) {
        double[][] z = new double[POPULATION][N];
        for (int i = 0; i < N; i++) {
            for (int p = 0; p < POPULATION; p++) {
                z[p][i] = random.nextGaussian();
            }
        }
        for (int p = 0; p < POPULATION; p++) {
            assertThat(ours.at(z[p])).containsExactly(generation.get(p), offset(1e-8));
        }
    }

    private static CMAESOptimizer run(
            UpdateRule rule, int generations, ToDoubleFunction<double[]> function, List<double[]> points) {
        boolean active = rule == UpdateRule.COMMONS_MATH_ACTIVE;
        CMAESOptimizer library = new CMAESOptimizer(generations, 0, active, 0, 0, new Well19937c(SEED), true, null);
        library.optimize(
                new InitialGuess(start()),
                new ObjectiveFunction(point -> {
                    points.add(point.clone());
                    return function.applyAsDouble(point);
                }),
                GoalType.MINIMIZE,
                SimpleBounds.unbounded(N),
                new MaxEval(100_000),
                new CMAESOptimizer.Sigma(new double[] {0.4, 0.4, 0.4, 0.4, 0.4}),
                new CMAESOptimizer.PopulationSize(POPULATION));
        return library;
    }

    private static double[][] covariance(CMAESOptimizer library) throws ReflectiveOperationException {
        Field field = CMAESOptimizer.class.getDeclaredField("C");
        field.setAccessible(true);
        double[][] c = ((RealMatrix) field.get(library)).getData();
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(c[i][j]).isCloseTo(c[j][i], within(1e-9));
            }
        }
        return c;
    }

    private static double[] start() {
        double[] start = new double[N];
        for (int i = 0; i < N; i++) {
            start[i] = 1 + 0.3 * i;
        }
        return start;
    }

    private static double largest(Gaussian gaussian) {
        return Arrays.stream(flat(gaussian.covariance())).map(Math::abs).max().orElseThrow();
    }

    private static double[] flat(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
    }

    private static ToDoubleFunction<double[]> function(ToDoubleFunction<double[]> function) {
        return function;
    }

    private static double sum(double[] x, double exponent) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.pow(10, exponent * i / (x.length - 1)) * x[i] * x[i];
        }
        return sum;
    }

    private static double powers(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.pow(Math.abs(x[i]), 2 + 4.0 * i / (x.length - 1));
        }
        return sum;
    }

    private static double rosenbrock(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length - 1; i++) {
            sum += 100 * Math.pow(x[i + 1] - x[i] * x[i], 2) + Math.pow(1 - x[i], 2);
        }
        return sum;
    }

    private static double rastrigin(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += 10 + v * v - 10 * Math.cos(2 * Math.PI * v);
        }
        return sum;
    }
}
