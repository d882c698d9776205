package dev.chiron.prompts.facts;

import dev.chiron.prompts.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What models are told of the papers' rules.
 *
 * @param told whether they are told any
 * @param given numbers of the task that a person has given, above 0
 */
public record Facts(boolean told, Map<Quantity, Double> given) {

    /** Models are told nothing. */
    public static final Facts NONE = new Facts(false, Map.of());

    /** Models are told what is for their study; nobody has given numbers. */
    public static final Facts TOLD = new Facts(true, Map.of());

    /** The most tokens of a prompt, heading included, by {@link Tokens}. */
    public static final int MOST = 400;

    /** The most tokens of a small model's prompt. */
    public static final int FEW = 200;

    private static final String TITLE = "What papers say of such training";
    private static final String HEADING =
            "\n## " + TITLE + "\nUnder the conditions in brackets, and no orders;" + " numbers for the %s:\n";
    private static final String SHORT = "\n" + TITLE + ", numbers for the %s:\n";
    private static final Pattern SECTION = Pattern.compile("\n(?:## )?" + TITLE + "[^\n]*\n(?:[^\n]+\n){1,20}");

    /** Copies the map. */
    public Facts {
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    /**
     * A card of the library, and what became of it.
     *
     * @param line as it stands in a prompt; empty if the card is not for the study
     * @param told whether the prompt has it
     * @param why the parameters that it was found by, or why it is not told
     */
    public record Finding(Card card, String line, boolean told, String why) {}

    /**
     * The section of a prompt: a heading, a line a card, and an empty line before; empty if there is nothing to tell.
     *
     * @param whose whose numbers are worked out: the incumbent or the baseline
     */
    public String section(Known known, String whose) {
        return written(known, HEADING.formatted(whose), MOST);
    }

    /** The same for a small model. */
    public String shortSection(Known known, String whose) {
        return written(known, SHORT.formatted(whose), FEW);
    }

    private String written(Known known, String heading, int most) {
        String lines = findings(known, heading, most).stream()
                .filter(Finding::told)
                .map(finding -> finding.line() + "\n")
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : heading + lines;
    }

    /**
     * What becomes of each card in a full prompt: those that are told first, in their order.
     *
     * @param whose as for the section
     */
    public List<Finding> findings(Known known, String whose) {
        return findings(known, HEADING.formatted(whose), MOST);
    }

    /** Cards with numbers come before those that can only be quoted; what does not fit any more is left out. */
    private List<Finding> findings(Known known, String heading, int most) {
        List<Fact> wanted = Fact.LIBRARY.stream()
                .sorted(Comparator.comparing(fact -> fact.here(known).isEmpty()))
                .toList();
        List<Finding> findings = new ArrayList<>();
        String text = heading;
        for (Fact fact : wanted) {
            Optional<String> unfit =
                    told ? fact.card().unfit(known) : Optional.of("facts: none says that models are told none");
            String line = fact.card().line(fact.here(known));
            boolean fits = Tokens.of(text + line + "\n") <= most;
            text += unfit.isEmpty() && fits ? line + "\n" : "";
            String why = unfit.orElseGet(() -> fits ? fact.card().found(known) : "no room beside the others");
            findings.add(new Finding(fact.card(), unfit.isEmpty() ? line : "", unfit.isEmpty() && fits, why));
        }
        findings.sort(Comparator.comparing(finding -> !finding.told()));
        return findings;
    }

    /** A prompt without its section; the same where it has none. */
    public static String cut(String prompt) {
        return SECTION.matcher(prompt).replaceFirst("");
    }

    /** All cards, in the library's order. */
    public static List<Card> library() {
        return Fact.LIBRARY.stream().map(Fact::card).toList();
    }
}
