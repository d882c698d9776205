package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Told;
import dev.chiron.optimizers.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GaussianTest {

    private static final CmaConstants SIX = CmaConstants.tutorial(2, 6);

    // reference figures of cmaes 0.13.1: mean, sigma, C by rows, path of sigma, path of C after each generation
    private static final String ROUND = """
            0.358987293593 0.536051319661 0.157941144106 1.18602341488 -0.0471005198533 -0.0471005198533 0.752857095457 -1.00339748412 0.256528680065 -1.11690390106 0.285547739587
            0.337481989811 0.599316741716 0.147432143831 1.17102405062 -0.0183691642721 -0.0183691642721 0.65835385684 -0.691958645078 0.685984597761 -0.599081414408 0.635990547988
            0.267758037847 0.599930898014 0.137753869079 1.28070413686 -0.0329273849876 -0.0329273849876 0.494460079209 -0.901512170229 0.379786223914 -0.849226406813 0.244278882455
            0.499488120511 0.516810299598 0.145015609835 1.9245933351 -0.215177754163 -0.215177754163 0.49489711512 1.24838831469 -0.763043892784 1.90183637584 -0.704833159861
            """;
    private static final String SLANTED = """
            0.358987293593 0.536051319661 0.152497735644 2.10046245171 0.40807137575 0.40807137575 0.760284145551 -0.782319708684 0.430798891877 -1.11690390106 0.285547739587
            0.337481989811 0.599316741716 0.145370922096 2.03057319082 0.384179901858 0.384179901858 0.692531109834 -0.625847689145 0.855154550486 -0.605497411235 0.65486546142
            0.267758037847 0.599930898014 0.134837434848 2.08133816245 0.319223888627 0.319223888627 0.525938606 -0.76013615364 0.567297100824 -0.860487302153 0.251443355305
            0.499488120511 0.516810299598 0.144847223573 2.67425518416 0.0805225847574 0.0805225847574 0.537137501899 1.14015307443 -1.04319850205 1.94564007641 -0.719372005383
            """;

    private static final String ADAPTIVE = """
            0.371925848961 0.532743447573 0.169456477324 1.24676417445 -0.0481511121098 -0.0481511121098 0.803935940844 -1.00339748412 0.256528680065 -1.11690390106 0.285547739587
            0.343149936397 0.58836170112 0.167100458525 1.33127685777 -0.0333481485765 -0.0333481485765 0.751993917097 -0.760589233173 0.656410332071 -0.687660759873 0.625826315003
            0.284458211966 0.597368187613 0.160010526471 1.53600782758 -0.0552355305772 -0.0552355305772 0.653024643384 -0.88377114971 0.449414516162 -0.853777271715 0.326360636582
            0.439319096269 0.539351766269 0.16038212018 1.78276784396 -0.123479510336 -0.123479510336 0.569478069123 0.781629767043 -0.447910016553 1.4534654942 -0.542077782089
            """;

    @Test
    void agreesWithCmaesWhereItsLearningRatesAdapt() {
        Gaussian gaussian = adaptive(Covariance.of(UpdateRule.TUTORIAL, new double[] {1, 1}), SIX);
        assertFollows(gaussian, ADAPTIVE);
        OptimizerState.LearningRates rates = gaussian.rates().orElseThrow();
        assertThat(rates.mean().rate()).isCloseTo(0.720182999, within(1e-9));
        assertThat(rates.covariance().rate()).isCloseTo(0.891447741, within(1e-9));
    }

    /** The same diagonal matrices in both forms: what the covariance learns differs, the rates' first values do not. */
    @Test
    void learningRatesAdaptWithoutCorrelationsToo() {
        CmaConstants k = CmaConstants.separable(2, 6);
        Gaussian gaussian = adaptive(Covariance.of(k.rule, new double[] {1, 1}), k);
        gaussian.tell(ReferencePoints.generation(0, 6));
        OptimizerState.LearningRates rates = gaussian.rates().orElseThrow();
        assertThat(rates.mean().rate()).isCloseTo(0.908245465, within(1e-9)); // as every first one
        assertThat(rates.covariance().rate()).isCloseTo(0.970762264, within(1e-9));
        assertThat(rates.covariance().average()).hasSize(2);
        double[] c = gaussian.covariance()[0];
        assertThat(gaussian.covariance()).hasDimensions(1, 2);
        assertThat(c[0] * c[1]).isCloseTo(1, within(1e-12)); // sigma is det^(1 / 2n)
    }

    private static Gaussian adaptive(Covariance covariance, CmaConstants k) {
        double[] mean = {0.5, 0.5};
        Optional<LearningRate.Pair> rates = Optional.of(LearningRate.fresh(covariance));
        return new Gaussian(k, mean, 1.0 / 6, covariance, new double[2], new double[2], 0, rates);
    }

    @Test
    void agreesWithCmaesFromARoundStart() {
        assertFollows(Gaussian.round(SIX, new double[] {0.5, 0.5}, 1.0 / 6), ROUND);
    }

    @Test
    void agreesWithCmaesFromASlantedStart() {
        Covariance covariance = new FullCovariance(new double[][] {{2, 0.5}, {0.5, 1}});
        assertFollows(new Gaussian(SIX, new double[] {0.5, 0.5}, 1.0 / 6, covariance), SLANTED);
    }

    private static void assertFollows(Gaussian gaussian, String reference) {
        List<String> lines = reference.lines().toList();
        for (int g = 0; g < lines.size(); g++) {
            gaussian.tell(ReferencePoints.generation(g, 6));
            double[] expected = Arrays.stream(lines.get(g).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(all(gaussian)).as("generation " + g).containsExactly(expected, offset(1e-9));
        }
    }

    /** Reference figures of SepCMA in cmaes 0.13.1: mean, sigma and the diagonal of C after each generation. */
    @Test
    void agreesWithCmaesWithoutCorrelations() {
        double[][] expected = {
            {0.356588703849, 0.547629962871, 0.165948515426, 1.47898186982, 0.711746961555},
            {0.367299267168, 0.590763719231, 0.141554651261, 1.38935111084, 0.689733325687},
            {0.268223730644, 0.609503943793, 0.134660128855, 1.89586520713, 0.51085567003}
        };
        Gaussian gaussian = Gaussian.round(CmaConstants.separable(2, 6), new double[] {0.5, 0.5}, 1.0 / 6);
        for (int g = 0; g < expected.length; g++) {
            gaussian.tell(ReferencePoints.generation(g, 6));
            double[] m = gaussian.mean();
            double[] c = gaussian.covariance()[0];
            assertThat(new double[] {m[0], m[1], gaussian.sigma(), c[0], c[1]})
                    .as("generation " + g)
                    .containsExactly(expected[g], offset(1e-9));
        }
    }

    @Test
    void constantsWithoutCorrelationsAgreeWithCmaes() {
        CmaConstants k = CmaConstants.separable(2, 6);
        assertThat(new double[] {k.c1, k.cMu, k.cSigma, k.cC})
                .containsExactly(
                        new double[] {0.15215124651757544, 0.24411215894782715, 0.5864815345383557, 2.0 / 3},
                        offset(1e-12));
        assertThat(k.positive)
                .containsExactly(new double[] {0.58564510651, 0.292822553255, 0.121532340235, 0, 0, 0}, offset(1e-11));
    }

    private static double[] all(Gaussian gaussian) {
        double[][] c = gaussian.covariance();
        double[] m = gaussian.mean();
        double[] s = gaussian.pathSigma();
        double[] p = gaussian.pathC();
        return new double[] {m[0], m[1], gaussian.sigma(), c[0][0], c[0][1], c[1][0], c[1][1], s[0], s[1], p[0], p[1]};
    }

    @ParameterizedTest
    @CsvSource({
        "1, 4, 1.459789889, 0.2963055196, 0.02769080089, 0.4637918682, 1.463791868, 0.6894039889, 0.7976190476",
        "2, 6, 2.0286114646100617, 0.1548153998964136, 0.057859085071916304, 0.44620498737831715, 1.4462049873783172, 0.6245545390268264, 1.254272742818995",
        "3, 7, 2.254815082, 0.09640963258, 0.05124308701, 0.4149090011, 1.414909001, 0.5588013229, 1.59687753",
        "14, 11, 3.414772086, 0.008420883431, 0.01316515159, 0.2415715879, 1.241571588, 0.2295517395, 3.675751128",
        "40, 15, 4.540915209, 0.001169432725, 0.003122500711, 0.1320305687, 1.132030569, 0.09300921663, 6.28521508"
    })
    void constantsAgreeWithCmaes(
            int n,
            int population,
            double muEff,
            double c1,
            double cMu,
            double cSigma,
            double dSigma,
            double cC,
            double chi) {
        int byDefault = CmaSettings.DEFAULT.populationFor(n);
        CmaConstants k = CmaConstants.tutorial(n, byDefault);
        assertThat(byDefault).isEqualTo(population);
        assertThat(new double[] {k.muEff, k.c1, k.cMu, k.cSigma, k.dSigma, k.cC, k.chi})
                .containsExactly(new double[] {muEff, c1, cMu, cSigma, dSigma, cC, chi}, offset(1e-9));
    }

    @Test
    void weightsAgreeWithCmaes() {
        double[] weights = SIX.positive.clone();
        Vectors.add(weights, 1, SIX.negative);
        double[] expected = {
            0.637042571241, 0.284570257438, 0.0783871713208, -0.286383782597, -0.764958094085, -1.15598177816
        };
        assertThat(weights).containsExactly(expected, offset(1e-10));
    }

    private static final int SEEDS = 100;

    /**
     * One outside point, the best of a generation of 11 in 13 dimensions, half the box away in every coordinate. The last
     * three columns are what it does to mean (in sigma sqrt(n)), sigma and the largest eigenvalue where it is not clipped.
     */
    @ParameterizedTest
    @CsvSource({"0.167, 1.3, 1.1, 1.7", "0.05, 4.3, 2.4, 9.3", "0.02, 10.7, 12.3, 53"})
    void aFarPointFromOutsideMovesItAsMuchAsANearOne(double sigma, double step, double growth, double eigenvalue) {
        double[] usual = effectOfTheFirst("own", sigma);
        double[] clipped = effectOfTheFirst("clipped", sigma);
        double[] free = effectOfTheFirst("free", sigma);
        assertThat(usual).containsExactly(new double[] {0.53, 0.93, 1.13}, offset(0.03));
        assertThat(clipped).containsExactly(new double[] {0.71, 0.98, 1.25}, offset(0.03));
        assertThat(free[0]).isCloseTo(step, withinPercentage(6));
        assertThat(free[1]).isCloseTo(growth, withinPercentage(6));
        assertThat(free[2]).isCloseTo(eigenvalue, withinPercentage(6));
    }

    private static double[] effectOfTheFirst(String kind, double sigma) {
        CmaConstants k = CmaConstants.tutorial(13, 11);
        double[] effect = new double[3];
        for (int seed = 1; seed <= SEEDS; seed++) {
            Gaussian gaussian = Gaussian.round(k, filled(13, 0.5), sigma);
            SplitMix random = new SplitMix(seed);
            List<Told> told = new ArrayList<>();
            for (int i = 0; i < 11; i++) {
                double[] point = gaussian.sample(random);
                boolean outside = i == 0 && !kind.equals("own");
                if (outside) {
                    point = filled(13, 1);
                }
                boolean clipped = outside && kind.equals("clipped");
                point = clipped ? gaussian.clip(point, k.longestStep()) : point;
                told.add(new Told(Vectors.list(point), List.of(), !clipped, true, i));
            }
            gaussian.tell(Generation.of(told));
            double[] moved = gaussian.mean();
            Vectors.add(moved, -1, filled(13, 0.5));
            EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(gaussian.covariance()));
            effect[0] += Vectors.norm(moved) / sigma / Math.sqrt(13) / SEEDS;
            effect[1] += gaussian.sigma() / sigma / SEEDS;
            effect[2] += eigen.getRealEigenvalue(0) / SEEDS;
        }
        return effect;
    }

    @Test
    void clippingKeepsTheDirectionAndWhatIsNear() {
        CmaConstants k = CmaConstants.tutorial(2, 6);
        Covariance covariance = new FullCovariance(new double[][] {{4, 0}, {0, 1}});
        Gaussian gaussian = new Gaussian(k, new double[] {0.5, 0.5}, 0.1, covariance);
        double longest = Math.sqrt(2) + 1;
        assertThat(k.longestStep()).isCloseTo(longest, within(1e-12));
        assertThat(gaussian.clip(new double[] {0.9, 0.5}, longest)).containsExactly(0.9, 0.5);
        assertThat(gaussian.clip(new double[] {10.5, 0.5}, longest))
                .containsExactly(new double[] {0.5 + 0.2 * longest, 0.5}, offset(1e-12));
        assertThat(gaussian.clip(new double[] {0.5, 0.5}, longest)).containsExactly(0.5, 0.5);
    }

    @Test
    void anOutsidePointIsNeverSubtractedFromTheCovariance() {
        for (UpdateRule rule : UpdateRule.values()) {
            CmaConstants k = CmaConstants.of(rule, 2, 6);
            Gaussian gaussian = Gaussian.round(k, new double[] {0.5, 0.5}, 0.1);
            List<Told> told = new ArrayList<>();
            for (int i = 0; i < 6; i++) { // all at the mean but the worst, which comes from outside
                List<Double> point = i == 5 ? List.of(0.7, 0.5) : List.of(0.5, 0.5);
                told.add(new Told(point, List.of(), i < 5, true, i));
            }
            gaussian.tell(Generation.of(told));
            assertThat(gaussian.deviation(0)).as(rule.name()).isCloseTo(gaussian.deviation(1), within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(UpdateRule.class)
    void staysPositiveDefiniteOnAFlatRidge(UpdateRule rule) {
        CmaConstants k = CmaConstants.of(rule, 5, 8);
        Gaussian gaussian = Gaussian.round(k, filled(5, 0.5), 0.2);
        SplitMix random = new SplitMix(3);
        for (int g = 0; g < 3000; g++) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                points.add(gaussian.sample(random));
            }
            gaussian.tell(ReferencePoints.generation(points, x -> x[0] * x[0] * 1e18 + Math.abs(x[1])));
            gaussian.narrow(1);
            assertThat(gaussian.mean()).doesNotContain(Double.NaN);
            assertThat(gaussian.sigma()).isFinite().isPositive();
            for (int i = 0; i < 5; i++) {
                assertThat(gaussian.deviation(i)).isPositive().isLessThanOrEqualTo(1 + 1e-9);
            }
        }
    }

    private static double[] filled(int n, double value) {
        double[] vector = new double[n];
        Arrays.fill(vector, value);
        return vector;
    }
}
