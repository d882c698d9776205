package dev.chiron.agent.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.prompts.describe.CurveText;
import dev.chiron.prompts.facts.Facts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rules of thumb in a model's place. This is not a language model: it knows nothing of what parameters mean but that
 * sizes need memory. It reads the same prompt as a model and answers in the same format: the incumbent with two or three
 * parameters moved by about a tenth of their range, and what a constraint then asks for done by the others; where trials
 * ran out of memory or time, sizes go down rather than up. Where an optimizer that foretells values says what it would try next, of three configs one mixes that with the
 * incumbent, and one lies on the line from the incumbent to it, or beyond. Where a prompt lists trials with all their values (LLAMBO's), every other
 * config takes its values from the best of them, goes on from a worse one through the best, or lies anywhere; and what is to be foretold
 * of configs is what trials near them brought. Asked whether a run is worth going on with they hold it against others. Asked for an analysis they say the result again. The same prompt gets the same reply.
 *
 * <p>What it gains beside the control {@code perturb} is measured in docs/centaur.md.
 */
public final class Builtin {

    private static final Pattern WANTED =
            Pattern.compile("(?m)(?:^Configs wanted: |, of )(?<count>\\d{1,3})(?: candidates, best first:)?$");
    private static final Pattern RESULT = Pattern.compile("(?m)^Changed: .*\\nResult: (.*)$");
    private static final String ANALYSIS = "\n{\"analysis\": ";

    /** Standard deviation of a move, as a share of the parameter's scale. */
    private static final double MOVE = 0.1;

    /** Where the prompt lists all trials to tell near from far by, moves are of all sizes between. */
    private static final double LEAST_MOVE = 0.02;

    private static final double LARGEST_MOVE = 0.5;
    /** On the line to an optimizer's suggestion a config lies so many times as far at most. */
    private static final double FURTHEST = 2;
    /** Kinds of configs that are made of others. */
    private static final int KINDS = 3;
    /** A parameter that a constraint asks to follow is moved in so many steps at most, each of this share of its scale. */
    private static final int MENDING = 10;

    private static final double MENDED = 0.05;
    /** Of so many upward moves of a size, one stays. */
    private static final int DOWN = 4;
    /** Values are mixed from so many of the best trials. */
    private static final int MIXED = 4;

    /** A step to the range's very end may come out a little beyond it. */
    private static final double ROUNDING = 1e-9;
    /** Draws before a reply that repeats a listed trial or breaks a constraint is given all the same. */
    private static final int DRAWS = 50;

    private final ObjectMapper json = new ObjectMapper();

    /**
     * The reply to a prompt: a JSON object with as many candidates as it asks for, or one config where it asks for no list;
     * an empty object if the prompt is none of ours. Rules of thumb forecast nothing.
     */
    public String reply(String prompt) {
        if (PromptTrials.asksForRatings(prompt)) {
            return new RatingRules().reply(prompt);
        }
        if (StopRules.areAsked(prompt)) {
            return new StopRules().reply(prompt);
        }
        Matcher result = RESULT.matcher(prompt);
        if (prompt.contains(ANALYSIS) && result.find()) {
            return json.createObjectNode().put("analysis", result.group(1)).toString();
        }
        Optional<Reading> read = Reading.of(prompt);
        if (read.isEmpty()) {
            return "{}";
        }
        Reading reading = read.get();
        Random random = new Random(
                seed(CurveText.cut(Facts.cut(prompt)))); // what it does not read must not change what it does
        Matcher wanted = WANTED.matcher(prompt);
        return wanted.find()
                ? candidates(Integer.parseInt(wanted.group("count")), reading, random)
                        .toString()
                : fresh(reading, List.of(), random).toString();
    }

    /** So many moves around the incumbent, or the baseline before there is one, all different. */
    private ObjectNode candidates(int wanted, Reading reading, Random random) {
        ObjectNode reply = json.createObjectNode();
        ArrayNode candidates = reply.putArray("candidates");
        List<ObjectNode> given = new ArrayList<>();
        for (int k = 0; k < wanted; k++) {
            ObjectNode config = fresh(reading, given, random);
            given.add(config);
            candidates.addObject().set("config", config);
        }
        return reply;
    }

    private ObjectNode fresh(Reading reading, List<ObjectNode> given, Random random) {
        ObjectNode config = drawn(given.size(), reading, random);
        for (int draw = 1; draw < DRAWS && !isNew(config, given, reading); draw++) {
            boolean isBetween = draw >= DRAWS / 2 && reading.surest().isPresent(); // where nothing may lie that is new
            config = drawn(isBetween ? 0 : given.size(), reading, random);
        }
        return config;
    }

    /** Whether nobody has proposed the config, here or in the prompt, and it keeps what every config must. */
    private static boolean isNew(ObjectNode config, List<ObjectNode> given, Reading reading) {
        return !isListed(config, reading)
                && !given.contains(config)
                && reading.isKept(config)
                && !reading.surest().filter(config::equals).isPresent();
    }

    /** The so-manieth config of a reply: a move, or what is made of an optimizer's suggestion or, where all are listed, of trials, in turn. */
    private ObjectNode drawn(int place, Reading reading, Random random) {
        List<ObjectNode> best =
                reading.trials().best().stream().map(reading.trials()::config).toList();
        if (best.size() < 2) {
            return improved(place, reading, random);
        }
        if (place % 2 == 0) {
            return moved(LEAST_MOVE * Math.pow(LARGEST_MOVE / LEAST_MOVE, random.nextDouble()), reading, random);
        }
        return switch (place / 2 % KINDS) {
            case 0 -> mixed(best, reading, random);
            case 1 -> beyond(best, reading, random);
            default -> anywhere(reading, random);
        };
    }

    /** A move goes by the incumbent alone; an optimizer that foretells values knows more than that, and half a step of its is another one. */
    private ObjectNode improved(int place, Reading reading, Random random) {
        int kind = reading.surest().isEmpty() ? 0 : place % KINDS;
        if (kind == 0) {
            return moved(MOVE, reading, random);
        }
        ObjectNode suggestion = reading.surest().get();
        ObjectNode mixed = mixed(List.of(reading.start(), suggestion), reading, random);
        return kind == 1 ? mixed : along(suggestion, FURTHEST * random.nextDouble(), mixed, reading);
    }

    /** What is near to known trials alone would never leave the best valley among them. */
    private ObjectNode anywhere(Reading reading, Random random) {
        ObjectNode config = reading.start().deepCopy();
        for (Reading.Row row : reading.rows()) {
            if (row.options().isPresent()) {
                JsonNode options = row.options().get();
                config.set(row.name(), options.get(random.nextInt(options.size())));
            } else {
                place(config, row, random.nextDouble());
            }
        }
        return config;
    }

    /** Each value from one of the better trials. */
    private ObjectNode mixed(List<ObjectNode> best, Reading reading, Random random) {
        ObjectNode config = reading.start().deepCopy();
        List<ObjectNode> few = best.subList(0, Math.min(MIXED, best.size()));
        for (Reading.Row row : reading.rows()) {
            JsonNode value = few.get(random.nextInt(few.size())).path(row.name());
            if (!value.isMissingNode()) {
                config.set(row.name(), value);
            }
        }
        return config;
    }

    /** From a worse trial through the incumbent, and on. */
    private ObjectNode beyond(List<ObjectNode> best, Reading reading, Random random) {
        ObjectNode worse = best.get(1 + random.nextInt(best.size() - 1));
        return along(worse, -random.nextDouble(), reading.start().deepCopy(), reading);
    }

    /** The config with its numbers on the line from the incumbent to another one, so many times as far as that. */
    private ObjectNode along(ObjectNode other, double times, ObjectNode config, Reading reading) {
        for (Reading.Row row : reading.rows()) {
            if (row.scale().isPresent() && other.path(row.name()).isNumber()) {
                Scale scale = row.scale().get();
                double here = scale.place(reading.start().path(row.name()).doubleValue());
                double there = scale.place(other.path(row.name()).doubleValue());
                place(config, row, here + times * (there - here));
            }
        }
        return config;
    }

    private ObjectNode moved(double size, Reading reading, Random random) {
        ObjectNode config = reading.start().deepCopy();
        List<Reading.Row> shuffled = new ArrayList<>(reading.rows());
        Collections.shuffle(shuffled, random);
        int moves = Math.min(2 + random.nextInt(2), shuffled.size());
        for (Reading.Row row : shuffled.subList(0, moves)) {
            if (row.options().isPresent()) {
                List<JsonNode> others = new ArrayList<>();
                row.options().get().forEach(others::add);
                others.remove(config.path(row.name()));
                config.set(row.name(), others.get(random.nextInt(others.size())));
            } else {
                move(size, config, row, reading.tooLarge(), random);
            }
        }
        return mended(config, shuffled.subList(moves, shuffled.size()), reading);
    }

    /** What a constraint asks for after a move is done by a parameter that was not moved, by as few steps as will do. */
    private ObjectNode mended(ObjectNode config, List<Reading.Row> unmoved, Reading reading) {
        if (reading.isKept(config)) {
            return config;
        }
        List<String> named = reading.constraints().stream()
                .flatMap(constraint -> constraint.names().stream())
                .toList();
        for (int steps = 1; steps <= MENDING; steps++) {
            for (Reading.Row row : unmoved) {
                if (row.scale().isPresent() && named.contains(row.name())) {
                    for (int direction : List.of(-steps, steps)) {
                        ObjectNode mended = config.deepCopy();
                        step(mended, row, direction);
                        if (reading.isKept(mended)) {
                            return mended;
                        }
                    }
                }
            }
        }
        return config;
    }

    private void step(ObjectNode config, Reading.Row row, int steps) {
        Scale scale = row.scale().orElseThrow();
        double number = config.path(row.name()).doubleValue();
        place(config, row, scale.place(number) + steps * Math.max(MENDED, scale.gap(number)));
    }

    private void move(double size, ObjectNode config, Reading.Row row, boolean tooLarge, Random random) {
        Scale scale = row.scale().orElseThrow();
        double number = config.path(row.name()).doubleValue();
        double move = size * random.nextGaussian();
        boolean down = tooLarge && row.isSize() && random.nextInt(DOWN) > 0;
        double directed = down ? -Math.abs(move) : move;
        double step = Math.signum(directed) * Math.max(Math.abs(directed), scale.gap(number));
        double here = scale.place(number);
        boolean over = here + step < -ROUNDING || here + step > 1 + ROUNDING; // a parameter at its end has to move too
        place(config, row, over ? here - step : here + step);
    }

    private void place(ObjectNode config, Reading.Row row, double place) {
        Scale scale = row.scale().orElseThrow();
        double number = scale.number(place);
        config.set(
                row.name(),
                scale.whole()
                        ? json.getNodeFactory().numberNode(Math.round(number))
                        : json.getNodeFactory().numberNode(number));
    }

    /** Whether the config is the one to start from, or stands among the best trials with all its values. */
    private static boolean isListed(ObjectNode config, Reading reading) {
        String values = values(config);
        return values.equals(values(reading.start()))
                || reading.prompt().contains(values)
                || reading.prompt().contains(" -> " + values.substring(1));
    }

    /** The values as the table of the best trials has them: real numbers with four digits. */
    private static String values(ObjectNode config) {
        return config.properties().stream()
                .map(Map.Entry::getValue)
                .map(value -> value.isFloatingPointNumber() ? Numbers.text(value.doubleValue(), 4) : value.toString())
                .collect(Collectors.joining(",", ",", "\n"));
    }

    private static long seed(String prompt) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(prompt.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
