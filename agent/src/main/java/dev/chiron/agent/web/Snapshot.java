package dev.chiron.agent.web;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.branch.StudyScript;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.view.StudyView;
import dev.chiron.optimizers.study.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A study as it was at one look; does not change.
 *
 * @param folder where it lies
 * @param name its folder as a person would name it
 * @param study names it as long as its journal is the same one; empty where there is none
 * @param read what lies there; empty where there is no study now
 * @param bests the incumbents, each from when it became so
 * @param writer the process that runs it; empty if none is seen
 * @param problem why it cannot be read; empty if it can
 */
record Snapshot(
        Path folder,
        String name,
        String study,
        Optional<Read> read,
        List<Best> bests,
        Optional<String> writer,
        String problem) {

    /** Copies the list. */
    Snapshot {
        bests = List.copyOf(bests);
    }

    /** A study's task and trials. */
    record Read(Spec spec, Recording recording) {

        /** A history of the same trials. */
        History history() {
            History history = new History(
                    spec.objective(), spec.evidence(), recording.imported().earlier());
            recording.entries().forEach(entry -> history.add(entry.trial()));
            return history;
        }
    }

    /** Whether a file or folder of the study is there and lies in it, whatever links lead to it. */
    boolean holds(Path file) {
        try {
            return file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The script that the study began with.
     *
     * @throws BadInput if the study has no copy of it
     */
    StudyScript script() {
        Spec spec = known().spec();
        Path copy = folder.resolve("script").resolve(Path.of(spec.script()).getFileName());
        if (Files.exists(copy) && !holds(copy)) {
            throw new BadInput("the study's copy of its script lies elsewhere, and is not shown");
        }
        return StudyScript.read(spec, folder);
    }

    /** How many trials there are. */
    int trials() {
        return read.map(known -> known.recording().entries().size()).orElse(0);
    }

    /**
     * The study for those who tell of it.
     *
     * @throws Absent if there is none
     */
    StudyView view() {
        Read known = known();
        return StudyView.of(folder, name, known.spec(), known.recording(), known.history());
    }

    /** @throws Absent if there is no study */
    Read known() {
        return read.orElseThrow(
                () -> new Absent(problem.isEmpty() ? "there is no study in " + name + " now" : problem));
    }
}
