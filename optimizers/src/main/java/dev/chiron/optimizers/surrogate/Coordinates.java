package dev.chiron.optimizers.surrogate;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;

/** The coordinates of a space's unit cube, one a parameter, and the places of each that stand for a value. */
public final class Coordinates {

    /** A grid with more places than this is climbed as if it were continuous. */
    private static final int COARSE = 16;

    private final SearchSpace space;
    private final double[][] places; // empty where continuous
    private final boolean[] unordered;

    /** The coordinates of this space. */
    public Coordinates(SearchSpace space) {
        this.space = space;
        this.places = new double[space.size()][];
        this.unordered = new boolean[space.size()];
        for (int i = 0; i < places.length; i++) {
            Parameter parameter = space.parameters().get(i);
            unordered[i] = parameter instanceof Choice choice && !choice.ordered();
            places[i] = unordered[i] && parameter instanceof Choice choice
                    ? choice.options().stream().mapToDouble(choice::encode).toArray()
                    : parameter.grid().stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** Their number. */
    public int size() {
        return places.length;
    }

    /** Which of them are unordered choices; fresh array. */
    public boolean[] unordered() {
        return unordered.clone();
    }

    /** Whether each is that of an active parameter at this point; fresh array. */
    public boolean[] active(double[] point) {
        return space.active(point);
    }

    /** The point with what is not active there at rest, as every config of the space is encoded. */
    public double[] settled(double[] point) {
        return space.settled(point);
    }

    /** Whether a gradient in this coordinate leads anywhere. */
    public boolean isSmooth(int i) {
        return !unordered[i] && (places[i].length == 0 || places[i].length > COARSE);
    }

    /** Whether it is that of an unordered choice. */
    public boolean isUnordered(int i) {
        return unordered[i];
    }

    /** Whether it has places: not so of a continuous one. */
    public boolean isDiscrete(int i) {
        return places[i].length > 0;
    }

    /** The nearest place. */
    public double snapped(int i, double u) {
        double inside = Math.max(0, Math.min(1, u));
        return isDiscrete(i) ? places[i][nearest(places[i], inside)] : inside;
    }

    /** Each coordinate at its nearest place; fresh array. */
    public double[] snapped(double[] point) {
        double[] snapped = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            snapped[i] = snapped(i, point[i]);
        }
        return snapped;
    }

    /** The places that a search tries next: both neighbours, or all other options of an unordered choice. */
    public double[] neighbours(int i, double u) {
        double[] all = places[i];
        int here = nearest(all, u);
        if (unordered[i]) {
            return Arrays.stream(all).filter(place -> place != all[here]).toArray();
        }
        return Arrays.stream(new int[] {here - 1, here + 1})
                .filter(k -> k >= 0 && k < all.length)
                .mapToDouble(k -> all[k])
                .toArray();
    }

    /** A uniform point, each coordinate at one of its places, and settled. */
    public double[] uniform(RandomGenerator random) {
        double[] point = new double[places.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = draw(i, random);
        }
        return settled(point);
    }

    /** A uniform place of one coordinate. */
    public double draw(int i, RandomGenerator random) {
        return isDiscrete(i) ? places[i][random.nextInt(places[i].length)] : random.nextDouble();
    }

    private static int nearest(double[] ascending, double u) {
        int found = Arrays.binarySearch(ascending, u);
        if (found >= 0) {
            return found;
        }
        int above = Math.min(ascending.length - 1, -found - 1);
        int below = Math.max(0, -found - 2);
        return u - ascending[below] <= ascending[above] - u ? below : above;
    }
}
