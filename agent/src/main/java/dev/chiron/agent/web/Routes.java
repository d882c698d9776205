package dev.chiron.agent.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import dev.chiron.agent.llm.KeyMask;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is answered at which path. Studies and trials are named by number, never by a path: nothing outside their folders can be asked for. */
final class Routes {

    private static final String API = "/api/studies";

    private final Watch watch;
    private final KeyMask mask;
    private final Beliefs beliefs;
    private final PageFiles files = new PageFiles();
    private final ObjectMapper json = new ObjectMapper();

    Routes(Watch watch, Beliefs beliefs, KeyMask mask) {
        this.watch = watch;
        this.beliefs = beliefs;
        this.mask = mask;
    }

    /** Answers a request that may be answered. */
    void answer(HttpExchange exchange) throws IOException, InterruptedException {
        Answer answer = new Answer(exchange);
        String path = exchange.getRequestURI().getPath();
        if (!path.equals(API) && !path.startsWith(API + "/")) {
            Optional<PageFiles.File> file = files.find(path);
            if (file.isPresent()) {
                answer.send(200, file.get().type(), out -> out.write(file.get().bytes()));
            } else {
                answer.text(404, "nothing here\n");
            }
            return;
        }
        try {
            study(exchange, answer, List.of(path.substring(API.length()).split("/")));
        } catch (Unready e) {
            answer.json(200, json, masked(json.createObjectNode().put("unready", e.getMessage())));
        } catch (Absent e) {
            answer.json(404, json, masked(json.createObjectNode().put("error", e.getMessage())));
        }
    }

    /** @param words what follows the path of all studies, from an empty one on */
    private void study(HttpExchange exchange, Answer answer, List<String> words)
            throws IOException, InterruptedException {
        if (words.size() < 2) {
            answer.json(200, json, masked(studies()));
            return;
        }
        int number = number(words.get(1));
        if (number >= watch.studies().size()) {
            throw new Absent("there is no study " + words.get(1));
        }
        WatchedStudy study = watch.studies().get(number);
        Map<String, String> query = query(exchange.getRequestURI());
        String what = String.join("/", words.subList(2, words.size()));
        if (what.equals("events")) {
            events(exchange, study, query);
        } else if (what.equals("columns")) {
            columns(answer, study, number(query.getOrDefault("from", "0")));
        } else {
            answer.json(200, json, masked(asked(what, new StudyCardJson(number, study.now()), query, study.worked())));
        }
    }

    private JsonNode asked(String what, StudyCardJson card, Map<String, String> query, Worked worked)
            throws InterruptedException {
        Snapshot now = card.snapshot();
        return switch (what) {
            case "" -> card.whole();
            case "totals" -> card.totals();
            case "credit" -> worked.answer(now.known(), List.of(what), new Insights(now)::credit);
            case "importance" -> worked.answer(now.known(), List.of(what), new Insights(now)::importance);
            case "values", "failures" -> terrain(what, now, need(query, "x"), need(query, "y"), worked);
            case "lineage" -> new Lineage(now).json();
            case "difference" -> new Lineage(now).diff(need(query, "from"), need(query, "to"));
            case "curves" -> new Curves(now).json(need(query, "trials"));
            case "belief" -> beliefs.of(now);
            case "trial" -> new TrialPage(now, number(need(query, "number"))).json();
            case "talk" -> new TrialPage(now, number(need(query, "number"))).talk();
            default -> throw new Absent("nothing here");
        };
    }

    private static JsonNode terrain(String what, Snapshot now, String x, String y, Worked worked) {
        return worked.answer(
                now.known(), List.of(what, x, y), () -> new Insights(now).terrain(x, y, what.equals("failures")));
    }

    private ArrayNode studies() throws InterruptedException {
        ArrayNode all = json.createArrayNode();
        for (int k = 0; k < watch.studies().size(); k++) {
            all.add(new StudyCardJson(k, watch.studies().get(k).now()).line());
        }
        return all;
    }

    /** From the first trial on it may be fewer than there are: the events bring the rest. */
    private void columns(Answer answer, WatchedStudy study, int from) throws IOException, InterruptedException {
        Snapshot now = study.now();
        Optional<WatchedStudy.Packed> ready = study.packed().filter(packed -> from == 0);
        if (ready.isPresent()) {
            answer.send(200, "application/json", out -> out.write(ready.get().columns()));
            return;
        }
        Columns columns = new Columns(now, from, mask);
        answer.send(200, "application/json", out -> {
            try (JsonGenerator generator = json.createGenerator(out)) {
                columns.write(generator);
            }
        });
    }

    private void events(HttpExchange exchange, WatchedStudy study, Map<String, String> query)
            throws IOException, InterruptedException {
        String last = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID"))
                .orElseGet(() -> query.getOrDefault("after", ""));
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        new EventFeed(watch, study, mask, json).send(last, exchange.getResponseBody());
    }

    private static String need(Map<String, String> query, String name) {
        return Optional.ofNullable(query.get(name)).orElseThrow(() -> new Absent("say which: ?" + name + "="));
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new Absent("no number: " + text);
        }
        return Integer.parseInt(text);
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = Optional.ofNullable(address.getRawQuery()).orElse("");
        for (String part : raw.split("&", -1)) {
            int at = part.indexOf('=');
            if (at > 0) {
                query.put(decoded(part.substring(0, at)), decoded(part.substring(at + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Absent("not an address: " + text);
        }
    }

    /** The same without any key in its texts. */
    private JsonNode masked(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode masked = json.createObjectNode();
            object.properties().forEach(field -> masked.set(field.getKey(), masked(field.getValue())));
            return masked;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode masked = json.createArrayNode();
            array.forEach(element -> masked.add(masked(element)));
            return masked;
        }
        return node instanceof TextNode text ? TextNode.valueOf(mask.mask(text.textValue())) : node;
    }
}
