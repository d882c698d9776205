package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Control;
import dev.chiron.agent.End;
import dev.chiron.agent.Event;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.OpenStudy;
import dev.chiron.agent.start.Opening;
import dev.chiron.agent.start.Studio;
import dev.chiron.agent.store.Prediction;
import dev.chiron.agent.store.Utilisation;
import dev.chiron.agent.view.PredictionScore;
import dev.chiron.agent.view.StudyCard;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Summary;
import dev.chiron.optimizers.study.PlainText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From a task file to a finished study, watched at the command line: what {@code run} and {@code demo} do. */
final class StudyRun {

    /** How a study is shown. */
    enum Display {
        LINES,
        SUMMARY,
        JSON
    }

    private static final int WIDTH = 110;

    private final Console console;
    private final Display display;

    StudyRun(Console console, Display display) {
        this.console = console;
        this.display = display;
    }

    /**
     * Runs the study of a task in a folder, from its start or from where it stopped.
     *
     * @throws BadInput if anything about the task is wrong; then no folder is made
     */
    End run(Path file, List<Setting> flags, Path folder, boolean fresh) {
        Opening opening = new Studio(console.surroundings()).open(file, flags, folder, fresh);
        if (opening instanceof Opening.Refused refused) {
            return refused.end();
        }
        try (OpenStudy study = (OpenStudy) opening) {
            Control control = new Control();
            Interrupts interrupts =
                    Interrupts.route(control, study.spec().crew().workers(), console.err());
            try {
                End end = study.run(notifying(study), control);
                foretold(study.folder());
                return end;
            } finally {
                interrupts.release();
            }
        }
    }

    /** What a model foretold of the baseline, below the summary. */
    private void foretold(Path folder) {
        if (display != Display.JSON && Files.exists(folder.resolve(Prediction.FILE))) {
            StudyView view = StudyView.read(folder, console.surroundings().shown(folder));
            PredictionScore.read(view)
                    .filter(score -> score.value().isPresent())
                    .ifPresent(score -> {
                        console.out().println();
                        PlainText.wrapped(score.text(), WIDTH).forEach(console.out()::println);
                    });
        }
    }

    private Event.Listener notifying(OpenStudy study) {
        StudyCard card = card(study);
        Event.Listener listener = listener(study, card);
        return study.spec()
                .notifyCommand()
                .<Event.Listener>map(line -> new Notifier(console, line, study.folder(), card, listener))
                .orElse(listener);
    }

    private StudyCard card(OpenStudy study) {
        Spec spec = study.spec();
        return new StudyCard(
                console.surroundings().shown(study.folder()),
                spec.objective(),
                study.method(),
                study.optimizer(),
                study.llm(),
                spec.llm().origin().why(),
                spec.seed(),
                spec.budget().trials(),
                study.estimate());
    }

    private Event.Listener summary(StudyCard card) {
        List<Utilisation> worked = new ArrayList<>();
        return event -> {
            if (event instanceof Event.Worked workers) {
                worked.add(workers.utilisation());
            } else if (event instanceof Event.Ended ended) {
                Summary.lines(
                                card,
                                ended.entries(),
                                ended.unused(),
                                ended.history(),
                                worked.stream().findFirst())
                        .forEach(console.out()::println);
            }
        };
    }

    private Event.Listener listener(OpenStudy study, StudyCard card) {
        return switch (display) {
            case JSON -> new JsonEvents(console.out(), card, study.folder());
            case LINES -> new ProgressLines(console, card, new LiveLine(console, card.trials()));
            case SUMMARY -> summary(card);
        };
    }
}
