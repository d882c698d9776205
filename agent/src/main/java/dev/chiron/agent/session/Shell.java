package dev.chiron.agent.session;

import java.util.List;

/** Runs another command of this program, such as {@code why 3}, on a study. */
public interface Shell {

    /** What it wrote, results and messages, a line each. */
    List<String> run(List<String> arguments);
}
