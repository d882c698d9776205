package dev.chiron.prompts.reply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of some texts, by which one sees whether a sentence about them has made one up. */
final class Figures {

    private static final double ROUNDED = 0.05;
    private static final double LARGE = 1000;
    private static final List<String> WORDS =
            List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    private static final Pattern WORD = Pattern.compile("[a-z]+");

    /** Not what is part of a name, such as {@code GPT-2}. Possessive, as texts may be long. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.-])([0-9][0-9,_]*+(?:\\.[0-9]++)?+(?:[eE][+-]?[0-9]{1,3})?+)"
                    + "(?:([kKMB])(?![A-Za-z])|\\s?(thousand|million|billion)\\b)?+");

    private static final Map<String, Double> SCALES = scales();

    private final List<Double> known = new ArrayList<>();

    private static Map<String, Double> scales() {
        Map<String, Double> scales = new LinkedHashMap<>();
        scales.put("k", 1e3);
        scales.put("K", 1e3);
        scales.put("thousand", 1e3);
        scales.put("M", 1e6);
        scales.put("million", 1e6);
        scales.put("B", 1e9);
        scales.put("billion", 1e9);
        return scales;
    }

    Figures(List<String> texts) {
        for (String text : texts) {
            Matcher number = NUMBER.matcher(text);
            while (number.find()) {
                known.add(plain(number));
                known.add(plain(number) * scale(number));
            }
            WORD.matcher(text.toLowerCase(Locale.ROOT))
                    .results()
                    .map(word -> WORDS.indexOf(word.group()))
                    .filter(at -> at >= 0)
                    .forEach(at -> known.add(at + 1.0));
        }
    }

    void add(double value) {
        known.add(value);
    }

    boolean has(double value) {
        double tolerance = value >= LARGE ? ROUNDED * value : 1e-9 * Math.max(1, value);
        return known.stream().anyMatch(one -> Math.abs(one - value) <= tolerance);
    }

    /** The first number of a sentence that stands nowhere, as it is written there; those of one digit may be counted. */
    Optional<String> unfounded(String sentence) {
        Matcher number = NUMBER.matcher(sentence);
        while (number.find()) {
            double plain = plain(number);
            boolean digit = plain < 10 && plain == Math.rint(plain) && scale(number) == 1;
            if (!digit && !has(plain * scale(number)) && !(scale(number) == 1 && has(plain))) {
                return Optional.of(number.group().strip());
            }
        }
        return Optional.empty();
    }

    private static double plain(Matcher number) {
        return Double.parseDouble(number.group(1).replaceAll("[,_]", ""));
    }

    private static double scale(Matcher number) {
        String unit = number.group(2) != null ? number.group(2) : number.group(3);
        return unit == null ? 1 : SCALES.getOrDefault(unit, 1.0);
    }
}
