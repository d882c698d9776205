package dev.chiron.sandbox.run;

/** Where a run's metric is found. */
public sealed interface MetricSource {

    /** In what the run prints: the last {@code name: value} on stdout. */
    record Stdout() implements MetricSource {}

    /**
     * In a JSON file that the run writes. A file of that name in the project is not copied, so an old result is never read.
     *
     * @param file relative to the project's folder
     * @param path such as {@code $.results[0].val_bpb}
     */
    record JsonFile(String file, String path) implements MetricSource {}
}
