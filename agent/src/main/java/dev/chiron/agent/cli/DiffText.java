package dev.chiron.agent.cli;

import dev.chiron.optimizers.study.PlainText;

/** A unified diff, in colours and made harmless on a terminal, byte for byte elsewhere. */
final class DiffText {

    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String CYAN = "\u001b[36m";
    private static final String OFF = "\u001b[0m";

    private DiffText() {}

    static void print(Console console, String diff) {
        if (!console.terminal()) {
            console.out().print(diff);
            console.out().flush();
            return;
        }
        boolean colours = console.environment().getOrDefault("NO_COLOR", "").isEmpty();
        PlainText.lines(diff).lines().forEach(line -> console.out().println(colours ? coloured(line) : line));
    }

    private static String coloured(String line) {
        String colour = line.startsWith("@@") ? CYAN : line.startsWith("+") ? GREEN : line.startsWith("-") ? RED : "";
        return colour.isEmpty() ? line : colour + line + OFF;
    }
}
