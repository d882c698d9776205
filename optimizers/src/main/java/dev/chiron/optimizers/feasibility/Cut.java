package dev.chiron.optimizers.feasibility;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a line of numbers is best cut into failures and successes.
 *
 * @param above whether the failures are the more frequent above it
 * @param limit the roundest number that cuts there; itself on the successes' side
 * @param gain in log-likelihood (nats) over one failure rate for all
 * @param cuts how many cuts there were to choose from
 */
record Cut(boolean above, double limit, double gain, int cuts) {

    private static final int MOST_DIGITS = 15;

    /** The best cut; empty if all numbers are the same, or one cannot be compared. */
    static Optional<Cut> best(double[] failures, double[] successes) {
        double[] bad = failures.clone();
        double[] good = successes.clone();
        Arrays.sort(bad);
        Arrays.sort(good);
        int i = 0;
        int j = 0;
        int cuts = 0;
        Optional<Gap> best = Optional.empty();
        while (true) {
            double low = Math.min(at(bad, i), at(good, j));
            while (i < bad.length && bad[i] <= low) {
                i++;
            }
            while (j < good.length && good[j] <= low) {
                j++;
            }
            double high = Math.min(at(bad, i), at(good, j));
            if (!(high < Double.POSITIVE_INFINITY)) {
                int all = cuts;
                return best.map(gap -> new Cut(gap.above, gap.roundest(), gap.gain, all));
            }
            cuts++;
            double gain = gain(i, j, bad.length - i, good.length - j);
            if (best.isEmpty() || gain > best.get().gain) {
                boolean above = (long) i * good.length < (long) j * bad.length;
                best = Optional.of(new Gap(low, high, above, gain));
            }
        }
    }

    private static double at(double[] sorted, int index) {
        return index < sorted.length ? sorted[index] : Double.POSITIVE_INFINITY;
    }

    /** What two failure rates explain better than one, in nats: failures and successes on either side. */
    static double gain(int bad, int good, int otherBad, int otherGood) {
        return likelihood(bad, good) + likelihood(otherBad, otherGood) - likelihood(bad + otherBad, good + otherGood);
    }

    private static double likelihood(int bad, int good) {
        return xlogx(bad) + xlogx(good) - xlogx(bad + good);
    }

    private static double xlogx(int count) {
        return count == 0 ? 0 : count * Math.log((double) count);
    }

    /** Two neighbours on the line, to be cut between. */
    private record Gap(double low, double high, boolean above, double gain) {

        /** The number of the fewest digits between the two, or the one of them that belongs to the side of the successes. */
        double roundest() {
            BigDecimal middle = new BigDecimal(low > 0 ? Math.sqrt(low) * Math.sqrt(high) : low / 2 + high / 2);
            for (int digits = 1; digits <= MOST_DIGITS; digits++) {
                for (RoundingMode mode :
                        new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.FLOOR, RoundingMode.CEILING}) {
                    double round = middle.round(new MathContext(digits, mode)).doubleValue();
                    if (above ? low <= round && round < high : low < round && round <= high) {
                        return round;
                    }
                }
            }
            return above ? low : high;
        }
    }
}
