package parley.client.cli;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import parley.client.MessengerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's door: subcommands, their help, and one line for what goes wrong. */
@Command(
    name = "parley",
    description = "Talks with a Parley installation.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ShellCommand.class,
      WaitCommand.class,
      StatusCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "  sql     Reads the posts of one host with SQL (parley sql --help).",
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage, 3 the user name is in use.",
      "Example: parley shell alice --server 127.0.0.1:3055"
    },
    mixinStandardHelpOptions = true,
    versionProvider = ReleaseVersion.class)
final class Parley implements Runnable {

  // Kept: a logger without a strong reference loses its level.
  private static final Logger ROOT_LOGGER = LogManager.getLogManager().getLogger("");

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    // What libraries log is no help to the person who typed the command.
    ROOT_LOGGER.setLevel(Level.OFF);
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Parley())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Parley::wrongUsage)
        .setExecutionExceptionHandler(Parley::failed);
  }

  private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            "parley: "
                + oneLine(e.getMessage())
                + " (see "
                + command.getCommandSpec().qualifiedName()
                + " --help)");
    return ExitCode.USAGE;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult result) {
    if (e instanceof InterruptedException) {
      return ExitCode.INTERRUPTED;
    }
    boolean saysEnough = e instanceof MessengerException || e instanceof UserError;
    command.getErr().println("parley: " + oneLine(saysEnough ? e.getMessage() : e.toString()));
    return ExitCode.FAILURE;
  }

  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }
}
