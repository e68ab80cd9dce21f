package parley.acceptance.history;

import java.util.Arrays;

/**
 * The one order of all posts, as a witness saw it who received every one of them. Everybody else's
 * order is judged by it.
 *
 * <p>Invariant: {@code positions[lines[p]] == p}; lines that the witness did not see have no
 * position.
 */
public final class GlobalOrder {

  private static final int NOWHERE = -1;

  private final int[] lines;
  private final int[] positions;

  private GlobalOrder(int[] lines, int[] positions) {
    this.lines = lines;
    this.positions = positions;
  }

  /**
   * Takes a witness at its word, after checking that it is one: every post of the model exactly
   * once, every author's in their order.
   *
   * @param seen the lines in the order in which the witness received them, -1 for what belongs to
   *     no line
   */
  public static GlobalOrder of(Model model, String witness, int[] seen, Verdict verdict) {
    int[] positions = new int[model.posts()];
    Arrays.fill(positions, NOWHERE);
    int[] lines = new int[model.posts()];
    int[] lastOfAuthor = new int[model.users()];
    Arrays.fill(lastOfAuthor, NOWHERE);
    int next = 0;
    for (int line : seen) {
      if (line < 0 || line >= model.posts()) {
        verdict.add(Verdict.Fault.INVENTED, witness + " received what belongs to no line");
      } else if (positions[line] != NOWHERE) {
        verdict.add(Verdict.Fault.DOUBLED, witness + " received line " + line + " again");
      } else {
        int author = model.author(line);
        if (line < lastOfAuthor[author]) {
          verdict.add(
              Verdict.Fault.REORDERED,
              witness
                  + " received line "
                  + line
                  + " after line "
                  + lastOfAuthor[author]
                  + ", both by "
                  + model.name(author));
        }
        lastOfAuthor[author] = Math.max(line, lastOfAuthor[author]);
        positions[line] = next;
        lines[next++] = line;
      }
    }
    for (int line = 0; line < model.posts(); line++) {
      if (positions[line] == NOWHERE) {
        verdict.add(Verdict.Fault.LOST, witness + " never received line " + line);
      }
    }
    verdict.checked(seen.length);
    return new GlobalOrder(Arrays.copyOf(lines, next), positions);
  }

  /** All lines in this order. */
  public int[] lines() {
    return lines.clone();
  }

  /** Where a line stands, from 0; -1 if the witness did not see it. */
  public int position(int line) {
    return positions[line];
  }

  /** Some lines in this order, without those that have no place in it. */
  public int[] sorted(int[] unordered) {
    return Arrays.stream(unordered)
        .map(line -> positions[line])
        .filter(position -> position != NOWHERE)
        .sorted()
        .map(position -> lines[position])
        .toArray();
  }
}
