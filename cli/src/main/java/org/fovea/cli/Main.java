package org.fovea.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `fovea` command.
public final class Main {

  private static final Pattern FIRST_LETTER = Pattern.compile("^[A-Z](?=[a-z])");

  private Main() {}

  /// Runs a command and exits with its status.
  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    // for what others format; ours never asks
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(run(Console.system(), arguments));
  }

  /// Runs a command.
  ///
  /// @return the exit status: 0 success, 1 the job failed, 2 wrong usage
  static int run(Console console, String... arguments) {
    try (Inputs _ = console.inputs()) {
      int status = commandLine(console).execute(arguments);
      console.flush();
      return status;
    } catch (RuntimeException | Error e) {
      return Failures.report(e, console);
    }
  }

  private static CommandLine commandLine(Console console) {
    CommandLine root = new CommandLine(new Fovea());
    CommandLine train = new CommandLine(new TrainCommand(console));
    TrainFlags.addTo(train);
    root.addSubcommand(
        new CommandLine(new DemoCommand(console)).addSubcommand(new DemoAnnotateCommand(console)));
    root.addSubcommand(DataCommand.tree(console));
    root.addSubcommand(train);
    root.addSubcommand(new EvaluateCommand(console));
    root.addSubcommand(new PredictCommand(console));
    root.addSubcommand(new CalibrateCommand(console));
    root.addSubcommand(new InspectCommand(console));
    root.addSubcommand(PatternsCommand.tree(console));
    root.addSubcommand(new AnnotateCommand(console));
    share(root, console);
    root.setOut(new PrintWriter(console.output(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(console.errors(), true, StandardCharsets.UTF_8));
    root.setUsageHelpAutoWidth(true);
    root.setUsageHelpLongOptionsMaxWidth(28);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setParameterExceptionHandler((e, _) -> wrongUsage(e, console));
    root.setExecutionExceptionHandler(
        (e, command, _) -> Failures.report(e, command.getCommandSpec(), console));
    return root;
  }

  /// Gives every command that does something the options that all have.
  private static void share(CommandLine command, Console console) {
    if (command.getCommand() instanceof Callable) {
      command.addMixin("shared", new SharedOptions(console));
    }
    command.getSubcommands().values().forEach(held -> share(held, console));
  }

  private static int wrongUsage(ParameterException e, Console console) {
    CommandLine command = e.getCommandLine();
    String message =
        FIRST_LETTER
            .matcher(String.valueOf(e.getMessage()))
            .replaceFirst(letter -> letter.group().toLowerCase(Locale.ROOT));
    console.warn(message);
    if (!UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
      console
          .errors()
          .println("Try '%s --help'".formatted(command.getCommandSpec().qualifiedName()));
    }
    return Failures.WRONG_USAGE;
  }
}
