package parley.timelineservice.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import parley.timelineservice.storage.JournalScript.Contents;
import parley.timelineservice.storage.faults.LossyDisk;

/**
 * Journals on disks that lose their power at moments drawn from a seed: while they are created,
 * opened, written to, recovered and closed. After each cut the journal is opened on what is left
 * and compared with what {@link Journal#write} had returned for.
 */
final class PowerLoss {

  private static final int STEPS_OF_A_LIFE = 300;
  private static final int CUTS_OF_A_RUN = 16;
  private static final int POSTS_PER_SEGMENT = 30;

  /** What was found and should not be. */
  static final class Loss extends RuntimeException {
    private static final long serialVersionUID = 1;

    Loss(String what, Throwable cause) {
      super(what, cause);
    }
  }

  /** After so many operations of the disk, so many steps were begun and so many returned from. */
  private record Moment(int operations, int begun, int returned) {}

  private final Path root;
  private final String fileSystem;
  private final String options;
  private final boolean honestDisk;
  private final Random random;
  private long lifeSeed;
  private int mounts;
  private int cuts;

  /**
   * @param root an existing folder, in which nothing is written
   * @param fileSystem what lies between H2 and the lossy disk
   * @param honestDisk whether the disk does what it is told when told to sync
   */
  PowerLoss(Path root, String fileSystem, String options, boolean honestDisk, long seed) {
    this.root = root;
    this.fileSystem = fileSystem + LossyDisk.SCHEME + ":";
    this.options = options;
    this.honestDisk = honestDisk;
    random = new Random(seed);
  }

  int cuts() {
    return cuts;
  }

  /**
   * Cuts the power so many times.
   *
   * @throws Loss at the first cut after which not everything is as it should be
   */
  void run(int wantedCuts) {
    while (cuts < wantedCuts) {
      lifeSeed = random.nextLong();
      int steps = 0;
      Map<String, byte[]> files = Map.of();
      while (cuts < wantedCuts && steps < STEPS_OF_A_LIFE) {
        Run run = new Run(files, steps);
        for (int i = 0; i < CUTS_OF_A_RUN; i++) {
          run.cut();
        }
        files = run.left;
        steps = run.stepsLeft;
      }
    }
  }

  private LossyDisk mount(Map<String, byte[]> files) {
    LossyDisk disk = LossyDisk.mount(root.resolve("disk" + mounts++), files);
    if (!honestDisk) {
      disk.pretendToSync();
    }
    return disk;
  }

  private Journal open(LossyDisk disk) {
    return Journal.open(
        new DatabaseFile(disk.folder(), fileSystem, options),
        () -> JournalScript.INCARNATION,
        POSTS_PER_SEGMENT);
  }

  /** From one start to a close, with all that was written between. */
  private final class Run {

    private final LossyDisk disk;
    private final List<Moment> moments = new ArrayList<>();

    /** After {@code firstSteps} steps, and after each further one. */
    private final List<Contents> contents = new ArrayList<>();

    private final int firstSteps;

    private Map<String, byte[]> left;
    private int stepsLeft;

    Run(Map<String, byte[]> files, int steps) {
      firstSteps = steps;
      left = files;
      stepsLeft = steps;
      disk = mount(files);
      JournalScript script = JournalScript.after(lifeSeed, steps);
      contents.add(script.contents());
      moments.add(new Moment(0, steps, steps));
      try (Journal journal = open(disk)) {
        int more = random.nextInt(30);
        for (int i = 0; i < more; i++) {
          JournalScript.Step step = script.next();
          contents.add(script.contents());
          moments.add(new Moment(disk.moment(), script.steps(), script.steps() - 1));
          step.writeTo(journal);
          moments.add(new Moment(disk.moment(), script.steps(), script.steps()));
        }
      }
      disk.close();
    }

    /** Cuts the power once in this run, and sometimes again while the journal recovers. */
    void cut() {
      int at = random.nextInt(disk.moment() + 1);
      Moment before = moments.get(0);
      for (Moment moment : moments) {
        before = moment.operations() <= at ? moment : before;
      }
      Map<String, byte[]> files = disk.leftAt(at, random);
      try {
        stepsLeft = check(files, before);
        left = files;
      } catch (RuntimeException e) {
        String story =
            "cut %d, at operation %d of %d; %d steps had returned, %d were begun: %s"
                .formatted(
                    cuts, at, disk.moment(), before.returned(), before.begun(), e.getMessage());
        throw new Loss(story, e);
      }
    }

    private int check(Map<String, byte[]> files, Moment before) {
      cuts++;
      LossyDisk mounted = mount(files);
      int found;
      try (Journal journal = open(mounted)) {
        found = stepsFound(Contents.of(journal), before);
      } finally {
        mounted.close();
      }
      if (random.nextInt(4) == 0) {
        int at = random.nextInt(mounted.moment() + 1);
        check(mounted.leftAt(at, random), new Moment(at, found, found));
      }
      return found;
    }

    private int stepsFound(Contents found, Moment before) {
      for (int steps = before.returned(); steps <= before.begun(); steps++) {
        if (found.equals(contents.get(steps - firstSteps))) {
          return steps;
        }
      }
      throw new IllegalStateException(
          "found %s, not %s".formatted(found, contents.get(before.returned() - firstSteps)));
    }
  }
}
