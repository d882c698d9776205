package dev.chiron.agent.cli;

import dev.chiron.agent.view.StudyView;
import picocli.CommandLine.Option;

/** Which study a reading command reads, and for whom it writes. */
final class StudyOption {

    @Option(names = "--study", paramLabel = "FOLDER", description = "the study's folder (default: chiron-study)")
    private String study = "chiron-study";

    @Option(names = "--json", description = "write JSON instead of text")
    private boolean json;

    StudyView read(Console console) {
        return StudyView.read(console.path(study), study);
    }

    boolean json() {
        return json;
    }
}
