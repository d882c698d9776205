package dev.chiron.agent.plot;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.insight.StudyImportance;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.agent.view.StudyView;
import dev.chiron.optimizers.forest.Importance;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be drawn of a study. */
public sealed interface Plot {

    /** The words that {@link #of} knows. */
    List<String> KINDS = List.of("history", "parallel", "slice", "importance", "front");

    /** Values in the order of the trials, and the best so far. */
    record Values() implements Plot {}

    /** The best configs, each a line through all parameters. */
    record Parallel() implements Plot {}

    /** Values over those of one parameter. */
    record Slice(String parameter) implements Plot {}

    /** The trials by the first two of several objectives, and the front among them. */
    record Front() implements Plot {}

    /** What each parameter explains. */
    record Importances() implements Plot {}

    /**
     * What words ask for: one of {@link #KINDS}, and behind {@code slice} a parameter. Nothing asks for the history.
     *
     * @throws BadInput if it is none of them
     */
    static Plot of(List<String> words) {
        String kind = words.isEmpty() ? "history" : words.get(0);
        int wanted = kind.equals("slice") ? 2 : 1;
        if (kind.equals("slice") && words.size() < 2) {
            throw new BadInput("slice needs a parameter: slice NAME");
        }
        if (words.size() > wanted) {
            throw new BadInput("nothing more is known behind " + kind + ": " + words.get(wanted));
        }
        return switch (kind) {
            case "history" -> new Values();
            case "parallel" -> new Parallel();
            case "slice" -> new Slice(words.get(1));
            case "importance" -> new Importances();
            case "front" -> new Front();
            default -> throw new BadInput("no plot " + kind + ": there are " + String.join(", ", KINDS));
        };
    }

    /** A short name, fit for a file. */
    default String name() {
        if (this instanceof Slice slice) {
            return "slice-" + slice.parameter().replaceAll("[^A-Za-z0-9_-]", "_");
        }
        if (this instanceof Front) {
            return "front";
        }
        return this instanceof Values ? "history" : this instanceof Parallel ? "parallel" : "importance";
    }

    /**
     * The picture of a study: of all its trials, or where parameters are drawn of those in the space that is searched now.
     *
     * @throws BadInput if the study has no such parameter, or too few trials to say anything
     */
    default Picture draw(StudyView view, Size size) {
        return draw(
                view.now().space(),
                this instanceof Values || this instanceof Front
                        ? view.history()
                        : view.now().history(),
                size);
    }

    /**
     * The picture of trials in a space.
     *
     * @throws BadInput if the study has no such parameter, or too few trials to say anything
     */
    default Picture draw(SearchSpace space, History history, Size size) {
        if (history.best(1).isEmpty()) {
            throw new BadInput("nothing has been measured yet");
        }
        if (this instanceof Slice slice) {
            return new SlicePicture(parameter(space, slice.parameter()), Ended.of(history), size);
        }
        if (this instanceof Parallel) {
            return ParallelPicture.of(space, history, size);
        }
        if (this instanceof Importances) {
            Optional<Importance> importance = StudyImportance.of(space, history);
            return importance
                    .<Picture>map(known -> new ImportancePicture(known, StudyImportance.changing(history), size))
                    .orElseThrow(() -> new BadInput(StudyImportance.missing(space, history)));
        }
        if (this instanceof Front) {
            if (!history.objective().isSeveral()) {
                throw new BadInput("a front needs several metrics, and this study tunes one: see plot history");
            }
            return new FrontPicture(history, size);
        }
        return new HistoryPicture(Ended.of(history), size);
    }

    private static Parameter parameter(SearchSpace space, String name) {
        return space.find(name)
                .orElseThrow(() -> new BadInput("no parameter " + name + ": there are "
                        + space.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "))));
    }
}
