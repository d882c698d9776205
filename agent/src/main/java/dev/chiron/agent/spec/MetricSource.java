package dev.chiron.agent.spec;

/** Where a run's metric is found. */
public sealed interface MetricSource {

    /** In what the run prints: the last line that names the metric. */
    record Stdout() implements MetricSource {}

    /**
     * In a JSON file that the run writes.
     *
     * @param file relative to the project's folder
     * @param path such as {@code $.val_bpb}
     */
    record JsonFile(String file, String path) implements MetricSource {}
}
