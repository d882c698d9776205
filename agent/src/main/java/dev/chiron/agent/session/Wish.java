package dev.chiron.agent.session;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Nearest;
import dev.chiron.agent.store.Steering;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Origin;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an order asks of the loop. Whether that can be done is the loop's to say; here is read what was meant. */
final class Wish {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*([smhd])");

    private final SearchSpace space;
    private final Config best;

    /**
     * Reads orders of a study.
     *
     * @param space in force
     * @param best of it: what a try takes where it names nothing
     */
    Wish(SearchSpace space, Config best) {
        this.space = space;
        this.best = best;
    }

    /**
     * What an order that changes the study asks for.
     *
     * @throws BadInput if it cannot be read
     */
    Steering of(Order order) {
        return switch (order.verb()) {
            case TRY -> attempt(order);
            case PIN -> pin(order);
            case UNPIN -> new Steering.Unpin(order.words(1, 1).get(0));
            case RANGE -> range(order);
            case BAN -> new Steering.Ban(rest(order));
            case ADD -> add(order);
            case DROP -> new Steering.Drop(order.words(1, 1).get(0));
            case SHARE -> share(order);
            case MODEL -> new Steering.Model(rest(order));
            case BUDGET -> budget(order);
            case STEER -> new Steering.Note(rest(order));
            default -> throw new IllegalArgumentException(order.verb() + " asks nothing of the loop");
        };
    }

    private static String rest(Order order) {
        if (order.rest().isBlank()) {
            throw new BadInput("usage: " + order.verb().usage());
        }
        return order.rest();
    }

    private Steering attempt(Order order) {
        boolean again = order.words().contains("--again");
        List<String> assignments =
                order.words().stream().filter(word -> !word.equals("--again")).toList();
        if (assignments.isEmpty()) {
            throw new BadInput("usage: " + order.verb().usage());
        }
        Map<String, Value> values = new LinkedHashMap<>(space.filled(best));
        for (String assignment : assignments) {
            values.putAll(assignment(assignment, order));
        }
        List<String> problems = space.problems(values);
        if (!problems.isEmpty()) {
            throw new BadInput(String.join("; ", problems));
        }
        Config config = space.config(values);
        return new Steering.Try(config, again, Origin.PERSON, "", "");
    }

    /** A parameter's value, or those of all pieces of a schedule. */
    private Map<String, Value> assignment(String text, Order order) {
        String[] one = assigned(text, order);
        Optional<ProgressSchedule> schedule = space.schedule(one[0]);
        if (schedule.isEmpty()) {
            Parameter parameter = parameter(one[0]);
            return Map.of(parameter.name(), value(parameter, one[1]));
        }
        List<Value> values = schedule.get()
                .values(one[1])
                .orElseThrow(() -> new BadInput(one[0] + " is a schedule: give it a number, or as "
                        + schedule.get().example() + ", not " + one[1]));
        return schedule.get().assigned(values);
    }

    /** A name and the text that it is set to. */
    private static String[] assigned(String text, Order order) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new BadInput(
                    text + " is no NAME=VALUE; usage: " + order.verb().usage());
        }
        return new String[] {text.substring(0, equals), text.substring(equals + 1)};
    }

    private Parameter parameter(String name) {
        return space.find(name)
                .orElseThrow(() -> new BadInput("no parameter " + name
                        + Nearest.hint(
                                name,
                                space.parameters().stream().map(Parameter::name).toList())));
    }

    /** An option by its text; else a number. */
    static Value value(Parameter parameter, String text) {
        if (parameter instanceof Choice choice) {
            List<String> options = choice.options().stream().map(Value::text).toList();
            return choice.options().stream()
                    .filter(option -> option.text().equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new BadInput(parameter.name() + " has no option " + text + Nearest.hint(text, options)));
        }
        return number(parameter.name(), text, parameter instanceof Parameter.Whole);
    }

    /**
     * The same where it is the loop's to say whether it can be: of a parameter that does not count as things are, or whose other options are
     * out for now.
     */
    private Value wished(String name, String text) {
        Optional<Parameter> parameter = space.find(name);
        if (parameter.isPresent() && !(parameter.get() instanceof Choice)) {
            return value(parameter.get(), text);
        }
        Optional<Value> known = parameter.stream()
                .flatMap(choice -> ((Choice) choice).options().stream())
                .filter(option -> option.text().equals(text))
                .findFirst();
        return known.orElseGet(
                () -> parameter.isEmpty() && isNumber(text) ? number(name, text, false) : Value.of(text));
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?(\\d[\\d_]*\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    }

    private static Value number(String name, String text, boolean whole) {
        try {
            return whole
                    ? Value.of(new BigDecimal(text.replace("_", "")).longValueExact())
                    : Value.of(new BigDecimal(text.replace("_", "")).doubleValue());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new BadInput(name + " takes " + (whole ? "a whole number" : "a number") + ", not " + text, e);
        }
    }

    private Steering pin(Order order) {
        String[] one = assigned(order.words(1, 1).get(0), order);
        return new Steering.Pin(one[0], wished(one[0], one[1]));
    }

    private Steering range(Order order) {
        List<String> words = order.words(2, 1000);
        String name = words.get(0);
        List<String> ends = words.subList(1, words.size());
        Optional<Parameter> parameter = space.find(name);
        if (parameter.isPresent() && parameter.get() instanceof Choice choice) {
            return new Steering.Options(
                    name, ends.stream().map(word -> option(choice, word)).toList());
        }
        if (parameter.isEmpty() && !ends.stream().allMatch(Wish::isNumber)) {
            parameter(name); // says which there are
        }
        if (ends.size() != 2) {
            throw new BadInput("usage: " + order.verb().usage());
        }
        return new Steering.Range(name, wished(name, ends.get(0)), wished(name, ends.get(1)));
    }

    /** One that is there, or behind a plus one that is new: a slip of the pen is no new option. */
    private static Value option(Choice choice, String word) {
        boolean isThere =
                choice.options().stream().anyMatch(option -> option.text().equals(word));
        if (!isThere && word.startsWith("+") && word.length() > 1) {
            return Value.of(word.substring(1));
        }
        try {
            return value(choice, word);
        } catch (BadInput e) {
            throw new BadInput(e.getMessage() + ". A new one has a plus before it: +" + word, e);
        }
    }

    private static Steering add(Order order) {
        String[] parts = rest(order).split("\\s+|:\\s*", 2);
        if (parts.length < 2) {
            throw new BadInput("usage: " + order.verb().usage());
        }
        return new Steering.Add(parts[0], parts[1].replaceFirst("^:\\s*", ""));
    }

    private static Steering share(Order order) {
        String word = order.words(1, 1).get(0);
        if (word.equals("adaptive")) {
            return new Steering.Share(OptionalDouble.empty());
        }
        Value share = number("/share", word, false);
        return new Steering.Share(share.asNumber());
    }

    private static Steering budget(Order order) {
        OptionalInt trials = OptionalInt.empty();
        Optional<Duration> time = Optional.empty();
        OptionalDouble usd = OptionalDouble.empty();
        for (String word : order.words(1, 3)) {
            String[] parts = word.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            switch (parts[0]) {
                case "trials" -> trials = OptionalInt.of(count(value));
                case "time" -> time = Optional.of(time(value));
                case "usd" -> usd = number("usd", value, false).asNumber();
                default -> throw new BadInput("usage: " + order.verb().usage());
            }
        }
        return new Steering.Limit(trials, time, usd);
    }

    private static int count(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new BadInput("trials takes a whole number, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Duration time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new BadInput("time is written as 90s, 30m or 8h, not " + text);
        }
        long count = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
