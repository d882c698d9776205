package dev.chiron.agent.mcp;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a client gave a tool, checked against its fields. Numbers and flags may come as texts, as models write them. */
final class Arguments {

    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Checks what came.
     *
     * @throws BadInput naming the argument that is unknown, missing or of the wrong kind
     */
    static Arguments of(Tool tool, @Nullable Map<String, Object> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Field> fields = new LinkedHashMap<>();
        tool.fields().forEach(field -> fields.put(field.name(), field));
        if (given != null) {
            given.forEach((name, value) -> {
                Field field = fields.get(name);
                if (field == null) {
                    throw new BadInput(tool.name() + " has no argument `" + name + "`"
                            + (fields.isEmpty() ? ": it takes none" : Nearest.hint(name, fields.keySet())));
                }
                if (value != null) {
                    values.put(name, checked(field, value));
                }
            });
        }
        for (Field field : tool.fields()) {
            if (field.required() && !values.containsKey(field.name())) {
                throw new BadInput(tool.name() + " needs `" + field.name() + "`: " + field.description());
            }
        }
        return new Arguments(values);
    }

    private static Object checked(Field field, Object value) {
        return switch (field.kind()) {
            case TEXT -> text(field, value);
            case WHOLE -> whole(field, value);
            case NUMBER -> decimal(value).orElseThrow(() -> wrong(field, value)).doubleValue();
            case FLAG -> flag(field, value);
            case OBJECT -> {
                if (!(value instanceof Map<?, ?>)) {
                    throw wrong(field, value);
                }
                yield value;
            }
            case OBJECTS ->
                items(field, value).stream().map(item -> texts(field, item)).toList();
            case TEXTS ->
                items(field, value).stream().map(item -> text(field, item)).toList();
            case WHOLES ->
                items(field, value).stream().map(item -> whole(field, item)).toList();
        };
    }

    private static String text(Field field, Object value) {
        if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            throw wrong(field, value);
        }
        String text = value.toString();
        field.options().filter(options -> !options.contains(text)).ifPresent(options -> {
            throw new BadInput("`" + field.name() + "` is no `" + text + "`"
                    + Nearest.hint(text, options.stream().map(String::valueOf).toList()));
        });
        return text;
    }

    private static int whole(Field field, Object value) {
        try {
            int number = decimal(value).orElseThrow(() -> wrong(field, value)).intValueExact();
            if (number < field.low() || number > field.high()) {
                throw new BadInput(
                        "`" + field.name() + "` must be " + field.low() + " to " + field.high() + ", not " + number);
            }
            return number;
        } catch (ArithmeticException e) {
            throw wrong(field, value);
        }
    }

    private static Optional<BigDecimal> decimal(Object value) {
        if (!(value instanceof Number || value instanceof String)
                || value.toString().length() > 40) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(value.toString().strip()))
                    .filter(number -> Math.abs((long) number.scale()) < 400);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean flag(Field field, Object value) {
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(field, value);
        };
    }

    private static List<?> items(Field field, Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(field, value);
    }

    private static Map<String, String> texts(Field field, Object item) {
        if (!(item instanceof Map<?, ?> map) || !(field.schema().get("items") instanceof Map<?, ?> schema)) {
            throw wrong(field, item);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Object name : (List<?>) Objects.requireNonNull(schema.get("required"))) {
            if (!(map.get(name) instanceof String text)) {
                throw new BadInput("each of `" + field.name() + "` needs `" + name + "`, a text");
            }
            texts.put(String.valueOf(name), text);
        }
        return texts;
    }

    private static BadInput wrong(Field field, Object value) {
        String shown = value.toString();
        return new BadInput("`" + field.name() + "` must be " + field.kind().noun() + ", not "
                + (shown.length() > 80 ? shown.substring(0, 80) + " …" : shown));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable((String) values.get(name));
    }

    /** A text that the tool needs. */
    String needed(String name) {
        return text(name).orElseThrow();
    }

    OptionalInt whole(String name) {
        return values.get(name) instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
    }

    OptionalDouble number(String name) {
        return values.get(name) instanceof Double number ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    Optional<Map<String, Object>> object(String name) {
        if (!(values.get(name) instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return Optional.of(copy);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(item -> texts.add(item.toString()));
        }
        return texts;
    }

    /** Objects of texts. */
    List<Map<String, String>> objects(String name) {
        List<Map<String, String>> objects = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            for (Object item : list) {
                Map<String, String> texts = new LinkedHashMap<>();
                ((Map<?, ?>) item).forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
                objects.add(texts);
            }
        }
        return objects;
    }

    List<Integer> wholes(String name) {
        List<Integer> numbers = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(item -> numbers.add((Integer) item));
        }
        return numbers;
    }
}
