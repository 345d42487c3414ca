package dev.embedlab.checkpoint;

import dev.embedlab.engine.InputMeans;
import dev.embedlab.input.TokenBatch;
import java.util.List;

/** Texts that show what the layers of a model read, for numbers of 8 bits. */
final class Calibration {

  /** Several languages, subjects and lengths; no single word is in most of them. */
  private static final List<String> TEXTS =
      List.of(
          "train times",
          "How do I reset my password?",
          "The reader is closed as soon as its last line was read.",
          "Two cups of flour, a pinch of salt, 300 ml of milk; bake at 180 °C for forty minutes.",
          "for (int i = 0; i < rows.length; i++) { sum += rows[i].price() * rows[i].count(); }",
          "Patients with high blood pressure walked half an hour each day and were measured after six"
              + " weeks. Their values fell, but no further than those of a group that was told to"
              + " sleep longer.",
          "Der Zug nach Basel fährt heute von Gleis sieben ab und hat zehn Minuten Verspätung.",
          "Le chat dort sur le toit depuis ce matin, malgré la pluie.",
          "La reunión se aplaza hasta el lunes porque falta el informe del segundo trimestre.",
          "Завтра мы поедем к морю, если не будет ветра.",
          "会議は午後三時から始まります。資料を忘れないでください。",
          "图书馆周日不开门。",
          "Shares of the company rose 4.2% on Tuesday after it had said that sales grew in every"
              + " market but one; analysts had expected less, and several of them raised their"
              + " targets for the year. The board will propose a higher dividend in May.",
          "An old lighthouse keeper writes letters to ships which never stop at his island, until one"
              + " of them does.",
          "RFC 2119, section 3: SHOULD",
          "Which rivers flow into the Black Sea?");

  private Calibration() {}

  /** Runs the texts once, eagerly. */
  static InputMeans inputMeans(Checkpoint checkpoint) {
    List<TokenBatch> batches =
        TEXTS.stream()
            .map(text -> List.of(checkpoint.tokenizer().encode(text)))
            .map(text -> TokenBatch.of(text, checkpoint.paddingId(), 0))
            .toList();
    return InputMeans.measure(checkpoint.network(), checkpoint.weights(), batches);
  }
}
