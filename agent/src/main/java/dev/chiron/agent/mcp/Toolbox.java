package dev.chiron.agent.mcp;

import java.util.List;
import java.util.stream.Stream;

/** Everything that a client can ask for. */
final class Toolbox {

    private Toolbox() {}

    /** In the order in which they are used. */
    static List<Tool> tools(Desk desk) {
        return Stream.of(
                        new StudyTools(desk).tools(),
                        new ProposalTools(desk).tools(),
                        new RunTools(desk).tools(),
                        new EditTools(desk).tools(),
                        new SteerTools(desk).tools(),
                        new ReadTools(desk).tools(),
                        new ReportTools(desk).tools(),
                        new ScriptTools(desk).tools())
                .flatMap(List::stream)
                .toList();
    }
}
