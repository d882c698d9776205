package dev.chiron.optimizers.tpe;

import java.util.Arrays;

/** Places on an axis, numbered as they came and kept in ascending order; of equal places the older one comes first. */
final class Ascending {

    private double[] places = new double[0];
    private int[] order = new int[0];
    private int size;

    int size() {
        return size;
    }

    /** The places by number, and room for more; to be read only. */
    double[] asTheyCame() {
        return places;
    }

    double place(int number) {
        return places[number];
    }

    /** The number of the place that has a rank, from 0. */
    int at(int rank) {
        return order[rank];
    }

    void add(double place) {
        if (size == places.length) {
            places = Arrays.copyOf(places, Growth.of(size));
            order = Arrays.copyOf(order, places.length);
        }
        places[size] = place;
        int rank = rank(size);
        System.arraycopy(order, rank, order, rank + 1, size - rank);
        order[rank] = size++;
    }

    void removeLast() {
        int rank = rank(size - 1);
        size--;
        System.arraycopy(order, rank + 1, order, rank, size - rank);
    }

    /** How many come before a place. */
    int rank(int number) {
        double place = places[number];
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            double other = places[order[middle]];
            if (other < place || (other == place && order[middle] < number)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
