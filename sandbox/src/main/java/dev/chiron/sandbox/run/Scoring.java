package dev.chiron.sandbox.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the project as it is scores what a run saved. The commands are started in fresh copies of the project, one each, in which
 * {@code {artifacts}} becomes the path of what was saved, there not to be changed.
 *
 * @param evaluate the command line whose metric counts; empty where the run's own does
 * @param holdout the command line that measures the metric on data which only decide what is kept; empty where there are none
 * @param artifacts the folder in which a run saves what is scored, relative to the project
 * @param hidden paths of the project that a run does not see and the two commands do
 */
public record Scoring(Optional<String> evaluate, Optional<String> holdout, String artifacts, List<String> hidden) {

    /** The folder of the artifacts where the task names none. */
    public static final String USUAL_ARTIFACTS = "artifacts";

    /** A run's own metric counts, and nothing is hidden from it. */
    public static final Scoring NONE = new Scoring(Optional.empty(), Optional.empty(), USUAL_ARTIFACTS, List.of());

    /** @throws IllegalArgumentException if a path does not lie below the project */
    public Scoring {
        hidden = List.copyOf(hidden);
        requireBelow(artifacts);
        hidden.forEach(Scoring::requireBelow);
    }

    /** Whether anything is done with what a run saves. */
    public boolean isAsked() {
        return evaluate.isPresent() || holdout.isPresent();
    }

    private static void requireBelow(String path) {
        Path relative = Path.of(path).normalize();
        if (path.isBlank() || relative.isAbsolute() || relative.startsWith("..") || relative.equals(Path.of(""))) {
            throw new IllegalArgumentException("must be a path below the project: " + path);
        }
    }
}
