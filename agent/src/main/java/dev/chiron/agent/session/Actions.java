package dev.chiron.agent.session;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.plot.Plot;
import dev.chiron.agent.plot.Size;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.Course;
import dev.chiron.agent.start.OpenStudy;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Fork;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Taken;
import dev.chiron.agent.store.Unused;
import dev.chiron.agent.view.PredictionScore;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Summary;
import dev.chiron.agent.view.Table;
import dev.chiron.agent.view.Texts;
import dev.chiron.agent.view.TrialLine;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.StateText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What each command does. The study is read from its folder each time: the journal is what holds, whoever writes it. */
final class Actions {

    private static final int LAST = 20;

    private final Path folder;
    private final String shown;
    private final Screen screen;
    private final Driver driver;
    private final Shell shell;
    private Optional<Talk> talk = Optional.empty();

    Actions(Path folder, String shown, Screen screen, Driver driver, Shell shell) {
        this.folder = folder;
        this.shown = shown;
        this.screen = screen;
        this.driver = driver;
        this.shell = shell;
    }

    /**
     * A change, before it is made.
     *
     * @param does in words
     * @param run makes it, and says what came of it
     */
    record Change(String does, Doing run) {}

    /** Makes a change. */
    interface Doing {
        List<String> call() throws InterruptedException;
    }

    private StudyView view() {
        return StudyView.read(folder, shown);
    }

    /** What a command that only looks says. */
    List<String> look(Order order) {
        return switch (order.verb()) {
            case STATUS -> status();
            case BEST -> shell.run(List.of("best"));
            case TRIALS -> trials(order);
            case WHY -> shell.run(List.of("why", Integer.toString(numbered(order, 1, 1, 0))));
            case DIFF -> diff(order);
            case COMPARE -> compare(numbered(order, 2, 2, 0), numbered(order, 2, 2, 1));
            case STATE -> state();
            case PLOT -> plot(order);
            case COST -> cost();
            case PAUSE -> {
                driver.pause();
                yield List.of(
                        driver.busy().map(trial -> "  waits after " + trial).orElse("  waits"));
            }
            case STEP -> step(order);
            case REPORT -> report(order);
            case HELP -> help(order);
            default -> throw new IllegalArgumentException(order.verb() + " does more than look");
        };
    }

    private static int numbered(Order order, int least, int most, int index) {
        order.words(least, most);
        return order.number(index);
    }

    private List<String> status() {
        List<String> lines = new ArrayList<>(summary());
        driver.study()
                .map(study -> study.course().holding())
                .ifPresent(holding -> holding.forEach(taken -> lines.add("  steering " + taken.number() + "      "
                        + taken.steering().text())));
        lines.add("  loop            " + loop());
        lines.addAll(PredictionScore.lines(view()));
        return lines;
    }

    /** With what models have answered since the study was opened, which the journal gets when it is closed. */
    private List<String> summary() {
        StudyView view = view();
        List<Unused> answered = new ArrayList<>(view.unused());
        driver.study().map(OpenStudy::answered).ifPresent(answered::addAll);
        return Summary.lines(view.card(), view.entries(), Unused.without(view.entries(), answered), view.history());
    }

    private synchronized String loop() {
        if (!driver.isOpen()) {
            return StudyFolder.writer(folder)
                    .map(process -> "process " + process + " runs it")
                    .orElse("ended here: /resume opens it again");
        }
        if (driver.isWaiting()) {
            return "waits";
        }
        String trial = driver.busy()
                .map(running -> running + (running.startsWith("trials ") ? " run" : " runs"))
                .orElseGet(() -> driver.sought().isPresent()
                        ? "looks for trial " + driver.sought().getAsInt()
                        : "between two trials");
        return trial + (driver.isPausing() ? ", then it waits" : "");
    }

    private List<String> trials(Order order) {
        StudyView view = view();
        int all = view.entries().size();
        int count = order.words().isEmpty() ? LAST : order.words().get(0).equals("all") ? all : order.number(0);
        List<String> lines = new ArrayList<>();
        History upTo = view.history().anew();
        for (Entry entry : view.entries()) {
            upTo.add(entry.trial());
            if (entry.trial().number() >= all - count) {
                lines.add(TrialLine.of(entry, upTo));
            }
        }
        return lines.isEmpty() ? List.of("  no trials yet") : lines;
    }

    private List<String> diff(Order order) {
        List<String> arguments = new ArrayList<>(List.of("diff"));
        if (!order.words(0, 1).isEmpty()) {
            arguments.add(Integer.toString(order.number(0)));
        }
        return shell.run(arguments).stream()
                .map(line -> line.startsWith("+")
                        ? screen.paint().good(line)
                        : line.startsWith("-") ? screen.paint().bad(line) : line)
                .toList();
    }

    private List<String> compare(int first, int second) {
        StudyView view = view();
        Trial one = view.entry(first).trial();
        Trial other = view.entry(second).trial();
        Table table = new Table();
        table.row("", "trial " + first, "trial " + second);
        table.row(view.card().objective().metric(), Texts.outcome(one.outcome()), Texts.outcome(other.outcome()));
        table.row("by", one.origin().label(), other.origin().label());
        Set<String> names = new LinkedHashSet<>(Texts.changed(other.config(), one.config()));
        names.addAll(Texts.changed(one.config(), other.config()));
        Map<String, String> left = Texts.shown(one.config());
        Map<String, String> right = Texts.shown(other.config());
        names.forEach(name -> table.row(name, left.getOrDefault(name, "-"), right.getOrDefault(name, "-")));
        return table.lines("  ");
    }

    private List<String> state() {
        return driver.state()
                .map(state -> {
                    Spec spec = driver.study()
                            .map(OpenStudy::course)
                            .map(Course::spec)
                            .orElseGet(() -> view().spec());
                    return new StateText(spec.described()).of(state).lines().toList();
                })
                .orElse(List.of("  no optimizer proposes here"));
    }

    private List<String> plot(Order order) {
        StudyView view = view();
        Plot plot = Plot.of(order.words());
        List<String> lines = new ArrayList<>(
                plot.draw(view, screen.size()).text(screen.paint().colours()));
        Path file = folder.resolve("plots").resolve(plot.name() + ".png");
        try {
            byte[] png = plot.draw(view, Size.OF_FILE).png();
            Files.createDirectories(file.getParent());
            Files.write(file, png);
            lines.add(screen.paint().faint("  " + shown + "/plots/" + file.getFileName()));
        } catch (Picture.NoPng e) {
            lines.add("  this Java cannot write PNG files");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
        return lines;
    }

    /** The rows of the summary that speak of the model. */
    private List<String> cost() {
        List<String> rows = summary().stream()
                .filter(line -> Stream.of("model ", "of it ", "tokens ", "cost ", "in doubt ", "checks ", "unused ")
                        .anyMatch(line.strip()::startsWith))
                .toList();
        return rows.isEmpty() ? List.of("  no model is asked in this study") : rows;
    }

    private List<String> step(Order order) {
        int trials = order.words(0, 1).isEmpty() ? 1 : order.number(0);
        if (trials < 1) {
            throw new BadInput("usage: " + order.verb().usage());
        }
        requireMore();
        driver.step(trials);
        return List.of("  runs " + (trials == 1 ? "1 trial" : trials + " trials") + ", then waits");
    }

    /** Goes on, if anything is left to run. */
    void resume() {
        requireMore();
        driver.resume();
    }

    private void requireMore() {
        if (driver.isDone()
                && Recording.read(folder)
                        .map(Recording::waiting)
                        .orElse(List.of())
                        .isEmpty()) {
            throw new BadInput(
                    "nothing more is to be run: " + driver.why() + "; /budget trials=N allows more, /try runs one");
        }
    }

    /** What {@code chiron report} writes: into the study, or into a file that is not there yet. */
    private List<String> report(Order order) {
        List<String> arguments = new ArrayList<>(List.of("report"));
        if (!order.rest().isEmpty()) {
            arguments.addAll(
                    List.of("--out", folder.resolveSibling(order.rest()).toString()));
        }
        return shell.run(arguments);
    }

    /** Writes what was shown. */
    List<String> save(Order order, List<String> lines) {
        Path file = file(order, "session.txt");
        try {
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
        return List.of("  written: " + named(file));
    }

    /** Where to write: into the study under the usual name, or into a file that is not there yet. */
    private Path file(Order order, String otherwise) {
        if (order.rest().isEmpty()) {
            return folder.resolve(otherwise);
        }
        Path file = folder.resolveSibling(order.rest());
        requireNew(file, otherwise);
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new BadInput(order.rest() + " cannot be written: its folder is not there");
        }
        return file;
    }

    private void requireNew(Path file, String otherwise) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BadInput(file.getFileName() + " is there already: name a file that is not, or none for " + shown
                    + "/" + otherwise);
        }
    }

    private String named(Path file) {
        return file.startsWith(folder) ? shown + "/" + folder.relativize(file) : file.toString();
    }

    private static List<String> help(Order order) {
        if (!order.words().isEmpty()) {
            String word = order.words().get(0);
            Verb verb = Verb.of(word).orElseThrow(() -> new BadInput("no command " + word));
            return List.of("  " + verb.usage(), "    " + verb.does());
        }
        Table table = new Table();
        Stream.of(Verb.values()).forEach(verb -> table.row(verb.usage(), verb.does()));
        List<String> lines = new ArrayList<>(table.lines("  "));
        lines.add("  Anything else is said to the model. Tab completes; Ctrl-C pauses, twice leaves.");
        return lines;
    }

    /** What a command would change. */
    Change change(Order order) {
        return switch (order.verb()) {
            case UNDO -> undo(order);
            case APPLY -> apply(order);
            case FORK -> fork(order);
            default -> steering(wish(order));
        };
    }

    /** In the space that is in force. */
    private Steering wish(Order order) {
        Course course = driver.study().map(OpenStudy::course).orElseThrow(() -> new BadInput("the loop is not open"));
        Spec spec = course.spec();
        Config best = view().history()
                .incumbent()
                .flatMap(course::seen)
                .map(Trial::config)
                .orElse(spec.baseline());
        return new Wish(spec.space(), best).of(order);
    }

    private Change steering(Steering steering) {
        return new Change(steering.text(), () -> {
            boolean done = driver.isDone();
            driver.steer(steering);
            if (done && steering instanceof Steering.Limit) {
                driver.resume(); // what else would it be for
            } else if (done && steering instanceof Steering.Wish) {
                driver.step(1);
            }
            return driver.busy()
                    .map(trial -> List.of("  taken up after " + trial))
                    .orElse(List.of());
        });
    }

    private Change undo(Order order) {
        Recording recording = Recording.read(folder).orElseThrow(() -> new BadInput("nothing was steered yet"));
        List<Taken> waiting = recording.waiting();
        List<Taken> left = driver.study().map(study -> study.course().holding()).orElse(List.of()).stream()
                .filter(taken -> !(taken.steering() instanceof Steering.Wish) || waiting.contains(taken))
                .toList();
        if (left.isEmpty()) {
            throw new BadInput("nothing that was steered holds and can be taken back");
        }
        Taken last = left.get(left.size() - 1);
        int number = order.words(0, 1).isEmpty() ? last.number() : order.number(0);
        Taken undone = left.stream()
                .filter(taken -> taken.number() == number)
                .findFirst()
                .orElseThrow(() -> new BadInput("steering " + number + " cannot be taken back: the last that can is "
                        + last.number() + " (" + last.steering().text() + ")"));
        return new Change("undo steering " + number + ": " + undone.steering().text(), () -> {
            driver.steer(new Steering.Undo(number));
            return List.of();
        });
    }

    private Change apply(Order order) {
        List<String> number = order.words(0, 1);
        view().kept(number.stream().findFirst().map(word -> order.number(0)));
        if (driver.isOpen() && !driver.isWaiting()) {
            throw new BadInput("trials are copies of the project and one runs: /pause first, then /apply");
        }
        boolean open = driver.isOpen();
        return new Change(
                "writes "
                        + (number.isEmpty() ? "the best values" : "the values of trial " + number.get(0))
                        + " into your script"
                        + (open ? "; the loop is ended for that" : ""),
                () -> {
                    driver.end();
                    List<String> command = new ArrayList<>(List.of("apply", "--yes"));
                    command.addAll(1, number);
                    return shell.run(command);
                });
    }

    private Change fork(Order order) {
        String name = order.words(1, 2).get(0);
        int trials = order.words().size() == 2
                ? order.number(1) + 1
                : view().entries().size();
        return new Change("copies trials 0 to " + (trials - 1) + " to " + name, () -> {
            Path copy = fork(folder, name, trials);
            return List.of("  copied: chiron session --study " + copy.getFileName() + " goes on there");
        });
    }

    /** The dialogue with the model, begun when first needed. */
    Talk talk(Function<String, List<String>> commands) {
        Talk now = talk.orElseGet(() -> new Talk(this::status, commands, "talk" + earlier() + "x"));
        talk = Optional.of(now);
        return now;
    }

    /** How many dialogues this study has had. */
    private int earlier() {
        try (Stream<Path> files =
                Files.exists(folder.resolve("llm")) ? Files.list(folder.resolve("llm")) : Stream.empty()) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("talk\\d{1,8}x.*"))
                    .mapToInt(name -> Integer.parseInt(name.substring(4, name.indexOf('x'))) + 1)
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("the records of the models cannot be listed: " + e.getMessage(), e);
        }
    }

    private static Path fork(Path folder, String name, int trials) {
        try {
            return Fork.of(folder, name, trials);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }
}
