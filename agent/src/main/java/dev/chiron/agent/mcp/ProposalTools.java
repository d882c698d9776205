package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.propose.Learner;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.OptimizerProposer;
import dev.chiron.agent.propose.Tactics;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.describe.StateText;
import dev.chiron.prompts.describe.Task;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** What could be tried next, before anything is run. */
record ProposalTools(Desk desk) {

    private static final List<String> EDITING = List.of(Method.CODE.label(), Method.CENTAUR_CODE.label());

    List<Tool> tools() {
        return List.of(state(), suggest(), propose());
    }

    private Tool state() {
        return new Tool(
                "optimizer_state",
                "What the optimizer knows",
                "The state of the study's classical optimizer in the units of the parameters: where it believes the "
                        + "optimum to lie, how far it still searches in each direction, which parameters it moves "
                        + "together. Read it before you propose something: it holds what all trials so far have taught.",
                Tool.Effect.READS,
                List.of(Given.study()),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    OptimizerState state = known(seat, caller);
                    Spec spec = seat.inForce(caller);
                    Task task = spec.described();
                    return Answer.of(new StateText(task).of(state));
                });
    }

    /** The state after the last trial. */
    private static OptimizerState known(Seat seat, Caller caller) throws InterruptedException {
        return seat.looked(caller)
                .state()
                .orElseThrow(() -> new BadInput(
                        EDITING.contains(seat.spec().method())
                                ? "in method " + seat.spec().method()
                                        + " each version of the script has an optimizer of its own, whose state is not shown"
                                : "nothing is known yet: call `run_trial`, whose first trial is the baseline"));
    }

    private Tool suggest() {
        return new Tool(
                "suggest",
                "The optimizer's next proposal",
                "What the study's classical optimizer would try next, by its state now. Nothing is run and nothing "
                        + "changes: asked again, it says the same until a trial has ended. `run_trial` without a config "
                        + "runs it under the optimizer's name; change it and give it to `run_trial` as yours.",
                Tool.Effect.READS,
                List.of(Given.study()),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    OptimizerState state = known(seat, caller);
                    return Answer.of(suggestion(
                            seat.inForce(caller),
                            state,
                            desk.view(arguments).now().history()));
                });
    }

    private static ObjectNode suggestion(Spec spec, OptimizerState state, History history) {
        Method method = Method.labelled(spec.optimizer()).orElseThrow();
        Prior prior = method.prior(spec.space(), spec.baseline(), spec.priors());
        Optimizer copy = Learner.of(spec)
                .resume(spec.space(), prior, state)
                .orElseThrow(() -> new BadInput("in method " + spec.method() + " no optimizer proposes"));
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (history.trials().isEmpty()) {
            object.put("origin", "baseline").set("config", EntryJson.config(spec.baseline()));
            return object;
        }
        Tactics tactics =
                FidelitySpec.isInParts(spec.method()) ? method.tactics().withoutLocal() : method.tactics();
        Proposal proposal =
                new OptimizerProposer(copy, tactics, spec.space(), spec.objective(), spec.seed()).propose(history);
        if (proposal instanceof Proposal.Try attempt && attempt.change() instanceof Change.Settings settings) {
            object.put("origin", attempt.origin().label());
            object.set("config", EntryJson.config(settings.config()));
            return object;
        }
        throw new BadInput("the optimizer has nothing more to propose: every config of the space has been tried");
    }

    private Tool propose() {
        return new Tool(
                "propose",
                "Check a config",
                "Checks a config of yours without running it: whether every value is in its range, which constraints it "
                        + "breaks (with a config near it that keeps them), whether a trial ran it before, and how probably "
                        + "it fails, by the trials that failed so far. `run_trial` does the same checks.",
                Tool.Effect.READS,
                List.of(Given.study(), Given.config().needed()),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    Spec spec = seat.inForce(caller);
                    History history = history(arguments, spec);
                    Map<String, Object> given = arguments.object("config").orElseThrow();
                    return Answer.of(checked(Check.of(given, spec.space(), spec.baseline(), history), history));
                });
    }

    private History history(Arguments arguments, Spec spec) {
        return Files.isRegularFile(desk.folder(arguments).resolve("journal.jsonl"))
                ? desk.view(arguments).now().history()
                : new History(spec.objective());
    }

    private static ObjectNode checked(Check check, History history) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        List<String> objections = check.objections();
        object.put("accepted", objections.isEmpty());
        ArrayNode reasons = object.putArray("objections");
        objections.forEach(reasons::add);
        object.set("config", EntryJson.config(check.config()));
        check.repaired().ifPresent(config -> object.set("nearest_that_keeps_them", EntryJson.config(config)));
        object.put("failure_probability", Math.round(check.failure() * 100) / 100.0);
        if (history.trials().isEmpty()) {
            object.put("note", "nothing was run yet: the first trial is the baseline");
        }
        return object;
    }
}
