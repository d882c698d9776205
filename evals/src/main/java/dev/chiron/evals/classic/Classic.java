package dev.chiron.evals.classic;

import dev.chiron.optimizers.space.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A function on its usual box, with what is known of it.
 *
 * @param box a side a coordinate
 * @param optimum where it is least; of several such places one
 * @param least its value there
 * @param function defined beyond the box as well, and nowhere lower
 */
record Classic(List<Parameter.Real> box, List<Double> optimum, double least, ToDoubleFunction<double[]> function) {

    private static final double GOLDEN = 0.6180339887498949;

    Classic {
        box = List.copyOf(box);
        optimum = List.copyOf(optimum);
    }

    /** A function of so many like coordinates, each as far below 0 as above, whose optima are like, too. */
    static Classic cube(int dimension, double high, double optimum, double least, ToDoubleFunction<double[]> function) {
        List<Parameter.Real> box = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            box.add(Textbook.side(i, high));
        }
        return new Classic(box, Collections.nCopies(dimension, optimum), least, function);
    }

    /** How far above its least value the function is. */
    double above(double[] x) {
        return function.applyAsDouble(x) - least;
    }

    /** The same box and landscape, but moved: the optimum is where no textbook has it, between 0.2 and 0.8 of each side. */
    Classic moved() {
        double[] by = new double[box.size()];
        List<Double> place = new ArrayList<>();
        for (int i = 0; i < by.length; i++) {
            double golden = (i + 1) * GOLDEN;
            double share = 0.2 + 0.6 * (golden - Math.floor(golden));
            place.add(box.get(i).low() + share * (box.get(i).high() - box.get(i).low()));
            by[i] = place.get(i) - optimum.get(i);
        }
        return new Classic(box, place, least, x -> {
            double[] back = x.clone();
            for (int i = 0; i < back.length; i++) {
                back[i] -= by[i];
            }
            return function.applyAsDouble(back);
        });
    }
}
