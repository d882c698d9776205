package dev.chiron.evals;

import dev.chiron.agent.cli.Console;
import dev.chiron.agent.cli.Extension;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Adds {@code chiron evals} to the command line. */
public final class EvalsExtension implements Extension {

    @Override
    public Object command(Console console) {
        CommandSpec evals = CommandSpec.forAnnotatedObject(new EvalsCommand(console));
        evals.addSubcommand("list", new CommandLine(new ListCommand(console)));
        evals.addSubcommand("run", new CommandLine(new RunCommand(console)));
        evals.addSubcommand("peers", new CommandLine(new PeersCommand(console)));
        evals.addSubcommand("pruning", new CommandLine(new PruningCommand(console)));
        evals.addSubcommand("forecasts", new CommandLine(new ForecastsCommand(console)));
        evals.addSubcommand("deepening", new CommandLine(new DeepeningCommand(console)));
        evals.addSubcommand("table", new CommandLine(new TableCommand(console)));
        evals.addSubcommand("fit", new CommandLine(new FitCommand(console)));
        evals.addSubcommand("card", new CommandLine(new CardCommand(console)));
        evals.addSubcommand("report", new CommandLine(new ReportCommand(console)));
        evals.addSubcommand("bayesmark", new CommandLine(new BayesmarkCommand(console)));
        evals.addSubcommand("objective", new CommandLine(new ObjectiveCommand(console, System.in)));
        return evals;
    }
}
