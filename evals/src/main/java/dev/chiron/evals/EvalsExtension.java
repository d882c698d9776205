package dev.chiron.evals;

import dev.chiron.agent.cli.Console;
import dev.chiron.agent.cli.Extension;

/** Adds {@code chiron evals} to the command line. */
public final class EvalsExtension implements Extension {

    @Override
    public Object command(Console console) {
        return new EvalsCommand(console);
    }
}
