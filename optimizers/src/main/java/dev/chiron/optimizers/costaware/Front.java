package dev.chiron.optimizers.costaware;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The points that no cheaper one beats, the cheapest first. Losses are what the process believes of them and not what was measured, so that a lucky
 * draw does not hold a place on the front: CARBS measures its points again instead.
 *
 * @param points one or more
 */
record Front(List<Point> points) {

    /** The front begins with the best of this share of the points, the cheapest. */
    private static final double CHEAP = 0.2;

    Front {
        points = List.copyOf(points);
    }

    /** A point of it: its place in the unit cube, the logarithm of its cost, and its loss as the process has it, without noise. */
    static final class Point {
        private final double[] place;
        private final double logCost;
        private final double loss;

        Point(double[] place, double logCost, double loss) {
            this.place = place.clone();
            this.logCost = logCost;
            this.loss = loss;
        }

        double[] place() {
            return place.clone();
        }

        double logCost() {
            return logCost;
        }

        double loss() {
            return loss;
        }
    }

    /** The front of places with what they cost and what they are believed to be worth. */
    static Front of(double[][] places, double[] logCosts, double[] losses) {
        List<Point> byCost = IntStream.range(0, places.length)
                .mapToObj(i -> new Point(places[i], logCosts[i], losses[i]))
                .sorted(Comparator.comparingDouble(Point::logCost).thenComparingDouble(Point::loss))
                .toList();
        int cheap = Math.max(1, (int) Math.ceil(CHEAP * byCost.size()));
        Point first = byCost.subList(0, cheap).stream()
                .min(Comparator.comparingDouble(Point::loss))
                .orElseThrow();
        List<Point> front = new ArrayList<>(List.of(first));
        for (Point point : byCost.subList(byCost.indexOf(first) + 1, byCost.size())) {
            if (point.loss() < front.get(front.size() - 1).loss()) {
                front.add(point);
            }
        }
        return new Front(front);
    }

    double least() {
        return points.get(0).logCost();
    }

    double most() {
        return points.get(points.size() - 1).logCost();
    }

    /** The loss that is to be had at a cost: straight from point to point, and beyond the ends theirs. */
    double lossAt(double logCost) {
        Point before = points.get(0);
        for (Point point : points) {
            if (logCost <= point.logCost()) {
                double width = point.logCost() - before.logCost();
                double share = width > 0 ? Math.max(0, logCost - before.logCost()) / width : 1;
                return before.loss() + share * (point.loss() - before.loss());
            }
            before = point;
        }
        return before.loss();
    }
}
