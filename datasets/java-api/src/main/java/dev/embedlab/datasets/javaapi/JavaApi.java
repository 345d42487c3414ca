package dev.embedlab.datasets.javaapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The data set in memory: documents, and the questions of each split.
 *
 * <p>Splits follow top-level classes. A question whose members fall into several splits goes whole
 * to the most protected one (test, then dev), so no test sentence is ever trained on; training
 * questions that nearly repeat a dev or test question, or whose documents quote one, are left out.
 *
 * @param documents every kept member, by id
 * @param questions split to questions
 */
record JavaApi(List<Member> documents, Map<Split, List<Question>> questions) {

  enum Split {
    TRAIN,
    DEV,
    TEST;

    String fileName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A sentence that more members than this share asks nothing that one answer could settle. */
  private static final int MAX_ANSWERS = 10;

  /** Shorter quotations are everyday phrases. */
  private static final int QUOTE_WORDS = 6;

  private static final int SMALL_DOCUMENTS = 2_000;
  private static final int SMALL_TEST = 300;
  private static final int SMALL_DEV = 100;

  static JavaApi of(Collection<Member> members) {
    List<Member> documents = distinct(members);
    Map<String, List<Member>> byKey = new TreeMap<>();
    for (Member member : documents) {
      if (Sentences.isQuestion(member.sentence())) {
        byKey
            .computeIfAbsent(Sentences.normalise(member.sentence()), k -> new ArrayList<>())
            .add(member);
      }
    }
    Map<Split, List<Question>> questions = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      questions.put(split, new ArrayList<>());
    }
    byKey.forEach(
        (key, answers) -> {
          if (answers.size() <= MAX_ANSWERS) {
            questions
                .get(split(answers))
                .add(new Question(key, answers.getFirst().sentence(), List.copyOf(answers)));
          }
        });
    removeLeaks(questions);
    questions.values().forEach(list -> list.sort(byHash(Question::key)));
    return new JavaApi(documents, questions);
  }

  /** Shaded copies and repeated overloads count once. */
  private static List<Member> distinct(Collection<Member> members) {
    Map<String, Member> byId = new TreeMap<>();
    Set<String> contents = new HashSet<>();
    for (Member member : members) {
      if (contents.add(member.signature() + '\n' + member.body())) {
        byId.putIfAbsent(member.id(), member);
      }
    }
    return List.copyOf(byId.values());
  }

  private static Split split(List<Member> answers) {
    return answers.stream()
        .map(member -> splitOf(member.topLevelClass()))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  static Split splitOf(String topLevelClass) {
    long slot = Long.remainderUnsigned(hash(topLevelClass), 100);
    return slot < 14 ? Split.TEST : slot < 21 ? Split.DEV : Split.TRAIN;
  }

  private static void removeLeaks(Map<Split, List<Question>> questions) {
    List<String> test = keys(questions.get(Split.TEST));
    NearDuplicates nearTest = new NearDuplicates(test);
    questions.get(Split.DEV).removeIf(q -> nearTest.contains(q.key()));
    List<String> held = new ArrayList<>(test);
    held.addAll(keys(questions.get(Split.DEV)));
    NearDuplicates nearHeld = new NearDuplicates(held);
    Quotations quotations = new Quotations(held, QUOTE_WORDS);
    questions
        .get(Split.TRAIN)
        .removeIf(
            q ->
                nearHeld.contains(q.key())
                    || q.answers().stream().anyMatch(m -> quotations.in(m.body())));
  }

  private static List<String> keys(List<Question> questions) {
    return questions.stream().map(Question::key).toList();
  }

  /** A part for quick cells and tests: {@value #SMALL_DOCUMENTS} documents with their questions. */
  JavaApi small() {
    Map<Split, List<Question>> kept = new EnumMap<>(Split.class);
    Map<String, Member> documents = new LinkedHashMap<>();
    keep(Split.TEST, SMALL_TEST, kept, documents);
    keep(Split.DEV, SMALL_DEV, kept, documents);
    kept.put(Split.TRAIN, new ArrayList<>());
    for (Question question : questions.get(Split.TRAIN)) {
      if (documents.size() + question.answers().size() <= SMALL_DOCUMENTS) {
        kept.get(Split.TRAIN).add(question);
        question.answers().forEach(m -> documents.put(m.id(), m));
      }
    }
    List<Member> sorted = new ArrayList<>(documents.values());
    sorted.sort(Comparator.comparing(Member::id));
    return new JavaApi(sorted, kept);
  }

  private void keep(
      Split split, int most, Map<Split, List<Question>> kept, Map<String, Member> documents) {
    List<Question> all = questions.get(split);
    List<Question> some = all.subList(0, Math.min(most, all.size()));
    kept.put(split, some);
    some.forEach(q -> q.answers().forEach(m -> documents.put(m.id(), m)));
  }

  private static <T> Comparator<T> byHash(java.util.function.Function<T, String> name) {
    return Comparator.<T>comparingLong(t -> hash(name.apply(t))).thenComparing(name);
  }

  /** Spreads names evenly, and alike on every machine. */
  private static long hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return java.nio.ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
