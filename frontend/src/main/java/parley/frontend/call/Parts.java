package parley.frontend.call;

import parley.frontend.delivery.AppliedTimeline;
import parley.frontend.session.Presence;
import parley.frontend.store.CommandOutbox;
import parley.frontend.store.HistoryReader;
import parley.frontend.store.ReadConfirmations;

/**
 * What the calls of the public interfaces work with; all of it is owned by the loop.
 *
 * @param historyPosts posts shown when a Chat opens
 */
public record Parts(
    AppliedTimeline timeline,
    Presence presence,
    CommandOutbox outbox,
    ReadConfirmations reads,
    HistoryReader history,
    InputRules rules,
    PostBudget budget,
    OpenCalls openCalls,
    int historyPosts) {}
