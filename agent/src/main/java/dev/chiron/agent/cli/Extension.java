package dev.chiron.agent.cli;

/** A subcommand from another module, found by {@link java.util.ServiceLoader}. */
public interface Extension {

    /** The subcommand: an object with picocli's annotations. */
    Object command(Console console);
}
