package parley.client.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import parley.client.v1.ParleyException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's door: subcommands, their help, and one line for what goes wrong. */
@Command(
    name = "parley",
    description = "Talks with a Parley installation.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ShellCommand.class,
      PostCommand.class,
      FollowCommand.class,
      UnfollowCommand.class,
      TimelineCommand.class,
      UsersCommand.class,
      StatusCommand.class,
      WaitCommand.class,
      LoadCommand.class,
      ReplayCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "  sql       Reads the posts of one host with SQL (parley sql --help).",
      "",
      "Exit status: 0 done, 1 failed or refused, 2 wrong usage, 4 no answer in time,",
      "130 ended by Ctrl-C before it was done.",
      "Example: parley shell alice"
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
    CtrlC.interrupts(Thread.currentThread());
    CommandLine commandLine = commandLine();
    commandLine.setOut(writer(FileDescriptor.out));
    commandLine.setErr(writer(FileDescriptor.err));
    System.exit(commandLine.execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Parley())
        .setColorScheme(CommandLine.Help.defaultColorScheme(Style.ofOut().ansi()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Parley::wrongUsage)
        .setExecutionExceptionHandler(Parley::failed);
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
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
    boolean saysEnough = e instanceof ParleyException || e instanceof UserError;
    command.getErr().println("parley: " + oneLine(saysEnough ? e.getMessage() : e.toString()));
    return exitCode(e);
  }

  private static int exitCode(Exception e) {
    if (e instanceof UserError error) {
      return error.exitCode();
    }
    boolean unreachable =
        e instanceof ParleyException refused && refused.kind() == ParleyException.Kind.UNREACHABLE;
    return unreachable ? ExitCode.UNREACHABLE : ExitCode.FAILURE;
  }

  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }
}
