package dev.chiron.agent.llm;

import java.util.EnumSet;
import java.util.Set;

/**
 * A model behind a server: which, where, with what key and how asked.
 *
 * @param kind of server, as in a spec: {@code openai}
 * @param name the spec that opens it again
 * @param model as the server knows it
 * @param url of the server, with the version at its end where it has one; holds no secret
 * @param key sent as the server wants it; empty for none
 */
record Server(String kind, String name, String model, String url, String key, LlmOptions options) {

    /** Of a spec {@code kind:model}. */
    Server(String kind, String model, String url, String key, LlmOptions options) {
        this(kind, kind + ":" + model, model, url, key, options);
    }

    /** What the model wants otherwise than others. */
    Quirks quirks() {
        return Quirks.of(kind, model);
    }

    /** The optional parts that a request for this question would have. */
    Set<Feature> features(Question question) {
        EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
        quirks().addTo(features, options, question);
        return features;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return name;
    }

    /** The key, or a word in its place for a client that wants one. */
    String someKey() {
        return key.isEmpty() ? "none" : key;
    }
}
