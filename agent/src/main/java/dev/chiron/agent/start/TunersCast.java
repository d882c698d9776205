package dev.chiron.agent.start;

import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.study.Trial;
import java.util.List;
import java.util.Optional;

/** The cast of a study that tunes numbers: an optimizer, alone or with models beside it. */
record TunersCast(Surroundings surroundings, Roster roster, StudyFolder study) {

    /** What is said of it, and where it goes on from: what the study kept, if its optimizer can. */
    Cast open(Course begun) {
        Spec spec = begun.spec();
        Players players = new Players(surroundings, roster, study.path(), study.imported());
        Optional<StudyFolder.Saved> saved = study.saved(place -> told(players, at(begun, place), place))
                .filter(known -> players.resumed(
                                at(begun, new Recording.Place(known.trials(), known.steerings())), known)
                        .isPresent());
        Lineup lineup = new Lineup(surroundings, spec);
        Team team = lineup.team(roster.members(spec), study.path());
        String turns = team.partner() instanceof Partner.Nobody && !FidelitySpec.isInParts(spec.method())
                ? team.optimizer().label()
                : spec.method();
        SteeredProposer proposer = new SteeredProposer(players, begun, saved);
        boolean isSteered = !study.recording().steerings().isEmpty();
        Outlook outlook = new Outlook(surroundings, spec, spec.described(), lineup.turns(), roster.purse());
        return new Cast(
                proposer,
                saved.map(StudyFolder.Saved::trials).orElse(0),
                turns,
                team.optimizer().label(),
                team.llm(),
                isSteered
                        ? Optional.empty()
                        : outlook.estimate(
                                team,
                                saved.flatMap(known -> players.resumed(begun, known))
                                        .orElseGet(() -> players.start(begun)),
                                study));
    }

    /** The course after so many steerings. */
    private Course at(Course begun, Recording.Place place) {
        Course course = begun;
        for (int i = 0; i < place.steerings(); i++) {
            course = course.with(study.recording().steerings().get(i));
        }
        return course;
    }

    /** What the optimizer of a course has been told of: what was before it, and the trials so far. */
    private List<Observation> told(Players players, Course course, Recording.Place place) {
        List<Trial> own = study.recording().entries().stream()
                .limit(place.trials())
                .map(entry -> entry.trial())
                .filter(trial -> !trial.origin().isCheck()) // of which no optimizer is told
                .flatMap(trial -> course.seen(trial).stream())
                .toList();
        return players.observations(course, own);
    }
}
