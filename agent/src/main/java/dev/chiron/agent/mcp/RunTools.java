package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.view.StudyView;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Running trials: one, several in the background, waiting, pausing, giving up. */
record RunTools(Desk desk) {

    /** Several clients give a call up after 60 s. */
    private static final int WAIT = 45;

    private static final int LONGEST_WAIT = 3_600;

    List<Tool> tools() {
        return List.of(runTrial(), runTrials(), await(), pause(), resume());
    }

    private static Field wait(String description) {
        return Field.whole("wait_seconds", 0, LONGEST_WAIT, description);
    }

    private Tool runTrial() {
        return new Tool(
                "run_trial",
                "Run one trial",
                "Runs the study's own next trial: the baseline first, then what the optimizer or the task's model "
                        + "proposes. Waits for its end and reports it; training may take longer than one call waits, then "
                        + "the answer says that it is still running, and `wait` waits on. Taking the call back ends the trial.",
                Tool.Effect.CHANGES,
                List.of(
                        Given.study(),
                        wait("How long to wait for its end; " + WAIT + " if left out. 0 comes back at once.")),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    Drive drive = seat.start(1);
                    caller.call().onCancel(drive::giveUp);
                    return answer(arguments, seat, drive, caller);
                });
    }

    private Tool runTrials() {
        return new Tool(
                "run_trials",
                "Run several trials in the background",
                "Starts so many of the study's own trials, one after the other, and comes back at once. `wait` and "
                        + "`status` tell how far they are, `pause` ends them after the running one.",
                Tool.Effect.CHANGES,
                List.of(
                        Given.study(),
                        Field.whole("trials", 1, 100_000, "How many.").needed()),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    Drive drive = seat.start(arguments.whole("trials").orElseThrow());
                    return Answer.of(report(seat, drive));
                });
    }

    private Tool await() {
        return new Tool(
                "wait",
                "Wait for running trials",
                "Waits until the trials that were started have ended, or for so many seconds, and reports what has ended "
                        + "so far. Taking the call back ends the waiting alone.",
                Tool.Effect.READS,
                List.of(Given.study(), wait("How long at most; " + WAIT + " if left out.")),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    Drive drive = seat.drive()
                            .orElseThrow(() -> new BadInput("nothing is being run: call `run_trial` or `run_trials`"));
                    return answer(arguments, seat, drive, caller);
                });
    }

    private Tool pause() {
        return new Tool(
                "pause",
                "Pause after the running trial",
                "Lets the trial that is being run end and runs no other, until `resume`, `run_trial` or `run_trials`. With "
                        + "`now` the running trial is given up: it leaves nothing in the study and may be run again.",
                Tool.Effect.CHANGES,
                List.of(Given.study(), Field.flag("now", "true ends the running trial at once.")),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    Drive drive = seat.running().orElseThrow(() -> new BadInput("nothing is being run"));
                    if (arguments.flag("now")) {
                        drive.giveUp();
                    } else {
                        drive.pause();
                    }
                    return Answer.of(report(seat, drive));
                });
    }

    private Tool resume() {
        return new Tool(
                "resume",
                "Go on with paused trials",
                "Goes on with what `pause` ended: runs as many trials as were still to be run then.",
                Tool.Effect.CHANGES,
                List.of(Given.study()),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    int left = seat.drive().map(Drive::left).orElse(0);
                    if (seat.running().isPresent() || left == 0) {
                        throw new BadInput(
                                seat.running().isPresent()
                                        ? "it is not paused: "
                                                + seat.running().orElseThrow().words()
                                        : "nothing was paused: call `run_trials`");
                    }
                    return Answer.of(report(seat, seat.start(left)));
                });
    }

    private Answer answer(Arguments arguments, Seat seat, Drive drive, Caller caller) throws InterruptedException {
        Duration most = Duration.ofSeconds(arguments.whole("wait_seconds").orElse(WAIT));
        drive.await(most, seat.spec().limits().time(), caller);
        return Answer.of(report(seat, drive));
    }

    private ObjectNode report(Seat seat, Drive drive) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean running = drive.isRunning();
        object.put("study", desk.fence().shown(seat.folder()));
        object.put("running", running);
        object.put("doing", drive.words());
        if (Files.isRegularFile(seat.folder().resolve("journal.jsonl"))) {
            StudyView view = StudyView.read(seat.folder(), desk.fence().shown(seat.folder()));
            ArrayNode trials = object.putArray("ended_trials");
            drive.entries().forEach(entry -> trials.add(Reports.trial(entry, view.history())));
            view.history()
                    .incumbent()
                    .ifPresent(best -> object.putObject("best")
                            .put("trial", best.number())
                            .put("value", view.history().value(best).orElseThrow()));
        }
        if (!running && drive.left() > 0) {
            object.put("why", drive.why());
        }
        if (running) {
            object.put("next", "call `wait` until `running` is false; `pause` ends it");
        }
        List<String> notes = seat.takeNotes();
        if (!notes.isEmpty()) {
            ArrayNode array = object.putArray("notes");
            notes.forEach(array::add);
        }
        return object;
    }
}
