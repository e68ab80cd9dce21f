package parley.acceptance.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.acceptance.history.Verdict.Fault;

/**
 * The checks themselves: a history that is right passes, and each single thing wrong with it is
 * seen.
 */
class ReadingCheckTest {

  // Persons 1 and 2 write to 9, person 3 to 8: user u9 follows u1 and u2.
  private static final String TRACE =
      "src dst time\n1 9 10\n2 9 11\n1 9 12\n3 8 13\n2 9 14\n1 9 15\n3 8 16\n2 9 17\n";
  // The order in which the posts came to stand: not the trace's, but each author's is kept.
  private static final int[] ORDER = {1, 0, 3, 2, 4, 6, 7, 5};
  // Of these, what u9 must read.
  private static final List<Integer> U9_READS = List.of(1, 0, 2, 4, 7, 5);

  private Model model;
  private int u9;
  private Verdict verdict;

  @BeforeEach
  void readTrace() throws IOException {
    model = new Model(Trace.read(new BufferedReader(new StringReader(TRACE))));
    u9 =
        IntStream.range(0, model.users())
            .filter(u -> model.name(u).equals("u9"))
            .findFirst()
            .getAsInt();
    verdict = new Verdict();
  }

  @Test
  void rightHistoryIsClean() {
    check(Extent.ALL, 0, 1, 0, 2, 4, 7, 5);
    assertThat(verdict.isClean()).isTrue();
  }

  @Test
  void everySingleLostPostIsSeen() {
    for (int lost : U9_READS) {
      verdict = new Verdict();
      check(
          Extent.ALL, 0, U9_READS.stream().filter(line -> line != lost).mapToInt(i -> i).toArray());
      assertFaults(1, 0, 0, 0);
    }
  }

  @Test
  void everySingleDoubledPostIsSeen() {
    for (int at = 0; at < U9_READS.size(); at++) {
      verdict = new Verdict();
      int[] lines = Arrays.copyOf(ints(U9_READS), U9_READS.size() + 1);
      lines[U9_READS.size()] = U9_READS.get(at);
      check(Extent.ALL, 0, lines);
      assertFaults(0, 1, 0, 0);
    }
  }

  @Test
  void everySwapOfNeighboursIsSeenAlsoOfDifferentAuthors() {
    for (int at = 0; at + 1 < U9_READS.size(); at++) {
      verdict = new Verdict();
      int[] lines = ints(U9_READS);
      int swapped = lines[at];
      lines[at] = lines[at + 1];
      lines[at + 1] = swapped;
      check(Extent.ALL, 0, lines);
      assertFaults(0, 0, 1, 0);
    }
  }

  @Test
  void postsForOthersAndPostsOfNobodyAreInvented() {
    check(Extent.ALL, 0, 1, 0, 3, 2, -1, 4, 7, 5, 99);
    assertFaults(0, 0, 0, 3);
  }

  @Test
  void whoLeavesMayMissTheEndButNothingBefore() {
    check(Extent.BEGINNING, 0, 1, 0, 2);
    assertThat(verdict.isClean()).isTrue();
    check(Extent.BEGINNING, 0, 1, 2);
    assertFaults(1, 0, 0, 0);
  }

  @Test
  void whoLeavesMustHaveReceivedWhatIsRequired() {
    BitSet required = new BitSet();
    required.set(2);
    ReadingCheck check = new ReadingCheck(model, order(), 20, verdict);
    check.check(new Reading(u9, Extent.BEGINNING, new int[] {1, 0}, 0, required));
    assertFaults(1, 0, 0, 0);
  }

  @Test
  void whoComesLateMayMissTheBeginningButNothingAfter() {
    check(Extent.END, 2, 2, 4, 7, 5);
    assertThat(verdict.isClean()).isTrue();
    check(Extent.END, 2, 2, 4, 5);
    assertFaults(1, 0, 0, 0);
    check(Extent.END, 2, 2, 4, 7);
    assertFaults(2, 0, 0, 0);
  }

  @Test
  void whoComesLateMustSeeTheNewestOldPosts() {
    check(Extent.END, 1, 4, 7, 5);
    assertFaults(1, 0, 0, 0);
    verdict = new Verdict();
    check(Extent.END, 0);
    assertFaults(1, 0, 0, 0);
  }

  @Test
  void oneReadersFaultsDoNotTouchTheNext() {
    check(Extent.ALL, 0, 1, 0, 2);
    assertFaults(3, 0, 0, 0);
    verdict = new Verdict();
    check(Extent.ALL, 0, 1, 0, 2, 4, 7, 5);
    assertThat(verdict.isClean()).isTrue();
  }

  @Test
  void witnessIsCheckedToo() {
    order(1, 0, 3, 2, 4, 6, 7);
    assertFaults(1, 0, 0, 0);
    order(1, 0, 3, 2, 4, 6, 7, 5, 4);
    assertFaults(1, 1, 0, 0);
    // Lines 0 and 2 are both by u1.
    order(1, 2, 3, 0, 4, 6, 7, 5);
    assertFaults(1, 1, 1, 0);
    order(1, 0, 3, 2, 4, 6, 7, 5, -1);
    assertFaults(1, 1, 1, 1);
  }

  @Test
  void verdictGivesExamplesInWords() {
    check(Extent.ALL, 0, 1, 0, 2, 4, 7);
    assertThat(verdict.examples()).containsExactly("lost: u9 never received line 5");
    assertThat(verdict.toString()).contains("1 lost", "0 doubled", "0 reordered", "0 invented");
  }

  private void check(Extent extent, int oldPosts, int... lines) {
    new ReadingCheck(model, order(), 2, verdict)
        .check(new Reading(u9, extent, lines, oldPosts, new BitSet()));
  }

  private GlobalOrder order() {
    return GlobalOrder.of(model, "witness", ORDER, new Verdict());
  }

  private void order(int... seen) {
    GlobalOrder.of(model, "witness", seen, verdict);
  }

  private void assertFaults(int lost, int doubled, int reordered, int invented) {
    assertThat(
            List.of(
                verdict.count(Fault.LOST),
                verdict.count(Fault.DOUBLED),
                verdict.count(Fault.REORDERED),
                verdict.count(Fault.INVENTED)))
        .as("lost, doubled, reordered, invented: %s", verdict.examples())
        .containsExactly((long) lost, (long) doubled, (long) reordered, (long) invented);
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
