package dev.chiron.optimizers.tpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Parameters that are active under the same conditions, and the densities of what was seen of them (Optuna's {@code group}): the
 * good observations' l and the others' g, each of those alone in which the parameters were active.
 */
final class Group {

    private final Axes space;
    private final int[] axes;
    private final Parzen good;
    private final Parzen others; // of all observations, the good ones left out
    private final BitSet active = new BitSet(); // observations

    /** @param axes the parameters' places in the space, ascending */
    Group(Axes space, int[] axes, TpeSettings settings) {
        this.space = space;
        this.axes = axes.clone();
        this.good = space.mixture(axes, settings.prior(), settings.priorWeight());
        this.others = space.mixture(axes, Optional.empty(), settings.priorWeight());
    }

    /** Whether the group is active, given that of each parameter. */
    boolean isActive(boolean[] parameters) {
        return parameters[axes[0]];
    }

    /** How many observations were added. */
    int size() {
        return others.size();
    }

    /** A newer observation than all others, which is none of the good ones. */
    void add(double[] places, boolean isActive) {
        int observation = others.size();
        others.add(own(places));
        others.set(observation, isActive);
        active.set(observation, isActive);
    }

    /** Forgets the newest observations until so many are left. */
    void cut(int size) {
        others.cut(size);
    }

    /** Counts an observation among the others or not; one in which the group is not active never does. */
    void setOther(int observation, boolean isOther) {
        others.set(observation, isOther && active.get(observation));
    }

    /** The good observations, from old to new, by their numbers and places. */
    void setGood(List<Integer> observations, List<double[]> places) {
        good.cut(0);
        for (int i = 0; i < places.size(); i++) {
            if (active.get(observations.get(i))) {
                good.add(own(places.get(i)));
            }
        }
    }

    /** Places on this group's axes from l; the other places stay as they are. */
    void draw(double[] places, RandomGenerator random) {
        fill(places, good.draw(random));
    }

    /** The different ones of so many draws from l, each to be {@linkplain #fill filled} in, those of the largest l / g first. */
    List<double[]> ranked(int draws, RandomGenerator random) {
        Map<List<Double>, double[]> different = new LinkedHashMap<>();
        for (int k = 0; k < draws; k++) {
            double[] own = good.draw(random);
            for (int i = 0; i < own.length; i++) {
                own[i] = space.snapped(axes[i], own[i]);
            }
            different.putIfAbsent(Arrays.stream(own).boxed().toList(), own);
        }
        List<double[]> drawn = new ArrayList<>(different.values());
        drawn.sort(Comparator.comparingDouble(own -> others.logDensity(own) - good.logDensity(own)));
        return drawn;
    }

    /** Writes a draw onto this group's axes. */
    void fill(double[] places, double[] own) {
        for (int i = 0; i < axes.length; i++) {
            places[axes[i]] = own[i];
        }
    }

    /** The logarithm of l / g. */
    double score(double[] places) {
        double[] own = own(places);
        return good.logDensity(own) - others.logDensity(own);
    }

    private double[] own(double[] places) {
        double[] own = new double[axes.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = places[axes[i]];
        }
        return own;
    }
}
