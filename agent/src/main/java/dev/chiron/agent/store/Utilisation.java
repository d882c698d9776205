package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * How busy the workers of a session were.
 *
 * @param workers how many there are
 * @param busy the time in which a worker ran a trial, added up over the workers
 * @param all the time that they were there, added up alike; without pauses that a person has asked for
 */
public record Utilisation(int workers, Duration busy, Duration all) {

    /** Busy worker time over all worker time, 0 to 1; 1 where there was no time at all. */
    public double share() {
        return all.isZero() ? 1 : (double) busy.toNanos() / all.toNanos();
    }

    /** As an object: workers, busy_seconds, worker_seconds, utilisation. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("workers", workers)
                .put("busy_seconds", EntryJson.seconds(busy))
                .put("worker_seconds", EntryJson.seconds(all))
                .put("utilisation", Math.round(share() * 1e4) / 1e4);
    }
}
