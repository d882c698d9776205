package dev.chiron.agent.propose;

import dev.chiron.agent.End;
import dev.chiron.agent.Proposal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which of the models answered when they were last asked in this session, for a study that needs one. */
final class Attendance {

    private final int models;
    private final boolean required;
    private final Set<String> away = new HashSet<>();

    /**
     * @param models how many they are
     * @param required whether the study pauses when none is left
     */
    Attendance(int models, boolean required) {
        this.models = models;
        this.required = required;
    }

    /** Notes how a turn ended; why the study stops, if a model is needed and none is left. */
    Optional<Proposal> stop(ModelTurns.Ending ending, String model) {
        if (ending instanceof ModelTurns.Ending.Refused refused) {
            // a wrong key is found before the study begins; one that was revoked since ends no night's study
            return leavesNone(model)
                    ? Optional.of(
                            new Proposal.Stop(End.MODEL_REFUSED, refused.turn().fallback()))
                    : Optional.empty();
        }
        if (ending instanceof ModelTurns.Ending.Failed failed && !failed.reached()) {
            return leavesNone(model)
                    ? Optional.of(new Proposal.Stop(
                            End.MODEL_UNREACHABLE, failed.turn().fallback()))
                    : Optional.empty();
        }
        away.remove(model);
        return Optional.empty();
    }

    private boolean leavesNone(String model) {
        away.add(model);
        return required && away.size() >= models;
    }
}
