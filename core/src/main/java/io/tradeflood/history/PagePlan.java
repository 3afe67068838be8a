package io.tradeflood.history;

import java.util.List;

/**
 * What the paging engine made of some ranges of one series.
 *
 * @param pages what to fetch, ascending, without overlap: each row of the ranges is in one of them
 * @param cuts what of the ranges is in none of them, ascending, and why
 * @param weight what all pages together take from the limit
 * @param size how many rows a full page holds
 * @param recentSize the same in the recent part, if that is had in another way; else the size
 */
public record PagePlan(List<Page> pages, List<Cut> cuts, long weight, int size, int recentSize) {
  public PagePlan {
    pages = List.copyOf(pages);
    cuts = List.copyOf(cuts);
  }

  /** How many calls it takes. */
  public int calls() {
    return pages.size();
  }
}
