package dev.chiron.sandbox.slurm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Orders of an earlier process that nobody has had the outcome of. Safe for use by several threads. */
final class Backlog {

    private final List<JobFolder> orders = new ArrayList<>();

    /**
     * What is left in a folder of orders. What is there without an order is cleared away.
     *
     * @throws IOException if the folder cannot be read
     */
    static Backlog in(Path folder) throws IOException {
        Backlog backlog = new Backlog();
        if (Files.isDirectory(folder)) {
            List<Path> places = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(places::add);
            }
            places.sort(null);
            for (Path place : places) {
                JobFolder order = new JobFolder(place);
                if (order.order().isPresent()) {
                    backlog.orders.add(order);
                } else if (!ArrayFolder.is(place)) {
                    order.close();
                }
            }
            for (Path place : places) {
                if (ArrayFolder.is(place)) {
                    new ArrayFolder(place).sweep();
                }
            }
        }
        return backlog;
    }

    /** Takes an order out that is the same. */
    synchronized Optional<JobFolder> same(String order) {
        return take(orders.stream()
                .filter(one -> one.order().filter(order::equals).isPresent())
                .findFirst());
    }

    /** Takes an order out that was for the same workspace, where another is to run now. */
    synchronized Optional<JobFolder> of(Path slot) {
        return take(orders.stream()
                .filter(one -> one.slot().equals(slot.toString()))
                .findFirst());
    }

    /** Takes all out. */
    synchronized List<JobFolder> all() {
        List<JobFolder> all = List.copyOf(orders);
        orders.clear();
        return all;
    }

    private Optional<JobFolder> take(Optional<JobFolder> found) {
        found.ifPresent(orders::remove);
        return found;
    }
}
