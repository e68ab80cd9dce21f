package parley.client.cli;

import java.io.IOException;
import java.util.Optional;
import parley.client.Chat;
import parley.client.Messenger;
import parley.client.MessengerException;

/**
 * One user's session: commands until CHAT, then every line is a post, until the lines end. Knows
 * neither terminals nor files.
 */
final class Shell {

  /** What is to be done after a command. */
  private enum Next {
    GO_ON,
    CHAT,
    QUIT
  }

  private final Messenger messenger;
  private final String user;
  private final Lines lines;
  private final PostLine postLine;
  private final boolean stopAtMistakes;

  /**
   * @param stopAtMistakes a wrong command ends the session, as nobody is there to type it again
   */
  Shell(Messenger messenger, String user, Lines lines, PostLine postLine, boolean stopAtMistakes) {
    this.messenger = messenger;
    this.user = user;
    this.lines = lines;
    this.postLine = postLine;
    this.stopAtMistakes = stopAtMistakes;
  }

  /** Runs to the end of the lines. */
  void run() throws IOException, InterruptedException, MessengerException, UserError {
    Next next = Next.GO_ON;
    while (next == Next.GO_ON) {
      String line = lines.next(Lines.Mode.COMMAND);
      next = line == null ? Next.QUIT : execute(Input.parse(line));
    }
    if (next == Next.CHAT) {
      chat();
    }
  }

  private Next execute(Input input) throws MessengerException, UserError {
    try {
      if (input instanceof Input.Join join) {
        lines.show(messenger.join(user, join.user()));
      } else if (input instanceof Input.Leave leave) {
        lines.show(messenger.leave(user, leave.user()));
      } else if (input instanceof Input.ListUsers) {
        Messenger.Listing listing = messenger.list(user);
        lines.show("All users: " + String.join(", ", listing.users()));
        lines.show("You follow: " + String.join(", ", listing.followed()));
      } else if (input instanceof Input.Mistake mistake) {
        report(mistake.problem(), null);
      }
    } catch (MessengerException e) {
      if (e.kind() == MessengerException.Kind.UNREACHABLE) {
        throw e;
      }
      report(e.getMessage(), e);
    }
    if (input instanceof Input.OpenChat) {
      return Next.CHAT;
    }
    return input instanceof Input.Quit ? Next.QUIT : Next.GO_ON;
  }

  private void report(String problem, MessengerException cause) throws UserError {
    if (stopAtMistakes) {
      throw new UserError(lines.position() + problem, cause);
    }
    lines.show(problem);
  }

  private void chat() throws IOException, InterruptedException, MessengerException {
    Chat chat = messenger.chat(user, post -> lines.show(postLine.format(post)));
    Thread reader = Thread.currentThread();
    // A person or a pipe may let us wait for the next line for ever.
    chat.whenBroken(reader::interrupt);
    try {
      for (String line = lines.next(Lines.Mode.POST);
          line != null;
          line = lines.next(Lines.Mode.POST)) {
        chat.post(line);
      }
      chat.leave();
    } catch (InterruptedException e) {
      Optional<MessengerException> broke = chat.failure();
      if (broke.isPresent()) {
        throw broke.get();
      }
      throw e;
    } finally {
      // The chat's own interrupt has done its work.
      Thread.interrupted();
    }
  }
}
