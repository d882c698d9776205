package dev.chiron.agent.mcp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One argument of a tool.
 *
 * @param schema its JSON schema, without the description
 */
record Field(String name, Kind kind, String description, boolean required, Map<String, Object> schema) {

    /** What a value must be. */
    enum Kind {
        TEXT("a text"),
        WHOLE("a whole number"),
        NUMBER("a number"),
        FLAG("true or false"),
        OBJECT("an object of names and values"),
        OBJECTS("a list of objects"),
        TEXTS("a list of texts"),
        WHOLES("a list of whole numbers");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }

        String noun() {
            return noun;
        }
    }

    Field {
        schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
    }

    static Field text(String name, String description) {
        return new Field(name, Kind.TEXT, description, false, schema("string"));
    }

    /** A text that is one of a few. */
    static Field choice(String name, List<String> options, String description) {
        Map<String, Object> schema = schema("string");
        schema.put("enum", options);
        return new Field(name, Kind.TEXT, description, false, schema);
    }

    static Field whole(String name, int low, int high, String description) {
        Map<String, Object> schema = schema("integer");
        schema.put("minimum", low);
        schema.put("maximum", high);
        return new Field(name, Kind.WHOLE, description, false, schema);
    }

    static Field number(String name, String description) {
        return new Field(name, Kind.NUMBER, description, false, schema("number"));
    }

    static Field flag(String name, String description) {
        return new Field(name, Kind.FLAG, description, false, schema("boolean"));
    }

    /** Names and values of the study's own, such as a config. */
    static Field object(String name, String description) {
        Map<String, Object> schema = schema("object");
        schema.put("additionalProperties", true);
        return new Field(name, Kind.OBJECT, description, false, schema);
    }

    /** Objects of the same texts, all of them needed. */
    static Field objects(String name, List<String> texts, String description) {
        Map<String, Object> properties = new LinkedHashMap<>();
        texts.forEach(text -> properties.put(text, schema("string")));
        Map<String, Object> item = schema("object");
        item.put("properties", properties);
        item.put("required", texts);
        Map<String, Object> schema = schema("array");
        schema.put("items", item);
        return new Field(name, Kind.OBJECTS, description, false, schema);
    }

    static Field texts(String name, String description) {
        return list(name, Kind.TEXTS, "string", description);
    }

    static Field wholes(String name, String description) {
        return list(name, Kind.WHOLES, "integer", description);
    }

    private static Field list(String name, Kind kind, String item, String description) {
        Map<String, Object> schema = schema("array");
        schema.put("items", schema(item));
        return new Field(name, kind, description, false, schema);
    }

    private static Map<String, Object> schema(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    /** The same, which must be given. */
    Field needed() {
        return new Field(name, kind, description, true, schema);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>(schema);
        json.put("description", description);
        return json;
    }

    /** The options of a choice. */
    Optional<List<?>> options() {
        return schema.get("enum") instanceof List<?> options ? Optional.of(options) : Optional.empty();
    }

    /** The bounds of a whole number. */
    int low() {
        return (int) schema.getOrDefault("minimum", Integer.MIN_VALUE);
    }

    int high() {
        return (int) schema.getOrDefault("maximum", Integer.MAX_VALUE);
    }
}
