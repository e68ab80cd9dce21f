package parley.acceptance.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import parley.acceptance.lab.Progress;
import parley.acceptance.load.SteadyLoad;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what each fault costs, and writes the table. */
@Command(
    name = "faults",
    description = {
      "Starts three hosts, posts through all their frontends, and tries each fault again and"
          + " again:",
      "how long do posts pause, when is what was hit back, is anything lost, doubled or reordered?",
      "Cells that were measured earlier stay in the table."
    },
    footer = {"", "Example: make faults CELLS=kill-primary,stop-primary REPETITIONS=3"},
    mixinStandardHelpOptions = true)
final class MatrixMain implements Callable<Integer> {

  @Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "The built Parley: a folder with scripts/ and zk-conf/.")
  private Path home;

  @Option(
      names = "--design",
      required = true,
      paramLabel = "DIR",
      description = "Where faults.md is written, with its data and plots in faults/.")
  private Path design;

  @Option(
      names = "--cells",
      split = ",",
      paramLabel = "CELL",
      description = "Only these, named as in --list; a beginning followed by * means all of those.")
  private List<String> chosen = List.of("*");

  @Option(
      names = "--repetitions",
      defaultValue = "10",
      paramLabel = "N",
      description = "Of each cell (${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(
      names = "--add",
      description = "Add to earlier repetitions of the chosen cells instead of replacing them.")
  private boolean add;

  @Option(
      names = "--rate",
      defaultValue = "60",
      paramLabel = "N",
      description =
          "Posts per second and frontend (${DEFAULT-VALUE}). More than the machine has room for,"
              + " and it is the queue for its processors that is measured.")
  private int rate;

  @Option(names = "--keep", description = "Keep configuration, data and logs, and say where.")
  private boolean keep;

  @Option(names = "--list", description = "Name all cells, and measure nothing.")
  private boolean list;

  @Option(names = "--report", description = "Write the table anew, and measure nothing.")
  private boolean reportOnly;

  /** Runs and exits with 0 if no history was wrong, 1 if one was, 2 after wrong usage. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new MatrixMain())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  command.getErr().println("faults: " + e);
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (repetitions < 1 || rate < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--repetitions and --rate must be positive");
    }
    List<Cell> cells = Matrix.cells().stream().filter(this::isChosen).toList();
    if (cells.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "no such cells: " + String.join(",", chosen) + "; see --list");
    }
    if (list) {
      cells.forEach(cell -> System.out.printf("%-40s %s%n", cell.id(), cell.name()));
      return 0;
    }
    SteadyLoad plan = new SteadyLoad(3, rate);
    Results results = Results.read(design.resolve("faults"));
    Report report = new Report(results, design.resolve("faults.md"), design.resolve("faults"));
    boolean good = true;
    if (!reportOnly) {
      try (Progress progress = new Progress(System.out, false, "Faults")) {
        good = new Session(home, plan, results, keep, progress).run(cells, repetitions, add);
      }
    }
    report.write(Matrix.cells(), plan);
    return good ? 0 : 1;
  }

  private boolean isChosen(Cell cell) {
    return chosen.stream()
        .anyMatch(
            name ->
                name.endsWith("*")
                    ? cell.id().startsWith(name.substring(0, name.length() - 1))
                    : cell.id().equals(name));
  }
}
