package dev.chiron.optimizers.feasibility;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Parameter.Real;
import dev.chiron.optimizers.space.Parameter.Whole;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for the region that separates failures from successes best: one option, or one parameter or a product of two or
 * three size-like ones, one of them perhaps squared, beyond a limit. A region counts by the log-likelihood that it gains over one failure rate everywhere,
 * less what it costs to name it among all that were looked at (minimum description length: Rissanen 1978), so that of many
 * candidates none wins by chance, and a shorter rule wins over a longer one that says little more.
 */
final class RegionSearch {

    private static final double CHANCE = 0.05; // roughly how often a rule is found where there is none
    private static final int MOST_SIZES = 10; // products of these alone: 480 of three, squares included

    private final SearchSpace space;
    private final List<Config> failures;
    private final List<Config> successes;
    private final Map<String, double[]> bad = new HashMap<>(); // the failures' numbers by parameter
    private final Map<String, double[]> good = new HashMap<>();
    private Optional<Candidate> best = Optional.empty();

    RegionSearch(SearchSpace space, List<Trial> failures, List<Trial> successes) {
        this.space = space;
        this.failures = failures.stream().map(Trial::config).toList();
        this.successes = successes.stream().map(Trial::config).toList();
    }

    /** A region and its worth in nats. */
    private record Candidate(Region region, double worth) {}

    /** The best region; empty if none is worth more than chance explains. */
    Optional<Region> best() {
        options();
        List<String> sizes = sizes(numbers());
        products(sizes, 2);
        products(sizes, 3);
        return best.filter(candidate -> candidate.worth() > 0).map(Candidate::region);
    }

    private void options() {
        List<Region> regions = new ArrayList<>();
        for (Parameter parameter : space.parameters()) {
            if (parameter instanceof Choice choice) {
                for (Value option : choice.options()) {
                    regions.add(new Region.Option(choice.name(), option));
                }
            }
        }
        for (Region region : regions) {
            int failed = (int) failures.stream().filter(region::holds).count();
            int fine = (int) successes.stream().filter(region::holds).count();
            if ((long) failed * successes.size() > (long) fine * failures.size()) {
                double gain = Cut.gain(failed, fine, failures.size() - failed, successes.size() - fine);
                consider(region, gain, 1, regions.size());
            }
        }
    }

    /** Every single number; gives their names, the most telling first. */
    private List<String> numbers() {
        List<String> names = space.parameters().stream()
                .filter(parameter -> !(parameter instanceof Choice))
                .map(Parameter::name)
                .toList();
        List<Gained> gains = new ArrayList<>();
        for (String name : names) {
            gains.add(new Gained(name, limit(List.of(name), names.size())));
        }
        return gains.stream()
                .sorted(Comparator.comparingDouble(one -> -one.gain()))
                .map(Gained::name)
                .toList();
    }

    private record Gained(String name, double gain) {}

    /** Of these names those whose products mean something, in the space's order. */
    private List<String> sizes(List<String> names) {
        List<String> sizes = names.stream()
                .filter(name -> space.find(name).filter(RegionSearch::isSize).isPresent())
                .limit(MOST_SIZES)
                .toList();
        return space.parameters().stream()
                .map(Parameter::name)
                .filter(sizes::contains)
                .toList();
    }

    private static boolean isSize(Parameter parameter) {
        return parameter instanceof Whole whole ? whole.low() >= 1 : parameter instanceof Real real && real.log();
    }

    private void products(List<String> names, int factors) {
        List<List<String>> plain = products(names, factors, 0);
        List<List<String>> products = new ArrayList<>(plain);
        for (List<String> product : plain) {
            for (int i = 0; i < factors; i++) {
                List<String> squared = new ArrayList<>(product);
                squared.add(i, product.get(i));
                products.add(squared);
            }
        }
        products.forEach(product -> limit(product, products.size()));
    }

    private static List<List<String>> products(List<String> names, int factors, int from) {
        if (factors == 0) {
            return List.of(List.of());
        }
        List<List<String>> products = new ArrayList<>();
        for (int i = from; i < names.size(); i++) {
            for (List<String> rest : products(names, factors - 1, i + 1)) {
                List<String> product = new ArrayList<>(List.of(names.get(i)));
                product.addAll(rest);
                products.add(product);
            }
        }
        return products;
    }

    /** Considers the best limit on a product, one among so many products; gives what it gains. */
    private double limit(List<String> names, int among) {
        Optional<Cut> cut = Cut.best(values(bad, failures, names), values(good, successes, names));
        cut.ifPresent(
                c -> consider(new Region.Limit(names, c.above(), c.limit()), c.gain(), names.size(), among * c.cuts()));
        return cut.map(Cut::gain).orElse(0.0);
    }

    /** The product of each config in which all factors are active, multiplied in the order in which a region does it. */
    private static double[] values(Map<String, double[]> columns, List<Config> configs, List<String> names) {
        double[] products = new double[configs.size()];
        Arrays.fill(products, 1);
        for (String name : names) {
            double[] column = columns.computeIfAbsent(name, one -> column(configs, one));
            for (int i = 0; i < products.length; i++) {
                products[i] *= column[i];
            }
        }
        return Arrays.stream(products).filter(product -> !Double.isNaN(product)).toArray();
    }

    /** NaN where it is not active. */
    private static double[] column(List<Config> configs, String name) {
        return configs.stream()
                .mapToDouble(config -> config.find(name)
                        .map(value -> value.asNumber().orElseThrow())
                        .orElse(Double.NaN))
                .toArray();
    }

    private void consider(Region region, double gain, int factors, int among) {
        double perFactor = Math.log((double) failures.size() + successes.size()) / 2;
        double cost = Math.log(2.0 * among) + (factors - 1) * perFactor - Math.log(CHANCE);
        if (best.isEmpty() || gain - cost > best.get().worth()) {
            best = Optional.of(new Candidate(region, gain - cost));
        }
    }
}
