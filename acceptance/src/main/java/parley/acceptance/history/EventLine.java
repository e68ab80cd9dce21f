package parley.acceptance.history;

import java.io.IOException;

/**
 * Events as lines for files: a letter, then the fields, with blanks between them; only the last
 * field may hold blanks.
 */
final class EventLine {

  private EventLine() {}

  static String of(Event event) {
    if (event instanceof Event.Delivered e) {
      return "d " + e.stream() + ' ' + e.author() + ' ' + e.number() + ' ' + e.index();
    } else if (event instanceof Event.Shown e) {
      return "h " + e.stream() + ' ' + e.author() + ' ' + e.number();
    } else if (event instanceof Event.Committed e) {
      return "c " + e.stream() + ' ' + e.number() + ' ' + e.index();
    } else if (event instanceof Event.Listed e) {
      return "p " + e.stream() + ' ' + e.author() + ' ' + e.number() + ' ' + e.index();
    } else if (event instanceof Event.Moved e) {
      return "m " + e.stream() + ' ' + oneLine(e.how());
    } else if (event instanceof Event.Opened e) {
      return "o " + e.stream() + ' ' + e.user() + ' ' + e.host() + ' ' + e.first();
    } else if (event instanceof Event.Ended e) {
      return "e " + e.stream() + ' ' + e.sent() + ' ' + e.ok() + ' ' + oneLine(e.how());
    } else if (event instanceof Event.Strange e) {
      return "s " + e.stream() + ' ' + oneLine(e.what());
    } else if (event instanceof Event.Followed e) {
      return "f " + e.follower() + ' ' + e.followee();
    } else if (event instanceof Event.LoggedIn e) {
      return "l " + e.user() + ' ' + e.host() + ' ' + oneLine(e.answer());
    } else if (event instanceof Event.Unreachable e) {
      return "u " + e.host() + ' ' + e.dies();
    } else if (event instanceof Event.Reachable e) {
      return "r " + e.host();
    } else if (event instanceof Event.Passed e) {
      return "t " + e.millis();
    }
    return "z";
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " / ");
  }

  static Event parse(String line) throws IOException {
    try {
      return switch (line.charAt(0)) {
        case 'd' -> {
          String[] f = fields(line, 5);
          yield new Event.Delivered(number(f[1]), f[2], number(f[3]), Long.parseLong(f[4]));
        }
        case 'c' -> {
          String[] f = fields(line, 4);
          yield new Event.Committed(number(f[1]), number(f[2]), Long.parseLong(f[3]));
        }
        case 'p' -> {
          String[] f = fields(line, 5);
          yield new Event.Listed(number(f[1]), f[2], number(f[3]), Long.parseLong(f[4]));
        }
        case 'm' -> {
          String[] f = fields(line, 3);
          yield new Event.Moved(number(f[1]), f[2]);
        }
        case 'h' -> {
          String[] f = fields(line, 4);
          yield new Event.Shown(number(f[1]), f[2], number(f[3]));
        }
        case 'o' -> {
          String[] f = fields(line, 5);
          yield new Event.Opened(number(f[1]), f[2], number(f[3]), number(f[4]));
        }
        case 'e' -> {
          String[] f = fields(line, 5);
          yield new Event.Ended(number(f[1]), number(f[2]), Boolean.parseBoolean(f[3]), f[4]);
        }
        case 's' -> {
          String[] f = fields(line, 3);
          yield new Event.Strange(number(f[1]), f[2]);
        }
        case 'f' -> {
          String[] f = fields(line, 3);
          yield new Event.Followed(f[1], f[2]);
        }
        case 'l' -> {
          String[] f = fields(line, 4);
          yield new Event.LoggedIn(f[1], number(f[2]), f[3]);
        }
        case 'u' -> {
          String[] f = fields(line, 3);
          yield new Event.Unreachable(number(f[1]), Boolean.parseBoolean(f[2]));
        }
        case 'r' -> new Event.Reachable(number(fields(line, 2)[1]));
        case 't' -> new Event.Passed(Long.parseLong(fields(line, 2)[1]));
        case 'z' -> new Event.Settled();
        default -> throw new IOException("no such event: " + line);
      };
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException("not a line of a history: '" + line + "'", e);
    }
  }

  private static String[] fields(String line, int count) {
    String[] fields = line.split(" ", count);
    if (fields.length != count) {
      throw new IndexOutOfBoundsException(fields.length);
    }
    return fields;
  }

  private static int number(String field) {
    return Integer.parseInt(field);
  }
}
