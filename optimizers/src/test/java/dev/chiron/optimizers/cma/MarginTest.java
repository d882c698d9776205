package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reference figures of CMAwM in cmaes 0.13.1: mean, sigma, A and the diagonal of C after each generation. */
class MarginTest {

    private static final List<double[]> GRIDS = List.of(new double[0], tenths(), new double[] {0, 1});

    private static final String NEVER_BINDS = """
            0.355881246541 0.691107902105 0.672095911648 0.184620168141 1 1 1 1.13682753496 1.10899089018 1.14772458031
            0.451290135739 0.573891564465 0.761365440422 0.180251544869 1 1 1 1.04549645184 0.8407605541 1.27126262425
            0.43873555187 0.661249917467 0.562640152548 0.158001661492 1 1 1 0.997605462904 0.731144990936 1.22577287085
            0.338852257539 0.57305269505 0.645412800415 0.140653076042 1 1 1 1.10170886571 0.576078138108 1.17836345796
            """;
    private static final String SIGMA_002 = """
            0.490937213398 0.5 0.511374956547 0.0179947234447 1 1.52254670845 1 0.936450557276 0.848883370795 0.951636098098
            0.489325898952 0.501336488263 0.504403539201 0.0162328524237 1 1.77829816611 1 0.775787131669 0.806107740815 0.878272525827
            0.509466427887 0.510430263169 0.51194452518 0.0178116081089 1 1.87489741516 1 1.00930718488 0.834617156506 0.85335814388
            0.489795380915 0.504151729023 0.504601362438 0.0161593931767 1 2.03536703132 1 1.07586184739 0.690921502039 0.764195179114
            0.500130836117 0.510957129424 0.5068259215 0.0158536685344 1 2.25958307014 1 1.05555882727 0.738027360066 0.673780104118
            0.501523966352 0.508364790526 0.502624665119 0.0145188798156 1 2.58908447418 1 1.01427598186 0.614444725916 0.654833844406
            """;
    private static final String SIGMA_005 = """
            0.490937213398 0.508363783471 0.511374956547 0.0401979928321 1 1 1 0.88798370619 0.811323420651 0.886523245855
            0.489325898952 0.504477763507 0.504403539201 0.0312983520951 1 1.09134573054 1 0.757718699943 0.648351483012 0.816479919691
            0.509466427887 0.503611626143 0.51194452518 0.0276101835844 1 1.34909800771 1 0.776652663994 0.527997650593 0.77026684442
            0.489795380915 0.50110725418 0.504601362438 0.0243811941898 1 1.56353340179 1 0.783166596104 0.458121255824 0.671206899669
            0.500130836117 0.509622918797 0.5068259215 0.023716649277 1 1.79457372814 1 0.727874439751 0.500192081031 0.577728150953
            0.501523966352 0.507998756412 0.502624665119 0.0216877967804 1 2.07439730761 1 0.687928511202 0.423606126662 0.551415341747
            """;
    private static final String EDGE = """
            0.499033397739 0.970115172536 0.48258012592 0.0104408226144 1 1 1 0.852464021277 1.33346712032 1.00005712949
            """;

    private final Margin margin = new Margin(GRIDS, new double[] {1, 1, 1}, 7);

    @Test
    void agreesWithCmaesWhereTheMarginNeverBinds() {
        Gaussian gaussian = follow(NEVER_BINDS, 1.0 / 6, new double[] {0.5, 0.5, 0.5}, 0.8, 0.1);
        assertThat(margin.encode(new double[] {0.2, 0.37, 0.45}, gaussian.mean()))
                .containsExactly(new double[] {0.2, 0.4, 0.0}, offset(1e-12));
    }

    @Test
    void agreesWithCmaesWhereItWidensASmallStep() {
        Gaussian gaussian = follow(SIGMA_002, 0.02, new double[] {0.5, 0.5, 0.5}, 0.04, 0.48);
        assertThat(margin.encode(new double[] {0.2, 0.37, 0.45}, gaussian.mean()))
                .containsExactly(new double[] {0.2, 0.2, 0.0}, offset(1e-12));
        assertThat(margin.encode(new double[] {0.2, 0.61, 0.9}, gaussian.mean()))
                .containsExactly(new double[] {0.2, 0.8, 1.0}, offset(1e-12));
    }

    @Test
    void agreesWithCmaesWhereItWidensALargerStep() {
        Gaussian gaussian = follow(SIGMA_005, 0.05, new double[] {0.5, 0.5, 0.5}, 0.04, 0.48);
        assertThat(margin.encode(new double[] {0.2, 0.37, 0.45}, gaussian.mean()))
                .containsExactly(new double[] {0.2, 0.2, 0.0}, offset(1e-12));
        assertThat(margin.encode(new double[] {0.2, 0.61, 0.9}, gaussian.mean()))
                .containsExactly(new double[] {0.2, 0.7, 1.0}, offset(1e-12));
    }

    @Test
    void agreesWithCmaesAtTheEdges() {
        double[] mean = {0.5, 0.99, 0.1};
        Gaussian gaussian = Gaussian.round(CmaConstants.tutorial(3, 7), mean, 0.01);
        List<double[]> points = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            double[] point = ReferencePoints.point(i, 3);
            for (int j = 0; j < 3; j++) {
                point[j] = (point[j] - 0.5) * 0.04 + mean[j];
            }
            points.add(point);
        }
        assertStep(gaussian, points, EDGE.strip());
    }

    private Gaussian follow(String reference, double sigma, double[] mean, double factor, double shift) {
        Gaussian gaussian = Gaussian.round(CmaConstants.tutorial(3, 7), mean, sigma);
        List<String> lines = reference.lines().toList();
        for (int g = 0; g < lines.size(); g++) {
            List<double[]> points = new ArrayList<>();
            for (int i = 1; i <= 7; i++) {
                double[] point = ReferencePoints.point(g * 7 + i, 3);
                for (int j = 0; j < 3; j++) {
                    point[j] = point[j] * factor + shift;
                }
                points.add(point);
            }
            assertStep(gaussian, points, lines.get(g));
        }
        return gaussian;
    }

    private void assertStep(Gaussian gaussian, List<double[]> points, String line) {
        gaussian.tell(ReferencePoints.generation(points, x -> ReferencePoints.f(x) + Math.abs(x[2] - 1)));
        margin.correct(gaussian);
        double[] expected =
                Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
        double[] m = gaussian.mean();
        double[] a = margin.stretch();
        double[][] c = gaussian.covariance();
        double[] actual = {m[0], m[1], m[2], gaussian.sigma(), a[0], a[1], a[2], c[0][0], c[1][1], c[2][2]};
        assertThat(actual).containsExactly(expected, offset(1e-9));
    }

    private static double[] tenths() {
        double[] grid = new double[11];
        for (int i = 0; i <= 10; i++) {
            grid[i] = i * 0.1;
        }
        return grid;
    }
}
