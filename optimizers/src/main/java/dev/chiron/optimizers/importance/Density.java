package dev.chiron.optimizers.importance;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/** How likely each of a parameter's cells is among some trials: a mixture of a kernel for each cell that one of them lies in and a prior. */
final class Density {

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final double SCOTT = 1.059;
    private static final double QUARTILES = 1.34; // apart, in standard deviations of a normal distribution
    private static final double LEAST_SIGMA = 0.5 / 1.64; // nine tenths of a kernel in its own cell
    private static final double NOTHING = 1e-12;

    private Density() {}

    /**
     * The probability of each cell.
     *
     * @param counts how many of the trials lie in each
     */
    static double[] of(Cells cells, int[] counts) {
        return cells.choice() ? ofOptions(counts) : ofNumbers(counts);
    }

    private static double[] ofOptions(int[] counts) {
        long occupied = Arrays.stream(counts).filter(count -> count > 0).count();
        double all = Arrays.stream(counts).sum() + 1;
        double base = 1.0 / (occupied + 1);
        double row = counts.length * base + 1;
        double[] density = new double[counts.length];
        Arrays.setAll(density, option -> 1 / all / counts.length + NOTHING);
        for (int k = 0; k < counts.length; k++) {
            for (int option = 0; counts[k] > 0 && option < counts.length; option++) {
                density[option] += counts[k] / all * (base + (option == k ? 1 : 0)) / row;
            }
        }
        return density;
    }

    private static double[] ofNumbers(int[] counts) {
        int cells = counts.length;
        double all = Arrays.stream(counts).sum() + 1;
        double sigma = sigma(counts);
        double[] density = new double[cells];
        Arrays.fill(density, NOTHING);
        for (int k = 0; k < cells; k++) {
            if (counts[k] > 0) {
                add(density, k, sigma, counts[k] / all);
            }
        }
        add(density, (cells - 1) / 2.0, cells, 1 / all);
        return density;
    }

    private static void add(double[] density, double mean, double sigma, double weight) {
        double inside = NORMAL.probability((-0.5 - mean) / sigma, (density.length - 0.5 - mean) / sigma);
        for (int cell = 0; cell < density.length; cell++) {
            density[cell] +=
                    weight * NORMAL.probability((cell - 0.5 - mean) / sigma, (cell + 0.5 - mean) / sigma) / inside;
        }
    }

    /** Scott's rule, in cells. */
    private static double sigma(int[] counts) {
        int[] occupied = IntStream.range(0, counts.length)
                .filter(cell -> counts[cell] > 0)
                .toArray();
        int all = Math.max(1, Arrays.stream(counts).sum());
        double mean = Arrays.stream(occupied)
                        .mapToDouble(cell -> (double) cell * counts[cell])
                        .sum()
                / all;
        double squares = Arrays.stream(occupied)
                .mapToDouble(cell -> (cell - mean) * (cell - mean) * counts[cell])
                .sum();
        double deviation = Math.sqrt(squares / Math.max(1, all - 1));
        int first = 0;
        int third = 0;
        int sum = 0;
        for (int cell : occupied) {
            sum += counts[cell];
            first += sum < all / 4 ? 1 : 0;
            third += sum <= all * 3 / 4 ? 1 : 0;
        }
        int last = occupied.length - 1;
        double apart = last < 0 ? 0 : occupied[Math.min(third, last)] - occupied[Math.min(first, last)];
        return Math.max(LEAST_SIGMA, SCOTT * Math.min(apart / QUARTILES, deviation) * Math.pow(all, -0.2));
    }
}
