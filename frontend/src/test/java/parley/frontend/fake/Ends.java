package parley.frontend.fake;

import java.util.List;
import parley.frontend.app.Frontend;

/** Notes why frontends had to end. */
public record Ends(List<String> reasons) implements Frontend.Listener {
  @Override
  public void onServing() {}

  @Override
  public void onWaiting(String forWhat) {}

  @Override
  public void onSuperseded(String why) {
    reasons.add(why);
  }

  @Override
  public void onBroken(Throwable why) {
    reasons.add(why.toString());
    why.printStackTrace();
  }
}
