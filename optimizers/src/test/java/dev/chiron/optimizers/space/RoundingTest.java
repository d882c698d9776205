package dev.chiron.optimizers.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundingTest {

    private static void assertExact(double number, int digits) {
        BigDecimal exact = BigDecimal.valueOf(number);
        assertThat(Rounding.significant(number, digits))
                .as("%s to %s digits", number, digits)
                .isEqualTo(exact.round(new MathContext(digits, RoundingMode.HALF_EVEN))
                        .doubleValue());
        assertThat(Rounding.decimals(number, digits))
                .as("%s to %s decimals", number, digits)
                .isEqualTo(exact.setScale(digits, RoundingMode.HALF_EVEN).doubleValue());
    }

    @Test
    void isWhatDecimalArithmeticGives() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            double number = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20);
            assertExact(number, 1 + random.nextInt(14));
        }
    }

    @Test
    void tiesAndPowersOfTenAndTheirNeighboursAreExact() {
        for (int exponent = -300; exponent < 300; exponent += 7) {
            double power = Double.parseDouble("1e" + exponent);
            for (double number : new double[] {
                power, Math.nextUp(power), Math.nextDown(power), 1.5 * power, 9.9999999995 * power, -2.5 * power
            }) {
                assertExact(number, 1);
                assertExact(number, 10);
            }
        }
        for (int i = 0; i < 10_000; i++) {
            assertExact(i / 1000.0, 2);
            assertExact(i / 8.0, 2);
        }
        assertExact(0, 10);
        assertExact(Double.MIN_VALUE, 10);
        assertExact(Double.MAX_VALUE, 10);
        assertThat(Rounding.decimals(123_456, -3)).isEqualTo(123_000);
    }
}
