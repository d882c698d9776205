package dev.chiron.agent.report;

import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Versions;
import dev.chiron.agent.view.RunLine;
import dev.chiron.agent.view.StudyView;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a report is about, and for whom.
 *
 * @param running whether the study goes on while the report is made
 */
record Subject(StudyView view, Spec spec, StudyReport.Reader reader, Versions maker, boolean running) {

    History history() {
        return view.history();
    }

    Objective objective() {
        return view.card().objective();
    }

    boolean isSeveral() {
        return objective().isSeveral();
    }

    /** The script as it was; empty as long as that has not ended. */
    Optional<Trial> baseline() {
        return history().trials().stream().filter(trial -> trial.number() == 0).findFirst();
    }

    Optional<Trial> best() {
        return history().incumbent();
    }

    List<Trial> trials() {
        return history().trials();
    }

    long measured() {
        return trials().stream().filter(trial -> trial.value().isPresent()).count();
    }

    /** How many different things gave a value; of so many the best was picked. */
    long candidates() {
        return trials().stream()
                .filter(trial -> trial.value().isPresent() && !trial.origin().isCheck())
                .map(trial -> trial.change().key())
                .distinct()
                .count();
    }

    long failed() {
        return trials().stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Failed)
                .count();
    }

    /** Whether what it shows is for people alone, and not for who proposes. */
    boolean isForPeople() {
        return reader == StudyReport.Reader.PERSON;
    }

    /** Who proposed a trial, in words that go on a sentence. */
    String by(Trial trial) {
        String author = author(view.entry(trial.number()));
        return switch (trial.origin()) {
            case BASELINE -> "nobody: it is the script as it was";
            case LLM, LLM_REPAIRED, WARM_START -> "the language model" + named(author);
            case BUILTIN -> "Chiron's rules of thumb (builtin)";
            case LOCAL_MOVE -> "a small move from the best so far (local-move)";
            case PERTURB -> "a random move from the best so far (perturb)";
            case IMPORTED -> "earlier results";
            case PERSON -> "a person";
            case AGENT -> "an agent" + named(author);
            case TOLD -> "nobody here: it was measured elsewhere and told";
            case REPEAT, ABLATION, LEAN ->
                "Chiron, as a check (" + trial.origin().label() + ")";
            default -> "the optimizer (" + trial.origin().label() + ")";
        };
    }

    private static String named(String author) {
        return author.isEmpty() ? "" : " " + author;
    }

    private String author(Entry entry) {
        return PlainText.line(entry.turn()
                .filter(turn -> !turn.isFallback())
                .map(ModelTurn::asked)
                .map(asked -> asked.author())
                .or(() -> view.wish(entry.trial().number()).map(Steering.Wish::author))
                .orElse(""));
    }

    /** The study's folder as it was named, but for where on this machine it lies. */
    String name() {
        Path folder = Path.of(view.card().folder()).normalize();
        return folder.isAbsolute() ? String.valueOf(folder.getFileName()) : folder.toString();
    }

    /** The same as a word of a command. */
    String folder() {
        return RunLine.quoted(name());
    }

    /** A command on this study, as a person types it where the study lies. */
    String command(String words) {
        return "chiron " + words + (name().equals("chiron-study") ? "" : " --study " + folder());
    }

    /** {@code 1 trial}, {@code 7 trials}. */
    static String count(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
