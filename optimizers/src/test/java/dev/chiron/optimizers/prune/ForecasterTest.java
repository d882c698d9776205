package dev.chiron.optimizers.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.prune.Forecaster.Forecast;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forecasts of curves whose ends are known. */
class ForecasterTest {

    private static final int WHOLE = 40;

    private static double fraction(double number) {
        return number - Math.floor(number);
    }

    /** A power law with a ripple: no random numbers, so that any language has the same. */
    private static double loss(int run, int step) {
        double end = fraction((run + 1) * 0.6180339887498949);
        double down = 0.5 + fraction((run + 1) * 0.7548776662466927);
        double bend = 0.3 + fraction((run + 1) * 0.5698402909980532);
        return end + down * Math.pow(step, -bend) + 0.02 * fraction((run + 1) * 0.41421356237 * step);
    }

    private static Curve curve(int steps, IntToDoubleFunction losses) {
        return curve(steps, 1, losses);
    }

    private static Curve curve(int steps, double unit, IntToDoubleFunction losses) {
        Curve curve = new Curve();
        for (int step = 1; step <= steps; step++) {
            curve.add(unit * step, losses.applyAsDouble(step));
        }
        return curve;
    }

    private static Past.Ended ended(int run, Curve curve) {
        return new Past.Ended(run, curve, OptionalDouble.of(curve.lastLoss()));
    }

    private static Past past(int runs) {
        Past past = Past.NONE;
        for (int run = 0; run < runs; run++) {
            int number = run;
            past = past.with(ended(run, curve(WHOLE, step -> loss(number, step))));
        }
        return past;
    }

    private static Forecast forecast(Curve curve, Past past) {
        return Forecaster.of(curve, past, 5).orElseThrow().forecast();
    }

    private static Offset<Double> near() {
        return within(1e-7);
    }

    /** By NumPy and SciPy, from full covariance matrices: forecasts of run 20, by what others have shown. */
    @ParameterizedTest
    @CsvSource({
        "5, 3, 0.853136317, 0.248581728, 0.35223211, 1.35404052, 0.160812793, 4, 0.0383143819",
        "8, 10, 1.04089099, 0.0666703756, 0.916914225, 1.16486776, 0.0297025245, 8, 1.92056089e-06",
        "8, 17, 1.02476328, 0.0480247304, 0.935458991, 1.11406758, 0.0183670405, 8, 1.83800636e-07",
    })
    void forecastsAreThoseOfAnotherImplementation(
            int runs,
            int steps,
            double mean,
            double deviation,
            double low,
            double high,
            double error,
            int inside,
            double below) {
        Forecast forecast = forecast(curve(steps, step -> loss(20, step)), past(runs));
        assertThat(forecast.mean()).isCloseTo(mean, near());
        assertThat(forecast.deviation()).isCloseTo(deviation, near());
        assertThat(forecast.low()).isCloseTo(low, near());
        assertThat(forecast.high()).isCloseTo(high, near());
        assertThat(forecast.error()).isCloseTo(error, near());
        assertThat(forecast.runs()).isEqualTo(runs);
        assertThat(forecast.within()).isEqualTo(inside);
        assertThat(forecast.step()).isEqualTo(WHOLE);
        assertThat(forecast.below(0.3)).isCloseTo(below, near());
    }

    /** The end of run 20 is 1.01014…: what the vectors foretell closes in on it. */
    @Test
    void theMoreOfARunIsKnownTheCloserIsItsForecast() {
        double end = loss(20, WHOLE);
        double[] off = new double[4];
        double[] wide = new double[4];
        int[] steps = {3, 8, 17, 35};
        for (int i = 0; i < steps.length; i++) {
            Forecast forecast = forecast(curve(steps[i], step -> loss(20, step)), past(12));
            off[i] = Math.abs(forecast.mean() - end);
            wide[i] = forecast.high() - forecast.low();
            assertThat(end).isBetween(forecast.low(), forecast.high());
        }
        assertThat(wide[0]).isGreaterThan(wide[1]);
        assertThat(wide[1]).isGreaterThan(wide[2]);
        assertThat(wide[2]).isGreaterThan(wide[3]);
        assertThat(off[3]).isLessThan(0.02);
    }

    /** Each family by itself, with its parameters: a curve of it, after a fifth, is foretold to a hundredth of what curves differ by. */
    @ParameterizedTest
    @CsvSource({"POWER, 0.5", "EXPONENTIAL, 0.2", "HILL, 0.12"})
    void aCurveOfOneFamilyEndsWhereItsParametersSay(Shape.Family family, double bend) {
        double[] shares = new double[WHOLE];
        for (int i = 0; i < WHOLE; i++) {
            shares[i] = (i + 1.0) / WHOLE;
        }
        double[] rest = new Shape(family, bend).at(shares, shares[0]);
        Past past = Past.NONE;
        for (int run = 0; run < 8; run++) {
            double end = fraction((run + 1) * 0.6180339887498949);
            double down = 0.5 + fraction((run + 1) * 0.7548776662466927);
            past = past.with(ended(run, curve(WHOLE, step -> end + down * rest[step - 1])));
        }
        Forecast forecast = forecast(curve(8, step -> 0.37 + 1.1 * rest[step - 1]), past);
        assertThat(forecast.mean()).isCloseTo(0.37, within(0.01));
        assertThat(forecast.error()).isLessThan(0.02);
    }

    /** A loss in other units, or with another zero, is the same loss; and it does not matter what a script calls a step. */
    @ParameterizedTest
    @CsvSource({"1000, -7, 1", "1e-6, 3, 1", "1, 0, 200", "5, 100, 0.001"})
    void forecastsDoNotDependOnUnits(double factor, double shift, double unit) {
        Past past = Past.NONE;
        for (int run = 0; run < 8; run++) {
            int number = run;
            past = past.with(ended(run, curve(WHOLE, unit, step -> factor * loss(number, step) + shift)));
        }
        Forecast other = forecast(curve(10, unit, step -> factor * loss(20, step) + shift), past);
        Forecast plain = forecast(curve(10, step -> loss(20, step)), past(8));
        assertThat((other.mean() - shift) / factor).isCloseTo(plain.mean(), near());
        assertThat(other.deviation() / factor).isCloseTo(plain.deviation(), near());
        assertThat(other.below(factor * 0.9 + shift)).isCloseTo(plain.below(0.9), near());
        assertThat(other.within()).isEqualTo(plain.within());
    }

    /** Steps may begin at 0. */
    @Test
    void aStepOfZeroIsTheFirst() {
        Past past = Past.NONE;
        for (int run = 0; run < 8; run++) {
            int number = run;
            Curve curve = new Curve();
            for (int step = 1; step <= WHOLE; step++) {
                curve.add(step - 1, loss(number, step));
            }
            past = past.with(ended(run, curve));
        }
        Curve own = new Curve();
        for (int step = 1; step <= 10; step++) {
            own.add(step - 1, loss(20, step));
        }
        assertThat(forecast(own, past).mean())
                .isCloseTo(forecast(curve(10, step -> loss(20, step)), past(8)).mean(), near());
    }

    /** Ends that the curves say nothing of: errors are large, so the forecast is wide. */
    @Test
    void whereForecastsHaveBeenBadTheyAreWide() {
        Past surprising = Past.NONE;
        for (int run = 0; run < 8; run++) {
            int number = run;
            Curve curve = curve(WHOLE, step -> loss(number, step));
            double end = curve.lastLoss() + (run % 2 == 0 ? 2 : -2);
            surprising = surprising.with(new Past.Ended(run, curve, OptionalDouble.of(end)));
        }
        Curve own = curve(10, step -> loss(20, step));
        Forecast wide = forecast(own, surprising);
        Forecast narrow = forecast(own, past(8));
        assertThat(wide.error()).isGreaterThan(10 * narrow.error());
        assertThat(wide.high() - wide.low()).isGreaterThan(10 * (narrow.high() - narrow.low()));
        assertThat(wide.below(-1)).isGreaterThan(0.05);
        assertThat(narrow.below(-1)).isLessThan(1e-6);
    }

    /** One that went astray by twelve orders of magnitude says no more than that it is far worse than the others. */
    @Test
    void oneThatIsFarOutLeavesTheForecastUsable() {
        Past past = past(8).with(ended(8, curve(WHOLE, step -> 1e12 * step)));
        Forecast forecast = forecast(curve(20, step -> loss(20, step)), past);
        assertThat(forecast.mean()).isCloseTo(loss(20, WHOLE), within(0.2));
        assertThat(forecast.below(-5)).isLessThan(0.05);
    }

    @Test
    void tooLittleIsNoForecast() {
        Curve three = curve(3, step -> loss(20, step));
        assertThat(Forecaster.of(three, past(5), 5)).isPresent();
        assertThat(Forecaster.of(curve(2, step -> loss(20, step)), past(5), 5)).isEmpty();
        assertThat(Forecaster.of(three, past(4), 5)).isEmpty();
        assertThat(Forecaster.of(three, past(3), 0)).as("four at least").isEmpty();
        assertThat(Forecaster.of(curve(WHOLE, step -> 1), past(5), 5))
                .as("the run is over")
                .isEmpty();
        Past stopped = past(4).with(new Past.Ended(4, curve(12, step -> loss(4, step)), OptionalDouble.empty()))
                .with(ended(5, curve(30, step -> loss(5, step))));
        assertThat(Forecaster.of(three, stopped, 5))
                .as("neither was stopped nor ended early")
                .isEmpty();
        Past level = Past.NONE;
        for (int run = 0; run < 6; run++) {
            level = level.with(ended(run, curve(WHOLE, step -> 1)));
        }
        assertThat(Forecaster.of(three, level, 5)).isEmpty();
    }

    /** What is no number is passed over. */
    @Test
    void aValueThatIsNoNumberIsLeftOut() {
        Curve broken = curve(10, step -> step == 4 ? Double.POSITIVE_INFINITY : loss(20, step));
        Past past = past(7).with(ended(7, curve(WHOLE, step -> step == 9 ? Double.NaN : loss(7, step))));
        assertThat(forecast(broken, past).mean())
                .isCloseTo(forecast(curve(10, step -> loss(20, step)), past(8)).mean(), within(0.05));
    }

    /** Curves of all kinds, smooth to the last digit and ragged, at odd steps: a forecast is a number with bounds about it. */
    @Test
    void everyForecastIsANumberWithinItsBounds() {
        Random random = new Random(5);
        for (int study = 0; study < 200; study++) {
            double noise = study % 4 == 0 ? 0 : Math.pow(10, -random.nextInt(12));
            double unit = Math.pow(10, random.nextInt(9) - 4);
            double gap = 1 + random.nextInt(7) * random.nextDouble();
            int kind = random.nextInt(3);
            Past past = Past.NONE;
            Curve own = new Curve();
            for (int run = 0; run < 6; run++) {
                Curve curve = new Curve();
                double end = random.nextGaussian();
                double down = kind == 2 ? 0 : random.nextGaussian();
                for (int i = 0; i < 30; i++) {
                    double step = gap * i + study % 3;
                    double rest = kind == 0 ? Math.exp(-i / 3.0) : Math.pow(i + 1, -0.5);
                    curve.add(step, unit * (end + down * rest + noise * random.nextGaussian()));
                    if (run == 5 && i < 3 + study % 25) {
                        own.add(step, curve.lastLoss());
                    }
                }
                past = run < 5 ? past.with(ended(run, curve)) : past;
            }
            Forecast forecast = forecast(own, past);
            assertThat(forecast.low()).as("study " + study).isLessThan(forecast.mean());
            assertThat(forecast.high()).isGreaterThan(forecast.mean()).isFinite();
            assertThat(forecast.below(forecast.mean())).isCloseTo(0.5, near());
            assertThat(forecast.error()).isNotNegative().isFinite();
        }
    }
}
