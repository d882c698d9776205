package dev.chiron.agent.session;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as it was typed.
 *
 * @param words what stands behind it; double quotes hold blanks together
 * @param rest the same as it was typed
 * @param yes whether {@code --yes} stands before or behind it: then nobody is asked
 */
record Order(Verb verb, List<String> words, String rest, boolean yes) {

    private static final String YES = "--yes";
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|[^\\s\"]|\")+");

    /** Copies the list. */
    Order {
        words = List.copyOf(words);
    }

    /**
     * Reads a line that begins with a slash.
     *
     * @throws BadInput if there is no such command: names the nearest
     */
    static Order read(String line) {
        String text = line.strip();
        boolean yes = text.endsWith(" " + YES);
        text = yes ? text.substring(0, text.length() - YES.length()).strip() : text;
        String word = text.split("\\s+", 2)[0];
        Verb verb =
                Verb.of(word).orElseThrow(() -> new BadInput("no command " + word + Nearest.hint(word, Verb.words())));
        String rest = text.substring(word.length()).strip();
        return new Order(verb, words(rest), rest, yes);
    }

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group().replace("\"", ""));
        }
        return words;
    }

    /** The words, if there are as many as the verb takes. */
    List<String> words(int least, int most) {
        if (words.size() < least || words.size() > most) {
            throw new BadInput("usage: " + verb.usage());
        }
        return words;
    }

    /**
     * A trial's number or a count.
     *
     * @throws BadInput if it is none
     */
    int number(int index) {
        String word = words.get(index);
        if (!word.matches("\\d{1,9}")) {
            throw new BadInput(word + " is no number; usage: " + verb.usage());
        }
        return Integer.parseInt(word);
    }
}
