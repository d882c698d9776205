package dev.chiron.optimizers.pareto;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Some of many points that together dominate much: always the one next that adds the most volume (Guerreiro, Fonseca and Paquete 2016). What a
 * point adds only falls as others are chosen, so one that still adds the most of all is taken without looking at the rest.
 */
public final class Subset {

    private Subset() {}

    private record Offer(int place, double gain, int chosen) {}

    /**
     * The places of that many of the points, in the order in which they were chosen; of those that add equally, the first.
     *
     * @param points mutually non-dominated, or not
     * @param size at most; all if there are no more
     */
    public static List<Integer> greedy(List<double[]> points, double[] reference, int size) {
        PriorityQueue<Offer> offers = new PriorityQueue<>(
                Comparator.comparingDouble(Offer::gain).reversed().thenComparingInt(Offer::place));
        IntStream.range(0, points.size())
                .forEach(i -> offers.add(new Offer(i, Hypervolume.gain(points.get(i), List.of(), reference), 0)));
        List<Integer> places = new ArrayList<>();
        List<double[]> chosen = new ArrayList<>();
        while (places.size() < size && !offers.isEmpty()) {
            Offer offer = offers.remove();
            if (offer.chosen() == chosen.size()) {
                places.add(offer.place());
                chosen.add(points.get(offer.place()));
            } else {
                double gain = Hypervolume.gain(points.get(offer.place()), chosen, reference);
                offers.add(new Offer(offer.place(), gain, chosen.size()));
            }
        }
        return places;
    }
}
