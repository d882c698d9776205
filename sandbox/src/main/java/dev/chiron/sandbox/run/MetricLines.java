package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome.CurvePoint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a metric in what a run prints, as it prints: {@code name: v}, {@code name=v}, {@code name v} or {@code "name": v}. The last value
 * counts, those before it are the curve. A carriage return ends a line too. Safe for use by several threads.
 */
final class MetricLines {

    /** Bytes of a line that are looked at; a line may go on without end. */
    private static final int LONGEST = 16 * 1024;

    private static final int MOST_OTHERS = 50;
    private static final String NAME_PART = "[A-Za-z0-9_./-]";
    private static final Pattern OTHER = Pattern.compile("(?<!" + NAME_PART + ")([A-Za-z_]" + NAME_PART
            + "{0,60}+)[\"']?+[ \t]*+[:=][ \t]*+(" + NumberText.REGEX + ")");
    private static final List<Pattern> STEPS = Stream.of("step", "iter(?:ation)?", "epoch")
            .map(word -> Pattern.compile(
                    "(?<![A-Za-z0-9_])" + word + "[\"']?+[ \t]*+[:=]?[ \t]*+([0-9]{1,15})", Pattern.CASE_INSENSITIVE))
            .toList();

    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*+m");

    /** "best val_loss: 0.3" is not the val_loss of this moment. */
    private static final String OTHER_METRIC =
            "(?<!(?i:best|lowest|highest|min|max|avg|mean|average|train|training|baseline|previous|prev|old|target) {1,2})";

    private final String name;
    private final Set<String> wanted;
    private final Optional<Nonce> nonce;
    private final Pattern pattern;
    private final Optional<Pattern> signed;
    private final Watched watched;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Curve curve = new Curve();
    private final Map<String, Double> others = new LinkedHashMap<>();
    private long reports;
    private OptionalDouble value = OptionalDouble.empty();
    private OptionalDouble verified = OptionalDouble.empty();
    private double step;

    MetricLines(String name) {
        this(name, Set.of(), Optional.empty(), new Watched(Watch.NONE));
    }

    /**
     * @param wanted other metrics that are noted however many there are
     * @param nonce what must stand behind a value that counts, at the end of its line; empty where every value counts
     * @param watched is told each value, until it has the run stopped: what is printed after that is not looked at
     */
    MetricLines(String name, Set<String> wanted, Optional<Nonce> nonce, Watched watched) {
        this.watched = watched;
        this.name = name;
        this.wanted = wanted;
        this.nonce = nonce;
        String number = "(" + NumberText.REGEX + ")";
        this.pattern = Pattern.compile(OTHER_METRIC + "(?<!" + NAME_PART + ")" + Pattern.quote(name)
                + "(?:[\"']?+[ \t]*+[:=][ \t]*+[\"']?" + number + "|[ \t]++" + number + "(?=[ \t]*+(?:$|[,;|)\\]}])))");
        this.signed = nonce.map(word -> Pattern.compile("(?<!" + NAME_PART + ")" + Pattern.quote(name)
                + "[\"']?+[ \t]*+[:=][ \t]*+" + number + "[ \t,;]++" + word.sign() + "[ \t]*+$"));
    }

    /** Takes the next bytes of the output. */
    synchronized void accept(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                endLine();
            } else if (line.size() < LONGEST) {
                line.write(b);
            }
        }
    }

    /** What has been found so far, the unfinished line included. */
    synchronized Reading reading() {
        endLine();
        if (value.isEmpty()) {
            return new Reading.Missing("stdout has no line with \"" + name + ": <number>\"");
        }
        if (nonce.isPresent() && verified.isEmpty()) {
            return new Reading.Claimed(value.getAsDouble());
        }
        Map<String, Double> copy = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        double counted = verified.orElse(value.getAsDouble());
        return new Reading.Found(counted, copy, curve.points());
    }

    /** The last value and its step. */
    synchronized CurvePoint last() {
        return new CurvePoint(step, value.orElseThrow());
    }

    /** All values so far, the last one included. */
    synchronized List<CurvePoint> curve() {
        endLine();
        List<CurvePoint> points = new ArrayList<>(curve.points());
        value.ifPresent(last -> {
            if (Double.isFinite(last)) {
                points.add(new CurvePoint(step, last));
            }
        });
        return points;
    }

    private void endLine() {
        if (line.size() > 0) {
            read(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }
    }

    private void read(String printed) {
        String text = unsigned(COLOUR.matcher(printed).replaceAll(""));
        if (text.contains(name)) {
            Matcher match = pattern.matcher(text);
            while (match.find()) {
                report(NumberText.parse(match.group(1) != null ? match.group(1) : match.group(2)), text);
            }
        }
        Matcher other = OTHER.matcher(text);
        while (other.find()) {
            note(other.group(1), NumberText.parse(other.group(2)));
        }
    }

    /** Notes the value that bears the nonce, and gives the line without it. */
    private String unsigned(String text) {
        if (nonce.isEmpty()) {
            return text;
        }
        signed.map(pattern -> pattern.matcher(text))
                .filter(Matcher::find)
                .ifPresent(match -> verified = OptionalDouble.of(NumberText.parse(match.group(1))));
        return nonce.get().takenFrom(text);
    }

    private void report(double next, String text) {
        if (watched.isOver()) {
            return;
        }
        value.ifPresent(earlier -> curve.add(new CurvePoint(step, earlier)));
        reports++;
        value = OptionalDouble.of(next);
        step = step(text);
        watched.reported(step, next);
    }

    private double step(String text) {
        for (Pattern word : STEPS) {
            Matcher match = word.matcher(text);
            if (match.find()) {
                return Double.parseDouble(match.group(1));
            }
        }
        return (double) reports;
    }

    private void note(String other, double number) {
        boolean room = others.size() < MOST_OTHERS || others.containsKey(other) || wanted.contains(other);
        boolean sign = nonce.isPresent() && other.equals(Nonce.NAME);
        if (wanted.contains(other) && !Double.isFinite(number)) {
            others.remove(other); // what it was before is not what it is
        }
        if (room && Double.isFinite(number) && !other.equals(name) && !sign) {
            others.put(other, number);
        }
    }
}
