package dev.chiron.optimizers.portfolio;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the members' trials were worth, old ones less, and whose turn that makes it: the upper confidence bound of a discounted mean
 * (Garivier and Moulines 2011, D-UCB).
 */
final class Credit {

    private final double memory;
    private final double exploration;
    private final double[] counts;
    private final double[] sums;

    /**
     * Credit that began before.
     *
     * @param counts for each member its trials, discounted
     * @param sums what they were worth, discounted alike
     */
    Credit(double memory, double exploration, List<Double> counts, List<Double> sums) {
        this.memory = memory;
        this.exploration = exploration;
        this.counts = counts.stream().mapToDouble(Double::doubleValue).toArray();
        this.sums = sums.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** A member's trial was worth so much, 0 to 1. */
    void add(int member, double worth) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] *= memory;
            sums[i] *= memory;
        }
        counts[member]++;
        sums[member] += worth;
    }

    double count(int member) {
        return counts[member];
    }

    double sum(int member) {
        return sums[member];
    }

    /** The mean worth, 0 where nothing is known. */
    private double mean(int member) {
        return counts[member] == 0 ? 0 : sums[member] / counts[member];
    }

    /** The members, the one of the largest mean first. */
    List<Integer> byWorth() {
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingDouble(member -> -mean(member)))
                .toList();
    }

    /**
     * The members, the one whose turn it is first.
     *
     * @param running for each how many of its trials are not told yet, which count as what is believed of it
     */
    List<Integer> byTurn(int[] running) {
        double all = 0;
        for (int i = 0; i < counts.length; i++) {
            all += counts[i] + running[i];
        }
        double log = Math.log1p(all);
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingDouble(member -> -bound(member, running[member], log)))
                .toList();
    }

    private double bound(int member, int running, double log) {
        double count = counts[member] + running;
        return count == 0 ? Double.POSITIVE_INFINITY : mean(member) + exploration * Math.sqrt(log / count);
    }
}
