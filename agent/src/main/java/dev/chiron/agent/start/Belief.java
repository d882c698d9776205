package dev.chiron.agent.start;

import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a study's optimizer knew when its state was last kept.
 *
 * @param spec the task that was in force then
 */
public record Belief(Spec spec, OptimizerState state) {

    /** Of a study that is only read, and may be running; empty where nothing is kept, or what is kept is of a later line. */
    public static Optional<Belief> last(Path study) {
        return Recording.read(study).flatMap(recording -> {
            Spec begun = FrozenSpec.read(study.resolve("study.yaml"));
            return StudyFolder.saved(
                            study, recording, place -> told(course(study, begun, recording, place), recording, place))
                    .map(saved -> new Belief(
                            course(study, begun, recording, new Recording.Place(saved.trials(), saved.steerings()))
                                    .spec(),
                            saved.state()));
        });
    }

    /** The course after so many steerings. */
    private static Course course(Path study, Spec begun, Recording recording, Recording.Place place) {
        Course course = Course.of(begun, () -> Course.constants(begun, study), taken -> false);
        for (int i = 0; i < place.steerings(); i++) {
            course = course.with(recording.steerings().get(i));
        }
        return course;
    }

    /** What the optimizer of a course has been told of: earlier results, and the trials so far, as they are in its space. */
    private static List<Observation> told(Course course, Recording recording, Recording.Place place) {
        Stream<Trial> own = recording.entries().stream()
                .limit(place.trials())
                .map(entry -> entry.trial())
                .filter(trial -> !trial.origin().isCheck()) // of which no optimizer is told
                .flatMap(trial -> course.seen(trial).stream());
        return Stream.concat(course.seen(recording.imported().earlier()).inside().stream(), own)
                .flatMap(trial -> Observation.of(trial, course.spec().objective()).stream())
                .toList();
    }
}
