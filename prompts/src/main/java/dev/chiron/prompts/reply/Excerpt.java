package dev.chiron.prompts.reply;

import dev.chiron.optimizers.study.PlainText;

/** The beginning of a foreign text, fit for a line of a journal, a terminal or a prompt. */
final class Excerpt {

    private Excerpt() {}

    /** At most {@code longest} characters of the text, on one line. */
    static String of(String text, int longest) {
        return PlainText.line(text.substring(0, Math.min(text.length(), longest)));
    }
}
