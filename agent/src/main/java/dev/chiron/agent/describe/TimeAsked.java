package dev.chiron.agent.describe;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a run may take, as plain words say it. */
final class TimeAsked {

    private static final Pattern A_TRIAL = Pattern.compile("(?<![\\w.])([0-9]{1,6}(?:\\.[0-9]{1,3})?)[ -]?"
            + "(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)\\.?"
            + "(?:/| +(?:an?|per|each|for(?: an?| each| every| one)?) +)(?:trial|run|training|experiment|config)\\b");

    private TimeAsked() {}

    /** What stands before {@code a trial}, {@code per run} and the like: {@code 5 minutes a trial}. */
    static Optional<Duration> in(String words) {
        Matcher time = A_TRIAL.matcher(words.toLowerCase(Locale.ROOT));
        if (!time.find()) {
            return Optional.empty();
        }
        double unit = switch (time.group(2).charAt(0)) {
            case 's' -> 1;
            case 'm' -> 60;
            default -> 3600;
        };
        return Optional.of(ofSeconds(Double.parseDouble(time.group(1)) * unit)).filter(asked -> !asked.isZero());
    }

    static Duration ofMinutes(double minutes) {
        return ofSeconds(Math.max(1, 60 * minutes));
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofSeconds(Math.round(seconds));
    }

    /** As chiron.yaml has it. */
    static String text(Duration time) {
        long seconds = time.toSeconds();
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
