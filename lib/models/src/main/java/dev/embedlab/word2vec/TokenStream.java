package dev.embedlab.word2vec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts as word ids, one after the other, so that training walks through one array.
 *
 * @param ids {@code [tokens]}
 * @param starts {@code [texts + 1]}, where each text begins and the last one ends
 */
record TokenStream(int[] ids, int[] starts) {

  static TokenStream of(List<List<String>> texts, Vocabulary vocabulary) {
    List<int[]> known = new ArrayList<>(texts.size());
    known.addAll(texts.parallelStream().map(vocabulary::ids).toList());
    int[] starts = new int[known.size() + 1];
    for (int i = 0; i < known.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], known.get(i).length);
    }
    int[] ids = new int[starts[known.size()]];
    for (int i = 0; i < known.size(); i++) {
      System.arraycopy(known.get(i), 0, ids, starts[i], known.get(i).length);
    }
    return new TokenStream(ids, starts);
  }

  int texts() {
    return starts.length - 1;
  }

  int tokens() {
    return ids.length;
  }

  /** First text after {@code text} such that the texts between hold {@code tokens} or more. */
  int advance(int text, int tokens) {
    long wanted = (long) starts[text] + tokens;
    if (wanted >= ids.length) {
      return texts();
    }
    int found = Arrays.binarySearch(starts, (int) wanted);
    return Math.max(text + 1, Math.min(texts(), found >= 0 ? found : -found - 1));
  }
}
