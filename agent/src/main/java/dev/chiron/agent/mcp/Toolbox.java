package dev.chiron.agent.mcp;

import java.util.List;

/** Everything that a client can ask for. */
final class Toolbox {

    private Toolbox() {}

    static List<Tool> tools() {
        return List.of(new Tool(
                "list_studies",
                "Studies here",
                "Lists the studies in the folder that this server was started for.",
                Tool.Effect.READS,
                List.of(),
                (arguments, caller) -> Answer.of("none yet")));
    }
}
